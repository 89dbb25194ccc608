"""Orders paid by Paystack, from the request to the books: what goes right, and what goes wrong."""

from uuid import UUID

import pytest

from flows.happenings import PaymentFailed, PaymentInReview, PaymentReversed
from flows.money import Money
from flows.ports.payments import AttemptStatus, NextStep
from payments.checking.reconciliation import reconcile
from payments.sending.refunds import submit_refund
from store.orders.refunds import owe_refund
from tests.fakes.paying import Market
from tests.fakes.paystacking import Emulated, begin, move_to, place


def settled(market: Market, attempt: UUID) -> tuple[str, str]:
    """How the attempt stands, and the payment of the market's only order."""
    return market.attempt(attempt).status, market.order_row(1001).payment_status


def test_a_wallet_pays_an_order(ghana: Market, paystack: Emulated) -> None:
    attempt = begin(ghana, place(ghana))
    ghana.after(seconds=10)
    assert settled(ghana, attempt) == ("pending", "pending")
    paystack.wallets.approve(str(attempt))
    ghana.after(seconds=20)
    assert settled(ghana, attempt) == ("succeeded", "paid")
    assert ghana.attempt(attempt).provider_id == paystack.only.extra["id"]


def test_a_link_pays_an_order(ghana: Market, paystack: Emulated) -> None:
    move_to(ghana, "NG")
    attempt = begin(ghana, place(ghana, "NG"), "NG")
    ghana.after(minutes=20)
    assert settled(ghana, attempt) == ("pending", "pending")
    paystack.wallets.approve(str(attempt))
    ghana.after(minutes=5)
    assert settled(ghana, attempt) == ("succeeded", "paid")


@pytest.mark.parametrize("fault", ["dropped", "fell"])
def test_a_lost_answer_is_asked_about_and_never_a_second_charge(
    ghana: Market, paystack: Emulated, fault: str
) -> None:
    setattr(paystack.wallets.faults, fault, 1)
    attempt = begin(ghana, place(ghana))
    assert ghana.attempt(attempt).status == AttemptStatus.UNKNOWN
    paystack.wallets.approve(str(attempt))
    ghana.after(seconds=10)
    assert settled(ghana, attempt) == ("succeeded", "paid")
    assert paystack.only.requests == 1


@pytest.mark.parametrize("fault", ["dropped", "fell"])
def test_a_link_that_nobody_got_makes_room_for_another(
    ghana: Market, paystack: Emulated, fault: str
) -> None:
    move_to(ghana, "NG")
    number = place(ghana, "NG")
    setattr(paystack.wallets.faults, fault, 1)
    lost = begin(ghana, number, "NG")
    ghana.after(seconds=10)
    assert settled(ghana, lost) == ("pending", "pending")
    ghana.after(seconds=20)
    assert settled(ghana, lost) == ("expired", "failed")
    (told,) = ghana.heard(PaymentFailed)
    assert isinstance(told, PaymentFailed)
    assert told.attempt.next is NextStep.TRY_AGAIN
    again = begin(ghana, number, "NG")
    assert ghana.attempt(again).link == paystack.wallets.all()[1].link
    ghana.after(minutes=2)
    assert ghana.attempt(again).status == "pending"


def test_a_request_that_never_arrived_is_sent_again(ghana: Market, paystack: Emulated) -> None:
    paystack.wallets.faults.errors = 1
    attempt = begin(ghana, place(ghana))
    assert paystack.wallets.all() == []
    ghana.after(seconds=10)
    assert (paystack.only.reference, paystack.only.requests) == (str(attempt), 1)
    paystack.wallets.approve(str(attempt))
    ghana.after(seconds=20)
    assert settled(ghana, attempt) == ("succeeded", "paid")


def test_other_money_is_looked_at_and_pays_nothing(ghana: Market, paystack: Emulated) -> None:
    paystack.wallets.faults.other_amount = "4.80"
    attempt = begin(ghana, place(ghana))
    paystack.wallets.approve(str(attempt))
    ghana.after(seconds=10)
    assert settled(ghana, attempt) == ("review", "pending")
    assert ghana.attempt(attempt).got == "480 GHS"
    assert len(ghana.heard(PaymentInReview)) == 1


def test_a_failure_is_found_by_asking(ghana: Market, paystack: Emulated) -> None:
    attempt = begin(ghana, place(ghana))
    paystack.wallets.fail(str(attempt), "LOW_BALANCE_OR_PAYEE_LIMIT_REACHED_OR_NOT_ALLOWED")
    ghana.after(seconds=10)
    assert settled(ghana, attempt) == ("failed", "failed")
    assert len(ghana.heard(PaymentFailed)) == 1


def test_pending_for_ever_has_an_end_for_us(ghana: Market, paystack: Emulated) -> None:
    paystack.wallets.faults.pending_for_ever = True
    attempt = begin(ghana, place(ghana))
    for _ in range(12):
        ghana.after(seconds=30)
    assert settled(ghana, attempt) == ("expired", "failed")
    assert len(ghana.heard(PaymentFailed)) == 1


def test_a_link_is_paid_after_we_gave_it_up(ghana: Market, paystack: Emulated) -> None:
    move_to(ghana, "NG")
    attempt = begin(ghana, place(ghana, "NG"), "NG")
    ghana.after(minutes=30)
    assert settled(ghana, attempt) == ("expired", "failed")
    paystack.wallets.approve(str(attempt))
    ghana.after(minutes=30)
    assert settled(ghana, attempt) == ("succeeded", "paid")


@pytest.mark.parametrize("fault", ["dropped", "fell", "errors"])
def test_a_refund_with_an_unknown_outcome_goes_back_once(
    ghana: Market, paystack: Emulated, fault: str
) -> None:
    attempt = begin(ghana, place(ghana))
    paystack.wallets.approve(str(attempt))
    ghana.after(seconds=10)
    order = ghana.order_row(1001).id
    owed = ghana.at_shop(lambda scope: owe_refund(scope, order, Money(20_000, "GHS"), "cancelled"))
    assert owed is not None
    setattr(paystack.wallets.faults, fault, 1)
    submit_refund(ghana.world, owed.id)
    for seconds in (10, 20, 90, 60):
        ghana.after(seconds=seconds)
    (refund,) = ghana.refunds()
    assert refund.status == "succeeded"
    assert [sent.amount for sent in paystack.wallets.refunds()] == ["200.00"]
    assert ghana.order_row(1001).payment_status == "partial"


def paid(market: Market, paystack: Emulated) -> UUID:
    attempt = begin(market, place(market))
    paystack.wallets.approve(str(attempt))
    market.after(seconds=10)
    assert settled(market, attempt) == ("succeeded", "paid")
    return attempt


def test_what_we_gave_back_ourselves_is_not_a_reversal(ghana: Market, paystack: Emulated) -> None:
    """Paystack calls a charge "reversed" once all of it was refunded."""
    attempt = paid(ghana, paystack)
    order = ghana.order_row(1001).id
    owed = ghana.at_shop(lambda scope: owe_refund(scope, order, Money(48_000, "GHS"), "cancelled"))
    assert owed is not None
    submit_refund(ghana.world, owed.id)
    ghana.after(seconds=10)
    assert paystack.rail.status(attempt).reversed
    assert reconcile(ghana.world)["differs"] == 0
    assert ghana.heard(PaymentReversed) == []
    assert ghana.attempt(attempt).reconciled_at is not None


def test_what_paystack_took_back_is_told_once(ghana: Market, paystack: Emulated) -> None:
    attempt = paid(ghana, paystack)
    paystack.wallets.reverse(str(attempt))
    assert reconcile(ghana.world)["differs"] == 1
    assert reconcile(ghana.world)["differs"] == 0
    assert len(ghana.heard(PaymentReversed)) == 1
