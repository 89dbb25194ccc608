"""What an answer of a rail does to the attempt, its order and the customer: one transaction each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.happenings import PaymentFailed, PaymentInReview, PaymentStillOpen
from flows.money import Money
from flows.ports.orders import OrderStatus, PaymentStatus
from flows.ports.payments import Attempt, AttemptStatus
from payments.charge import RailStatus, Submission
from payments.errors import PaymentError
from payments.rail import Rail
from payments.schedule import Schedule
from payments.steps import (
    EXPIRED,
    FAILED,
    OPEN,
    REVIEW,
    SUCCEEDED,
    UNKNOWN,
    keep_reason,
    move_attempt,
)
from payments.views import REFUSED, WINDOW_PASSED, attempt_view
from store.models import AttemptRow, OrderRow
from store.orders.settlement import payment_failed, receive_payment
from store.orders.views import view
from store.scope import Scope
from store.stock import extend_holds

# Goods stay held this long for money of which a person must first say what it is.
REVIEW_HOLD = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Case:
    """An attempt and its order, both locked, and the rail it went through; None: that is gone."""

    scope: Scope
    order: OrderRow
    attempt: AttemptRow
    rail: Rail | None

    @property
    def closed(self) -> bool:
        """Nobody should be asked for this order's money any more."""
        unpaid = self.order.payment_status in (PaymentStatus.PENDING, PaymentStatus.FAILED)
        return not unpaid or self.order.status in (OrderStatus.CANCELLED, OrderStatus.RETURNED)

    def seen(self) -> Attempt:
        return attempt_view(self.attempt, self.order.number, self.rail)


def submitted(case: Case, answer: Submission | PaymentError, *, again: bool = False) -> None:
    """The answer to our request. `again`: it was sent before, so that a rail that now refuses us says
    nothing about the first one, which may yet take the money."""
    if isinstance(answer, PaymentError):
        if answer.permanent and not again:
            end_badly(case, FAILED, answer.code or REFUSED)
        elif answer.unknown or again:
            move_attempt(case.scope, case.attempt, UNKNOWN, answer.reason)
        _not_before(case, answer.retry_after)
        return
    keep_reason(case.scope, case.attempt, case.attempt.rail, answer.code, known=answer.known)
    if answer.state is FAILED:
        end_badly(case, FAILED, answer.code)
    else:
        move_attempt(case.scope, case.attempt, answer.state, answer.code)


def answered(case: Case, answer: RailStatus | PaymentError, schedule: Schedule) -> None:
    """The answer to "how does it stand?"."""
    attempt, now = case.attempt, case.scope.now
    if attempt.submitted_at is None:
        return
    attempt.polls += 1
    # Due again already: a callback or the customer spoke up while we were asking, so ask once more.
    if attempt.next_poll_at is None or attempt.next_poll_at > now:
        attempt.next_poll_at = schedule.next_poll(attempt.submitted_at, now, attempt.expires_at)
    if isinstance(answer, PaymentError):
        _not_before(case, answer.retry_after)
        _undecided(case, schedule.gives_up(attempt.submitted_at))
        return
    keep_reason(case.scope, attempt, attempt.rail, answer.code, known=answer.known)
    attempt.provider_id = answer.provider_id or attempt.provider_id
    if answer.state is SUCCEEDED:
        _money_came(case, answer)
    elif answer.state is FAILED and attempt.status == EXPIRED:
        # The provider agrees that it is over, so there is nothing left to ask.
        attempt.next_poll_at, attempt.settled_at = None, now
        _answer_who_asked(case)
    elif answer.state in (FAILED, EXPIRED):
        end_badly(case, answer.state, answer.code)
    else:
        if answer.state is not None:
            move_attempt(case.scope, attempt, answer.state, answer.code)
        _undecided(case, attempt.expires_at or now)


def end_badly(case: Case, to: AttemptStatus, code: str | None) -> None:
    """`to` FAILED or EXPIRED: the order may be paid anew, and the customer hears what can be done."""
    case.attempt.reason_code = code or case.attempt.reason_code
    if not move_attempt(case.scope, case.attempt, to, code):
        _answer_who_asked(case)
        return
    case.attempt.asked_at = None
    # The books look for open attempts of this order, and must not find this one.
    case.scope.session.flush()
    payment_failed(case.scope, case.order.id)
    _tell_failed(case)


def _money_came(case: Case, answer: RailStatus) -> None:
    scope, order, attempt = case.scope, case.order, case.attempt
    attempt.asked_at = None
    if answer.amount != Money(attempt.amount, attempt.currency):
        if move_attempt(scope, attempt, REVIEW, answer.got):
            attempt.got = answer.got
            extend_holds(scope, order.id, scope.now + REVIEW_HOLD)
            scope.tell(PaymentInReview(view(order), case.seen(), answer.got))
    elif move_attempt(scope, attempt, SUCCEEDED):
        attempt.reason_code = None
        scope.session.flush()
        receive_payment(scope, order.id, attempt.id)


def _undecided(case: Case, until: datetime) -> None:
    """After `until` it is over for us; the sweep goes on asking for late money."""
    if case.attempt.status in OPEN and case.scope.now >= until:
        end_badly(case, EXPIRED, case.attempt.reason_code or WINDOW_PASSED)
    else:
        _answer_who_asked(case)


def _answer_who_asked(case: Case) -> None:
    """The customer said "I have paid", and gets one answer to that."""
    if case.attempt.asked_at is None:
        return
    case.attempt.asked_at = None
    if case.attempt.status in OPEN:
        case.scope.tell(PaymentStillOpen(view(case.order), case.seen()))
    else:
        _tell_failed(case)


def _tell_failed(case: Case) -> None:
    """A cancelled order, or one paid in another way meanwhile, needs no more payment."""
    if not case.closed:
        case.scope.tell(PaymentFailed(view(case.order), case.seen()))


def _not_before(case: Case, seconds: float | None) -> None:
    """The provider named a pause: it is not asked sooner."""
    at = case.attempt.next_poll_at
    if seconds is not None and at is not None:
        case.attempt.next_poll_at = max(at, case.scope.now + timedelta(seconds=seconds))
