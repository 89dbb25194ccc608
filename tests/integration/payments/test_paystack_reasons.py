"""Every reason of Paystack's, from the wire to what the customer can do."""

import pytest

from flows.ports.payments import AttemptStatus, Way
from payments.charge import RailStatus, Submission
from payments.paystack import answers
from payments.paystack.client import Answer, slug
from payments.paystack.reasons import _PAYER, _REFUSED, REASONS
from tests.fakes.paystacking import Emulated, asked

ENDS = (AttemptStatus.FAILED, AttemptStatus.EXPIRED)


@pytest.mark.parametrize("code", _PAYER)
def test_a_wallets_refusal_ends_the_charge(paystack: Emulated, code: str) -> None:
    rail, charge = paystack.at("GH"), asked("GH")
    rail.request(charge)
    paystack.wallets.fail(str(charge.reference), code.replace("-", " ").capitalize())
    status = rail.status(charge.reference)
    assert (status.state, status.code, status.known) == (REASONS[code].state, code, True)
    assert status.state in ENDS
    assert rail.next_step(status.code) is REASONS[code].next


def test_a_reason_that_no_table_has_is_counted_and_still_an_end(paystack: Emulated) -> None:
    rail, charge = paystack.at("GH"), asked("GH")
    rail.request(charge)
    paystack.wallets.fail(str(charge.reference), "Moon in the wrong house, call 0241234567")
    status = rail.status(charge.reference)
    assert (status.state, status.known) == (AttemptStatus.FAILED, False)
    assert status.code == "moon-in-the-wrong-house-call"


@pytest.mark.parametrize("code", _REFUSED)
def test_a_refused_request_has_an_end(code: str) -> None:
    assert answers.refused(Answer(400, {"status": False, "code": code})) == Submission(
        AttemptStatus.FAILED, code
    )


@pytest.mark.parametrize(
    "word",
    [
        *sorted(answers.UNDECIDED),
        "something-new",
        "Success!",
        "SUCCESS",
        "successful",
        None,
        7,
        True,
    ],
)
@pytest.mark.parametrize("way", [Way.PROMPT, Way.LINK])
def test_only_success_is_success(way: Way, word: object) -> None:
    data = {"status": word, "amount": 48_000, "currency": "GHS", "id": 1}
    status = answers.status(Answer(200, {"status": True, "data": data}), way)
    assert status.state is AttemptStatus.PENDING
    assert status.known is (word in answers.UNDECIDED)


@pytest.mark.parametrize(
    ("said", "submission"),
    [
        ({"status": "success"}, Submission(AttemptStatus.PENDING)),
        ({"status": "pending"}, Submission(AttemptStatus.PENDING)),
        ({"status": "pay_offline"}, Submission(AttemptStatus.PENDING)),
        ({"status": "send_otp"}, Submission(AttemptStatus.PENDING, "send-otp", wants_code=True)),
        (
            {"status": "open_url", "url": "https://pay.example/x"},
            Submission(AttemptStatus.PENDING, "open-url", link="https://pay.example/x"),
        ),
        ({"status": "send_pin"}, Submission(AttemptStatus.FAILED, "send-pin")),
        ({"status": "timeout"}, Submission(AttemptStatus.UNKNOWN, "timeout")),
        ({"status": "dance"}, Submission(AttemptStatus.UNKNOWN, "dance", known=False)),
        (
            {"status": "failed", "gateway_response": "Insufficient Funds"},
            Submission(AttemptStatus.FAILED, "insufficient-funds"),
        ),
        ({"status": "failed"}, Submission(AttemptStatus.FAILED, "declined")),
        ({}, Submission(AttemptStatus.UNKNOWN, "no-status", known=False)),
    ],
)
def test_every_answer_to_a_charge(said: dict[str, object], submission: Submission) -> None:
    """The same whether Paystack puts it into a 200 or, where a charge failed, into a 400."""
    assert answers.charge(Answer(200, {"status": True, "data": said})) == submission
    if said.get("status") in ("failed", "timeout"):
        assert answers.charge(Answer(400, {"status": False, "data": said})) == submission


@pytest.mark.parametrize("amount", [48_000.0, "4.8e4", -1, True, None, 10**16, "48,000", [], {}])
def test_what_is_no_amount_never_counts_as_paid(amount: object) -> None:
    data = {"status": "success", "amount": amount, "currency": "GHS", "id": 1}
    status: RailStatus = answers.status(Answer(200, {"status": True, "data": data}), Way.PROMPT)
    assert (status.state, status.amount) == (AttemptStatus.SUCCEEDED, None)


def test_codes_are_short_words_without_numbers_of_people() -> None:
    assert slug("LOW_BALANCE_OR_PAYEE_LIMIT_REACHED_OR_NOT_ALLOWED") in REASONS
    assert slug("Payer 0241234567 declined") == "payer-declined"
    assert slug("x" * 500) == "x" * 100
    assert slug("...") is None
    assert slug(5) is None
