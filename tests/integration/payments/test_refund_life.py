"""A refund from owed to given back, on both databases."""

from dataclasses import replace
from uuid import UUID

from flows.happenings import RefundDone, RefundStuck
from flows.money import Money
from payments.cash import Cash
from payments.due import refunds_due
from payments.mtn_momo import MtnMomo
from payments.rail import Rails
from payments.sending.refunds import poll_refund, submit_refund
from store.orders.refunds import owe_refund
from store.transaction import Sessions
from tests.fakes.paying import Clock, Market, Mtn, make_market


def owed(market: Market, mtn: Mtn, minor: int = 48_000) -> tuple[int, UUID]:
    """The number of a paid order, and the id of a refund that is owed on it."""
    number = market.order()
    attempt_id = market.prompted(number)
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    order_id = market.order_row(number).id
    refund = market.at_shop(
        lambda scope: owe_refund(scope, order_id, Money(minor, "UGX"), "cancelled")
    )
    assert refund is not None
    return number, refund.id


def status(market: Market) -> str:
    (refund,) = market.refunds()
    return refund.status


def test_a_refund_is_sent_and_the_order_says_so(market: Market, mtn: Mtn) -> None:
    number, refund_id = owed(market, mtn)
    submit_refund(market.world, refund_id)
    assert status(market) == "pending"
    market.after(seconds=10)
    assert status(market) == "succeeded"
    assert market.order_row(number).payment_status == "refunded"
    assert market.heard(RefundDone)[0].amount == Money(48_000, "UGX")
    assert [back.amount for back in mtn.wallets.refunds()] == ["48000"]


def test_a_part_that_goes_back_leaves_the_order_partly_paid(market: Market, mtn: Mtn) -> None:
    number, _ = owed(market, mtn, 5_000)
    assert refunds_due(market.world) == 1
    market.after(seconds=10)
    assert market.order_row(number).payment_status == "partial"


def test_a_refund_job_delivered_twice_gives_back_once(market: Market, mtn: Mtn) -> None:
    _, refund_id = owed(market, mtn)
    submit_refund(market.world, refund_id)
    submit_refund(market.world, refund_id)
    poll_refund(market.world, refund_id)
    assert len(mtn.wallets.refunds()) == 1


def test_a_lost_answer_is_asked_about(market: Market, mtn: Mtn) -> None:
    _, refund_id = owed(market, mtn)
    mtn.wallets.faults.dropped = 1
    submit_refund(market.world, refund_id)
    assert status(market) == "unknown"
    market.after(seconds=10)
    assert status(market) == "succeeded"
    assert len(mtn.wallets.refunds()) == 1


def test_a_refund_that_never_arrived_is_sent_again(market: Market, mtn: Mtn) -> None:
    _, refund_id = owed(market, mtn)
    mtn.wallets.faults.errors = 1
    submit_refund(market.world, refund_id)
    assert not mtn.wallets.refunds()
    market.after(seconds=10)
    assert status(market) == "pending"
    market.after(seconds=20)
    assert status(market) == "succeeded"


def test_a_float_without_money_leaves_it_to_staff(market: Market, mtn: Mtn) -> None:
    number, refund_id = owed(market, mtn)
    mtn.wallets.faults.refund_reason = "NOT_ENOUGH_FUNDS"
    submit_refund(market.world, refund_id)
    market.after(seconds=10)
    assert status(market) == "stuck"
    assert market.refunds()[0].reason_code == "NOT_ENOUGH_FUNDS"
    assert len(market.heard(RefundStuck)) == 1
    assert market.order_row(number).payment_status == "paid"
    market.after(hours=1)
    assert len(market.heard(RefundStuck)) == 1


def test_without_disbursement_credentials_staff_must_give_it_back(
    sessions: Sessions, clock: Clock, mtn: Mtn
) -> None:
    poor = MtnMomo(
        replace(mtn.settings, disbursement_key=None),
        public_url="http://127.0.0.1:9",
        clock=clock.seconds,
    )
    market = make_market(sessions, clock, Rails({"mtn-momo": poor, "cash": Cash()}))
    _, refund_id = owed(market, mtn)
    submit_refund(market.world, refund_id)
    assert status(market) == "stuck"
    assert market.refunds()[0].reason_code == "no-rail"
    assert len(market.heard(RefundStuck)) == 1


def test_a_refund_without_any_answer_ends_with_staff(market: Market, mtn: Mtn) -> None:
    _, refund_id = owed(market, mtn)
    submit_refund(market.world, refund_id)
    mtn.wallets.faults.unreadable = 1000
    market.after(hours=25)
    assert status(market) == "stuck"
    assert market.refunds()[0].reason_code == "no-answer"
