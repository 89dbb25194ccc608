"""MTN's disbursements and what it tells of a wallet's holder, spoken to the emulator over HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
import requests
from flask import Flask, Response, request

from channels.emulated import serving
from flows.money import Money
from flows.ports.payments import AttemptStatus
from payments.charge import PayoutRequest, RefundRequest
from payments.emulated import Answer, Hit, Status, Trouble
from payments.errors import PaymentError
from payments.mtn_momo import MtnMomo
from payments.mtn_momo.emulator import magic
from payments.mtn_momo.reasons import REASONS
from payments.rail import Ability
from tests.fakes.paying import PAYER, Clock, Mtn, charge

S = AttemptStatus


def payout(payee: str = PAYER, minor: int = 25_000, currency: str = "UGX") -> PayoutRequest:
    return PayoutRequest(
        uuid4(), Money(minor, currency), payee, "Mama Njeri's Foods", "Abena Mfano"
    )


def test_a_payout_says_what_mtn_wants_to_hear(mtn: Mtn) -> None:
    asked = payout(minor=12_050, currency="GHS")
    assert mtn.rail.payout(asked).state is S.PENDING
    (sent,) = mtn.wallets.payouts()
    assert (sent.amount, sent.currency, sent.payee) == ("120.50", "GHS", PAYER)
    assert (sent.reference, sent.charge) == (str(asked.reference), None)
    assert sent.extra["payerMessage"] == "Mama Njeri s Foods"
    assert sent.callback_url == f"http://127.0.0.1:9/webhooks/mtn-momo/payouts/{asked.reference}"


def test_a_payout_that_arrived_carries_the_amount_and_mtns_own_number(mtn: Mtn) -> None:
    asked = payout()
    mtn.rail.payout(asked)
    status = mtn.rail.payout_status(asked)
    assert (status.state, status.amount) == (S.SUCCEEDED, asked.amount)
    assert status.provider_id == mtn.wallets.payouts()[0].transaction


def test_the_same_reference_again_is_no_second_payout(mtn: Mtn) -> None:
    asked = payout()
    assert mtn.rail.payout(asked).state is S.PENDING
    assert mtn.rail.payout(asked).state is S.PENDING
    assert [sent.requests for sent in mtn.wallets.payouts()] == [2]


def test_a_payout_waits_until_the_network_has_settled_it(mtn: Mtn) -> None:
    mtn.wallets.faults.slow_sending = True
    asked = payout()
    mtn.rail.payout(asked)
    assert mtn.rail.payout_status(asked).state is S.PENDING
    mtn.wallets.settle(str(asked.reference))
    assert mtn.rail.payout_status(asked).state is S.SUCCEEDED


def test_a_payout_and_a_refund_do_not_answer_for_each_other(mtn: Mtn) -> None:
    asked = payout()
    mtn.rail.payout(asked)
    back = RefundRequest(asked.reference, uuid4(), asked.amount, 1001, "x")
    assert mtn.rail.refund_status(back).state is None
    assert mtn.rail.payout_status(payout()).state is None


@pytest.mark.parametrize("trouble", [Trouble.BUSY, Trouble.BROKEN, Trouble.DROPPED, Trouble.FELL])
@pytest.mark.parametrize("kind", ["payout", "refund"])
def test_money_that_met_trouble_on_its_way_is_sent_once(
    mtn: Mtn, trouble: Trouble, kind: str
) -> None:
    mtn.wallets.auto = Answer.APPROVE
    taken = charge()
    mtn.rail.request(taken)
    hits = [Hit(trouble, 7.0)]
    mtn.wallets.faults.at_request = lambda _: hits.pop() if hits else None
    out, back = payout(), RefundRequest(uuid4(), taken.reference, taken.amount, 1001, "x")

    def send() -> AttemptStatus:
        return (mtn.rail.payout(out) if kind == "payout" else mtn.rail.refund(back)).state

    def sent() -> int:
        return len(mtn.wallets.payouts() if kind == "payout" else mtn.wallets.refunds())

    if trouble in (Trouble.BROKEN, Trouble.FELL):
        assert send() is S.UNKNOWN
    else:
        with pytest.raises(PaymentError) as error:
            send()
        assert error.value.unknown is (trouble is Trouble.DROPPED)
    assert sent() == (1 if trouble in (Trouble.DROPPED, Trouble.FELL) else 0)
    assert send() is S.PENDING
    assert sent() == 1


@pytest.mark.parametrize("number", sorted(magic.PAYEES.failing))
def test_a_made_up_payee_fails_as_documented(mtn: Mtn, number: str) -> None:
    asked = payout(f"+467331234{number}")
    assert mtn.rail.payout(asked).state is S.PENDING
    status = mtn.rail.payout_status(asked)
    code = magic.PAYEES.failing[number]
    assert (status.code, status.state) == (code, REASONS[code].state)


@pytest.mark.parametrize("number", sorted(magic.PAYEES.waiting))
def test_a_made_up_payee_keeps_money_waiting(mtn: Mtn, number: str) -> None:
    asked = payout(f"+467331234{number}")
    mtn.rail.payout(asked)
    assert mtn.rail.payout_status(asked).state is S.PENDING


@pytest.mark.parametrize("number", sorted(magic.PAYEES.refused))
def test_a_payout_refused_outright_sends_no_money(mtn: Mtn, number: str) -> None:
    answer = mtn.rail.payout(payout(f"+467331234{number}"))
    assert (answer.state, answer.code) == (S.FAILED, magic.PAYEES.refused[number])
    assert not mtn.wallets.payouts()


def test_a_payout_that_fails_says_why(mtn: Mtn) -> None:
    mtn.wallets.faults.payout_reason = "NOT_ENOUGH_FUNDS"
    asked = payout()
    mtn.rail.payout(asked)
    status = mtn.rail.payout_status(asked)
    assert (status.state, status.code) == (S.FAILED, "NOT_ENOUGH_FUNDS")


def test_without_a_disbursement_key_nothing_is_paid_out(mtn: Mtn, clock: Clock) -> None:
    poor = MtnMomo(
        replace(mtn.settings, disbursement_key=None), public_url="http://x", clock=clock.seconds
    )
    able = {ability for ability in Ability if poor.can(ability)}
    assert able == {Ability.HOLDER_NAME}
    assert all(mtn.rail.can(ability) for ability in Ability)
    with pytest.raises(PaymentError) as error:
        poor.payout(payout())
    assert error.value.permanent


def test_a_holders_name_is_told(mtn: Mtn) -> None:
    mtn.wallets.names[PAYER] = "Grace Kielelezo"
    assert mtn.rail.holder_name(PAYER) == "Grace Kielelezo"


def test_a_number_without_a_wallet_has_no_name(mtn: Mtn) -> None:
    mtn.wallets.names[PAYER] = None
    assert mtn.rail.holder_name(PAYER) is None
    assert mtn.rail.holder_name("+46733123450") is None


def test_a_wallet_that_is_not_active_has_no_name(mtn: Mtn) -> None:
    assert mtn.rail.holder_name(f"+467331234{magic.NOT_ACTIVE}") is None


@pytest.mark.parametrize("number", ["52", "53", "54", "55"])
def test_a_name_that_cannot_be_read_is_an_error(mtn: Mtn, number: str) -> None:
    with pytest.raises(PaymentError) as error:
        mtn.rail.holder_name(f"+467331234{number}")
    assert error.value.code == magic.HOLDERS[number][1]


@pytest.mark.parametrize(
    ("path", "charges", "refunds", "payouts"),
    [("", 1, 0, 0), ("refunds/", 0, 1, 0), ("payouts/", 0, 0, 1), ("others/", 0, 0, 0)],
)
def test_a_call_back_says_by_its_path_what_it_is_about(
    mtn: Mtn, path: str, charges: int, refunds: int, payouts: int
) -> None:
    about = uuid4()
    told = mtn.rail.read_callback(f"{path}{about}", {}, b'{"status": "SUCCESSFUL"}')
    assert told is not None
    assert (told.charges, told.refunds, told.payouts) == (
        (about,) * charges,
        (about,) * refunds,
        (about,) * payouts,
    )


@pytest.fixture
def merchant(mtn: Mtn, clock: Clock) -> Iterator[tuple[MtnMomo, list[tuple[str, str]]]]:
    heard: list[tuple[str, str]] = []
    app = Flask("merchant")

    def listen(path: str) -> Response:
        heard.append((path, request.get_json()["status"]))
        return Response(status=200)

    app.add_url_rule("/webhooks/mtn-momo/<path:path>", view_func=listen, methods=["PUT"])
    mtn.wallets.faults.drop_callbacks = False
    with serving(app) as url:
        yield MtnMomo(mtn.settings, public_url=url, clock=clock.seconds), heard
        mtn.wallets.callbacks.wait()


def test_what_was_sent_is_called_back(
    mtn: Mtn, merchant: tuple[MtnMomo, list[tuple[str, str]]]
) -> None:
    rail, heard = merchant
    asked = payout()
    rail.payout(asked)
    mtn.wallets.callbacks.wait()
    assert heard == [(f"payouts/{asked.reference}", "SUCCESSFUL")]
    assert mtn.wallets.payouts()[0].status is Status.TAKEN


@pytest.mark.parametrize("number", [str(number) for number in range(1, 14)])
def test_a_refund_of_a_made_up_payment_ends_as_documented(mtn: Mtn, number: str) -> None:
    """Our references are UUIDs, so it is asked for by hand."""
    user, secret = mtn.settings.user, mtn.settings.secret
    key = {"Ocp-Apim-Subscription-Key": "disbursement", "X-Target-Environment": "mtnuganda"}
    root = f"{mtn.url}/disbursement"
    token = requests.post(f"{root}/token/", auth=(user, secret), headers=key, timeout=5).json()
    reference = str(uuid4())
    headers = {
        **key,
        "Authorization": f"Bearer {token['access_token']}",
        "X-Reference-Id": reference,
    }
    body = {"amount": "5", "currency": "EUR", "referenceIdToRefund": number}
    answer = requests.post(f"{root}/v1_0/refund", json=body, headers=headers, timeout=5)
    if number in magic.REFUNDS.refused:
        assert (answer.status_code, answer.json()["code"]) == (500, magic.REFUNDS.refused[number])
        return
    assert answer.status_code == 202
    back = RefundRequest(UUID(reference), uuid4(), Money(500, "EUR"), 1001, "x")
    status = mtn.rail.refund_status(back)
    code = {**magic.REFUNDS.failing, **magic.REFUNDS.waiting}[number]
    waits = number in magic.REFUNDS.waiting
    assert (status.code, status.state) == (code, S.PENDING if waits else REASONS[code].state)
