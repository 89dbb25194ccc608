"""Paystack's protocol, spoken to the emulator over HTTP."""

from collections.abc import Mapping
from uuid import uuid4

import pytest
import requests

from flows.money import Money
from flows.ports.payments import AttemptStatus, NextStep
from payments.charge import PayoutRequest
from payments.emulated import Status
from payments.errors import PaymentError
from payments.paystack import Paystack, PaystackSettings
from payments.paystack.emulator import words
from tests.fakes.paystacking import GHANAIAN, KENYAN, PAYERS, SECRET, Emulated, asked

PENDING, FAILED = AttemptStatus.PENDING, AttemptStatus.FAILED


def test_a_link_is_asked_for_and_paid_by(paystack: Emulated) -> None:
    rail, charge = paystack.at("NG"), asked("NG")
    answer = rail.request(charge)
    assert answer.state is PENDING
    assert answer.link == paystack.only.link
    assert rail.status(charge.reference).code == "abandoned"
    assert answer.link is not None
    page = requests.get(answer.link, timeout=5)
    assert "NGN 480.00" in page.text
    requests.post(answer.link, {"answer": "approve"}, timeout=5, allow_redirects=False)
    status = rail.status(charge.reference)
    assert (status.state, status.amount) == (AttemptStatus.SUCCEEDED, charge.amount)
    assert status.provider_id == paystack.only.extra["id"]


def test_after_paying_the_page_leads_back_to_us(paystack: Emulated) -> None:
    charge = asked("NG")
    link = paystack.at("NG").request(charge).link
    assert link is not None
    left = requests.post(link, {"answer": "approve"}, timeout=5, allow_redirects=False)
    assert left.headers["Location"].startswith(
        f"https://sokoni.example/webhooks/paystack/back/{charge.reference}?"
    )


def test_nobodys_address_is_given_away(paystack: Emulated) -> None:
    charge = asked("NG")
    paystack.at("NG").request(charge)
    assert paystack.only.extra["email"] == f"{charge.reference.hex}@sokoni.example"


@pytest.mark.parametrize("country", PAYERS)
def test_every_currency_is_sent_in_hundredths(paystack: Emulated, country: str) -> None:
    charge = asked(country)
    paystack.at(country).request(charge)
    assert words.subunits(paystack.only.amount) == 48_000
    paystack.wallets.approve(str(charge.reference))
    assert paystack.at(country).status(charge.reference).amount == charge.amount


@pytest.mark.parametrize("country", ["GH", "KE", "CI"])
def test_a_wallet_is_prompted_on_its_phone(paystack: Emulated, country: str) -> None:
    payer = PAYERS[country][0] if country != "CI" else "+2250512345678"
    charge = asked(country, payer)
    answer = paystack.at(country).request(charge)
    assert (answer.state, answer.link, answer.wants_code) == (PENDING, None, False)
    assert paystack.only.payer == payer
    assert paystack.at(country).status(charge.reference).state is PENDING
    paystack.wallets.approve(str(charge.reference))
    assert paystack.at(country).status(charge.reference).state is AttemptStatus.SUCCEEDED


def test_a_test_number_pays_at_once_and_is_believed_when_asked(paystack: Emulated) -> None:
    charge = asked("GH", "+233551234987")
    answer = paystack.at("GH").request(charge)
    assert answer.state is PENDING
    assert paystack.at("GH").status(charge.reference).state is AttemptStatus.SUCCEEDED


def test_a_number_without_a_wallet_is_not_asked(paystack: Emulated) -> None:
    answer = paystack.at("GH").request(asked("GH", KENYAN))
    assert (answer.state, answer.code) == (FAILED, "no-wallet")
    assert paystack.wallets.all() == []


def test_a_code_is_handed_on(paystack: Emulated) -> None:
    rail, charge = paystack.at("CI"), asked("CI", "+2250700000000")
    answer = rail.request(charge)
    assert (answer.state, answer.wants_code) == (PENDING, True)
    assert rail.status(charge.reference).code == "ongoing"
    wrong = rail.submit_code(charge, "0000")
    assert (wrong.state, wrong.wants_code) == (PENDING, True)
    assert rail.submit_code(charge, "1234").state is PENDING
    assert rail.status(charge.reference).state is AttemptStatus.SUCCEEDED


def test_the_same_reference_is_never_a_second_charge(paystack: Emulated) -> None:
    for country in ("NG", "GH"):
        charge = asked(country)
        paystack.at(country).request(charge)
        again = paystack.at(country).request(charge)
        assert (again.state, again.link) == (PENDING, None)
    assert [prompt.requests for prompt in paystack.wallets.all()] == [2, 2]


def test_a_reference_that_paystack_has_never_heard_of(paystack: Emulated) -> None:
    status = paystack.rail.status(uuid4())
    assert (status.state, status.code) == (None, "transaction-not-found")


@pytest.mark.parametrize("country", ["NG", "GH"])
@pytest.mark.parametrize("fault", ["dropped", "fell"])
def test_a_request_that_was_taken_without_an_answer_is_asked_about(
    paystack: Emulated, country: str, fault: str
) -> None:
    setattr(paystack.wallets.faults, fault, 1)
    charge = asked(country)
    with pytest.raises(PaymentError) as caught:
        paystack.at(country).request(charge)
    assert caught.value.unknown
    assert paystack.at(country).status(charge.reference).state is PENDING


def test_a_server_in_trouble_has_perhaps_taken_it(paystack: Emulated) -> None:
    paystack.wallets.faults.errors = 1
    charge = asked("GH")
    with pytest.raises(PaymentError) as caught:
        paystack.at("GH").request(charge)
    assert caught.value.unknown
    assert paystack.at("GH").status(charge.reference).state is None


def test_too_many_requests_are_told_with_a_pause(paystack: Emulated) -> None:
    paystack.wallets.faults.busy = 1
    with pytest.raises(PaymentError) as caught:
        paystack.at("GH").request(asked("GH"))
    assert (caught.value.unknown, caught.value.permanent) == (False, False)
    assert caught.value.retry_after == 1.0


def test_a_wrong_key_changes_nothing_when_tried_again(paystack: Emulated) -> None:
    other = Paystack(PaystackSettings(paystack.url, "sk_test_other"), public_url="https://a.b")
    with pytest.raises(PaymentError) as caught:
        other.request(asked("NG"))
    assert (caught.value.permanent, caught.value.code) == (True, "http-401")
    assert SECRET not in repr(paystack.rail.__dict__)


def test_a_status_that_cannot_be_read_says_nothing(paystack: Emulated) -> None:
    charge = asked("GH")
    paystack.at("GH").request(charge)
    paystack.wallets.faults.unreadable = 1
    with pytest.raises(PaymentError) as caught:
        paystack.at("GH").status(charge.reference)
    assert not caught.value.permanent


def test_pending_for_ever_stays_pending(paystack: Emulated) -> None:
    charge = asked("GH")
    paystack.at("GH").request(charge)
    paystack.wallets.faults.pending_for_ever = True
    paystack.wallets.approve(str(charge.reference))
    assert paystack.at("GH").status(charge.reference).state is PENDING


@pytest.mark.parametrize(
    ("other", "seen"),
    [
        ({"other_amount": "479.99"}, Money(47_999, "GHS")),
        ({"other_currency": "NGN"}, Money(48_000, "NGN")),
        ({"other_currency": "EUR"}, None),
    ],
)
def test_other_money_than_was_asked_for_is_seen(
    paystack: Emulated, other: Mapping[str, str], seen: Money | None
) -> None:
    charge = asked("GH")
    paystack.at("GH").request(charge)
    for name, value in other.items():
        setattr(paystack.wallets.faults, name, value)
    paystack.wallets.approve(str(charge.reference))
    status = paystack.at("GH").status(charge.reference)
    assert (status.state, status.amount) == (AttemptStatus.SUCCEEDED, seen)
    assert status.got


def test_a_wallet_that_refuses_ends_it(paystack: Emulated) -> None:
    charge = asked("GH")
    paystack.at("GH").request(charge)
    paystack.wallets.fail(str(charge.reference))
    status = paystack.at("GH").status(charge.reference)
    assert (status.state, status.code) == (FAILED, "insufficient-funds")
    assert paystack.at("GH").next_step(status.code) is NextStep.TOP_UP


def test_a_failed_try_on_the_pay_page_is_not_the_end(paystack: Emulated) -> None:
    charge = asked("NG")
    link = paystack.at("NG").request(charge).link
    assert link is not None
    requests.post(link, {"answer": "short"}, timeout=5)
    status = paystack.at("NG").status(charge.reference)
    assert (status.state, status.code) == (PENDING, "insufficient-funds")


def test_money_that_paystack_took_back_is_told(paystack: Emulated) -> None:
    charge = asked("GH")
    paystack.at("GH").request(charge)
    paystack.wallets.approve(str(charge.reference))
    paystack.wallets.reverse(str(charge.reference))
    status = paystack.at("GH").status(charge.reference)
    assert (status.state, status.reversed) == (FAILED, True)


def payout(country: str = "GH", payee: str = GHANAIAN) -> PayoutRequest:
    amount = PAYERS[country][1]
    return PayoutRequest(uuid4(), amount, payee, "Sales of Mama Bisi", "Efua Mfano")


@pytest.mark.parametrize(("country", "payee"), [("GH", GHANAIAN), ("KE", KENYAN)])
def test_a_payout_goes_out_once(paystack: Emulated, country: str, payee: str) -> None:
    rail, out = paystack.at(country), payout(country, payee)
    assert rail.payout(out).state is PENDING
    assert rail.payout(out).state is PENDING
    status = rail.payout_status(out)
    assert (status.state, status.amount) == (AttemptStatus.SUCCEEDED, out.amount)
    (sent,) = paystack.wallets.payouts()
    assert (sent.payee, sent.requests) == (payee, 2)


def test_a_payout_without_an_answer_is_asked_about(paystack: Emulated) -> None:
    out = payout()
    rail = paystack.at("GH")
    assert rail.payout_status(out).state is None
    paystack.wallets.faults.dropped = 1
    with pytest.raises(PaymentError) as caught:
        rail.payout(out)
    assert caught.value.unknown
    assert rail.payout_status(out).state is AttemptStatus.SUCCEEDED


def test_a_payee_without_a_wallet_gets_nothing(paystack: Emulated) -> None:
    answer = paystack.at("GH").payout(payout(payee="+233302123456"))
    assert (answer.state, answer.code) == (FAILED, "no-recipient")


@pytest.mark.parametrize(("said", "known"), [("otp", True), ("blocked", True), ("received", True)])
def test_a_transfer_that_waits_for_somebody_has_not_failed(
    paystack: Emulated, said: str, known: bool
) -> None:
    rail, out = paystack.at("GH"), payout()
    paystack.wallets.faults.slow_sending = True
    rail.payout(out)
    (sent,) = paystack.wallets.payouts()
    sent.reason = said
    status = rail.payout_status(out)
    assert (status.state, status.code, status.known) == (PENDING, said, known)


def test_a_transfer_can_fail(paystack: Emulated) -> None:
    rail, out = paystack.at("GH"), payout()
    paystack.wallets.faults.payout_reason = "Account not found"
    rail.payout(out)
    status = rail.payout_status(out)
    assert (status.state, status.code) == (FAILED, "transfer-failed")


def test_whose_wallet_it_is(paystack: Emulated) -> None:
    paystack.wallets.names[GHANAIAN] = "Efua Mfano"
    assert paystack.at("GH").holder_name(GHANAIAN) == "Efua Mfano"
    paystack.wallets.names[GHANAIAN] = None
    assert paystack.at("GH").holder_name(GHANAIAN) is None
    with pytest.raises(PaymentError):
        paystack.at("KE").holder_name(KENYAN)


def test_a_duplicate_reference_is_taken_for_submitted(paystack: Emulated) -> None:
    paystack.wallets.faults.conflicts = 1
    assert paystack.at("GH").request(asked("GH")).state is PENDING
    assert paystack.only.status is Status.WAITING
