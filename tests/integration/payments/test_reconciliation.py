"""What has ended is asked about once more, on both databases."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import select

from flows.happenings import LateMoney, OrderPaid, PaymentMismatch, PaymentReversed, RefundDone
from payments.charge import Callback
from payments.checking.deciding import Decision, give_back
from payments.checking.reconciliation import RUN, reconcile
from payments.due import poll_due
from payments.taking.polling import callback
from store.models import FactRow
from store.proof import prove
from store.transaction import Sessions
from tests.fakes.paying import Market, Mtn


@pytest.fixture(autouse=True)
def proven(sessions: Sessions) -> Iterator[None]:
    """Whatever happened, the books are right afterwards."""
    yield
    assert prove(sessions.kw["bind"]).finding is None


def paid(market: Market, mtn: Mtn, number: int) -> UUID:
    attempt_id = market.prompted(number)
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    assert market.attempt(attempt_id).status == "succeeded"
    return attempt_id


def test_what_matches_is_asked_about_once(market: Market, mtn: Mtn) -> None:
    attempt_id = paid(market, mtn, market.order())
    assert dict(reconcile(market.world)) == {"matched": 1, "differs": 0, "unanswered": 0}
    assert market.attempt(attempt_id).reconciled_at == market.clock.now()
    assert dict(reconcile(market.world)) == {"matched": 0, "differs": 0, "unanswered": 0}
    assert not market.reviews()
    runs = market.world.read(
        lambda session: session.scalars(select(FactRow.values).where(FactRow.name == RUN)).all()
    )
    assert [run["asked"] for run in runs] == [1, 0]


def test_who_does_not_answer_is_asked_again(market: Market, mtn: Mtn) -> None:
    attempt_id = paid(market, mtn, market.order())
    mtn.wallets.faults.unreadable = 1
    assert reconcile(market.world)["unanswered"] == 1
    assert market.attempt(attempt_id).reconciled_at is None
    assert reconcile(market.world)["matched"] == 1


@pytest.mark.parametrize("looked_before", [False, True])
def test_money_taken_back_after_it_came_is_told_and_looked_at(
    market: Market, mtn: Mtn, looked_before: bool
) -> None:
    number = market.order()
    attempt_id = paid(market, mtn, number)
    if looked_before:
        reconcile(market.world)
        market.clock.pass_by(hours=2)
    mtn.wallets.reverse(str(attempt_id))
    if looked_before:
        assert callback(market.world, Callback(charges=(attempt_id,)))
        poll_due(market.world)
    else:
        assert reconcile(market.world)["differs"] == 1
    assert len(market.heard(PaymentReversed)) == 1
    (review,) = market.reviews()
    assert review.kind == "reversed"
    market.at_shop(
        lambda scope: give_back(scope, review.id, market.world.rails, Decision(by="staff"))
    )
    assert market.order_row(number).payment_status == "refunded"
    assert market.account("rail:mtn-momo") == market.account("refunds") == 0
    assert len(market.heard(RefundDone)) == 1
    market.after(seconds=30)
    # The provider has done it itself: nothing more is sent.
    assert not mtn.wallets.refunds()


def test_another_transaction_of_the_providers_is_looked_at(market: Market, mtn: Mtn) -> None:
    attempt_id = paid(market, mtn, market.order())
    prompt = mtn.wallets.find(str(attempt_id))
    assert prompt is not None
    prompt.transaction = "another"
    assert reconcile(market.world)["differs"] == 1
    assert [review.kind for review in market.reviews()] == ["mismatch"]
    assert len(market.heard(PaymentMismatch)) == 1
    assert reconcile(market.world)["differs"] == 0


def test_an_amount_that_cannot_be_read_is_looked_at(market: Market, mtn: Mtn) -> None:
    attempt_id = paid(market, mtn, market.order())
    prompt = mtn.wallets.find(str(attempt_id))
    assert prompt is not None
    prompt.taken = "5e4"
    assert reconcile(market.world)["differs"] == 1
    assert [review.kind for review in market.reviews()] == ["mismatch"]


def test_money_that_came_after_it_had_failed_pays_the_order(market: Market, mtn: Mtn) -> None:
    number = market.order()
    attempt_id = market.prompted(number)
    mtn.wallets.refuse(str(attempt_id))
    market.after(seconds=10)
    assert market.attempt(attempt_id).status == "failed"
    _contradict(mtn, attempt_id)
    assert reconcile(market.world)["differs"] == 1
    assert market.order_row(number).payment_status == "paid"
    assert len(market.heard(OrderPaid)) == 1


def test_money_that_came_twice_goes_back_once(market: Market, mtn: Mtn) -> None:
    number = market.order()
    first = market.prompted(number)
    mtn.wallets.refuse(str(first))
    market.after(seconds=10)
    market.clock.pass_by(minutes=2)
    paid(market, mtn, number)
    _contradict(mtn, first)
    reconcile(market.world)
    assert len(market.heard(LateMoney)) == 1
    assert [refund.amount for refund in market.refunds()] == [48_000]
    market.after(seconds=1)
    market.after(seconds=30)
    assert market.account("rail:mtn-momo") == 48_000


def _contradict(mtn: Mtn, attempt_id: UUID) -> None:
    """The provider says now that it has taken what it had said was refused."""
    prompt = mtn.wallets.find(str(attempt_id))
    assert prompt is not None
    mtn.wallets._take(prompt)
