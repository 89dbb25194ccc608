"""What staff say of a review, and what follows from it: taken as the payment, given back, or done by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from flows.happenings import MoneyGoesBack, ToppedUp
from flows.money import Money, MoneyError
from flows.ports.orders import OrderStatus, PaymentStatus
from payments.checking.reviews import (
    MISMATCH,
    PAYOUT_STUCK,
    REFUND_STUCK,
    REVERSED,
    WRONG_AMOUNT,
    close,
)
from payments.errors import PaymentError
from payments.rail import Rails
from payments.sending.refunds import done_by_hand
from payments.taking.outcome import Case, locked_case
from payments.taking.steps import FAILED, SUCCEEDED, move_attempt
from payments.taking.subjects import ForOrder
from store import postings
from store.ledger import Account, Kind, balance
from store.models import OrderRow, RefundRow, ReviewRow
from store.orders.refunds import PAID_MORE, owe_refund
from store.orders.refunds import give_back as owe_order
from store.orders.settlement import receive_payment
from store.orders.views import view
from store.scope import Scope

ACCEPTED, GIVEN_BACK, DONE = "accepted", "given-back", "done"
# Why a refund is owed, beside what store.orders knows.
NOT_WHAT_WAS_ASKED = "not_what_was_asked"


class DecisionError(PaymentError):
    """Cannot be decided so; the text says why, and what can be done."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, permanent=True)


@dataclass(frozen=True, slots=True)
class Decision:
    """`by` is who decides, as the audit shall name them. `short`: the shop takes less than was due. `came`
    is what the provider's own pages say, in major units of what was asked for, where its answer could not be
    read."""

    by: str
    note: str | None = None
    short: bool = False
    came: Decimal | None = None


def accept(scope: Scope, review_id: UUID, rails: Rails, decision: Decision) -> str:
    """What came is taken as what was due, and more than that goes back. Raises DecisionError. What was
    done, in words for staff."""
    return _decide(scope, review_id, rails, decision, ACCEPTED, _ACCEPT)


def give_back(scope: Scope, review_id: UUID, rails: Rails, decision: Decision) -> str:
    """What came goes back to its payer; of a payment that was taken back, the order is no longer paid.
    Raises DecisionError."""
    return _decide(scope, review_id, rails, decision, GIVEN_BACK, _GIVE_BACK)


def _decide(
    scope: Scope,
    review_id: UUID,
    rails: Rails,
    decision: Decision,
    outcome: str,
    table: "Mapping[str, Callable[[_Open], str]]",
) -> str:
    review = _open_review(scope, review_id)
    work = table.get(review.kind)
    if work is None:
        raise DecisionError(f"a review of {review.kind} cannot be {outcome}")
    said = work(_Open(scope, review, rails, decision))
    close(scope, review, outcome, decision.by, decision.note)
    return said


def _open_review(scope: Scope, review_id: UUID) -> ReviewRow:
    """Locked after what it is about, as everywhere else: so it is looked at again."""
    mine = (ReviewRow.id == review_id, ReviewRow.shop_id == scope.shop.id)
    review = scope.session.scalar(select(ReviewRow).where(*mine))
    if review is None:
        raise DecisionError("there is no such review")
    if review.closed_at is not None:
        raise DecisionError(f"it was closed: {review.outcome} by {review.by}")
    return review


@dataclass(frozen=True, slots=True)
class _Open:
    """One review that is being decided."""

    scope: Scope
    review: ReviewRow
    rails: Rails
    decision: Decision

    def case(self) -> Case:
        """Its attempt, locked. Raises DecisionError where somebody was faster."""
        found = self.review.attempt_id and locked_case(
            self.scope, self.review.attempt_id, self.rails
        )
        if not found:
            raise DecisionError("its attempt is gone")
        self._again()
        return found

    def refund(self) -> RefundRow:
        refund_id = self.review.refund_id
        if refund_id is None:
            raise DecisionError("its refund is gone")
        refund = done_by_hand(self.scope, refund_id)
        self._again()
        if refund is None:
            raise DecisionError("its refund is not stuck")
        return refund

    def got(self, case: Case) -> Money:
        review = self.review
        if review.got is None or review.got_currency is None:
            return self._read_by_hand(case)
        return Money(review.got, review.got_currency)

    def _read_by_hand(self, case: Case) -> Money:
        """What a person has read at the provider's is kept apart like any other money, until it is
        decided about."""
        came = self.decision.came
        if came is None:
            raise DecisionError(
                "what came could not be read: look at the provider's own pages, and say it with --came"
            )
        try:
            got = Money.of(came, case.attempt.currency)
        except MoneyError as error:
            raise DecisionError(str(error)) from error
        if got.minor <= 0:
            raise DecisionError("--came must be more than nothing")
        postings.held_for_review(self.scope, case.attempt, got)
        self.review.got, self.review.got_currency = got.minor, got.currency
        return got

    def _again(self) -> None:
        self.scope.session.refresh(self.review, with_for_update=True)
        if self.review.closed_at is not None:
            raise DecisionError(f"it was closed: {self.review.outcome} by {self.review.by}")


def _take(open_: _Open) -> str:
    """Money that is kept apart pays the order, or fills the wallet."""
    case = open_.case()
    got = open_.got(case)
    attempt, scope = case.attempt, open_.scope
    if got.currency != attempt.currency:
        raise DecisionError(f"{got.currency} came for {attempt.currency}: give it back")
    if case.subject.closed:
        raise DecisionError("the order is not to be paid any more: give it back")
    if not isinstance(case.subject, ForOrder):
        postings.review_accepted(scope, attempt, got)
        move_attempt(scope, attempt, SUCCEEDED, ACCEPTED)
        there = balance(scope, Account(Kind.WALLET, str(attempt.person_id)), got.currency)
        scope.tell(ToppedUp(str(attempt.person_id), case.seen(), got, there))
        return f"{got} is in the wallet"
    return _pay(open_, case, case.subject.order, got)


def _pay(open_: _Open, case: Case, order: OrderRow, got: Money) -> str:
    scope, attempt = open_.scope, case.attempt
    missing = order.total - got.minor
    if missing > 0 and not open_.decision.short:
        short = Money(missing, order.currency)
        raise DecisionError(f"{short} is missing: --short if the shop bears it, else give it back")
    postings.review_accepted(scope, attempt, got)
    move_attempt(scope, attempt, SUCCEEDED, ACCEPTED)
    scope.session.flush()
    receive_payment(scope, order.id, attempt.id)
    if missing >= 0:
        return f"order {order.number} is paid"
    more = Money(-missing, order.currency)
    owe_refund(scope, order.id, more, PAID_MORE, attempt.id)
    scope.tell(MoneyGoesBack(str(order.person_id), view(order), more))
    return f"order {order.number} is paid, {more} goes back"


def _return(open_: _Open) -> str:
    """Money that is kept apart goes back by the rail that brought it."""
    case = open_.case()
    got = open_.got(case)
    scope, attempt = open_.scope, case.attempt
    move_attempt(scope, attempt, FAILED, GIVEN_BACK)
    postings.review_given_back(scope, attempt, got)
    scope.session.flush()
    case.subject.ended()
    owe_refund(scope, case.subject.order_id, got, NOT_WHAT_WAS_ASKED, attempt.id)
    order = case.subject.order if isinstance(case.subject, ForOrder) else None
    scope.tell(MoneyGoesBack(str(attempt.person_id), view(order) if order else None, got))
    return f"{got} goes back"


def _taken_back(open_: _Open) -> str:
    """The provider has given the money back itself: the books say the same."""
    case = open_.case()
    scope, order = open_.scope, getattr(case.subject, "order", None)
    if order is None:
        raise DecisionError("it was a top-up: what is left in that wallet is for you to settle")
    if not PaymentStatus(order.payment_status).came:
        raise DecisionError("the order is not paid any more: accept, to close it")
    if order.status == OrderStatus.DELIVERED:
        raise DecisionError("the goods are with the customer: settle it with them, then accept")
    owe_order(scope, order, postings.paid_for(scope, order), REVERSED)
    scope.session.flush()
    refund = scope.session.scalar(
        select(RefundRow).where(
            RefundRow.attempt_id == case.attempt.id, RefundRow.cause == REVERSED
        )
    )
    if refund is None or done_by_hand(scope, refund.id) is None:
        raise DecisionError("nothing of it can be taken back")
    return f"order {order.number} is no longer paid"


def _stands(open_: _Open) -> str:
    """A person has looked: the books are right as they are."""
    open_.case()
    return "the payment stands"


def _sent(open_: _Open) -> str:
    refund = open_.refund()
    return f"{Money(refund.amount, refund.currency)} was sent by hand"


def _of_payout(open_: _Open) -> str:
    """Closing it alone would leave the money where it is."""
    payout = open_.review.payout_id
    raise DecisionError(f"say what became of the payout: money settle {payout}, or money ask-again")


_ACCEPT: Mapping[str, Callable[[_Open], str]] = {
    WRONG_AMOUNT: _take,
    REVERSED: _stands,
    MISMATCH: _stands,
    REFUND_STUCK: _sent,
    PAYOUT_STUCK: _of_payout,
}
_GIVE_BACK: Mapping[str, Callable[[_Open], str]] = {
    WRONG_AMOUNT: _return,
    REVERSED: _taken_back,
}
