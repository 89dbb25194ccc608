"""What a rail's answers mean for a refund."""

from flows.happenings import TopUpReturned
from flows.money import Money
from flows.ports.payments import AttemptStatus
from payments.charge import RailStatus, Submission
from payments.checking.reviews import close_refunds, refund_stuck
from payments.errors import PaymentError
from payments.rail import Rail
from payments.schedule import Schedule
from payments.taking.steps import NO_ANSWER, OTHER_AMOUNT, STUCK, keep_reason, move_refund, put_off
from payments.taking.views import REFUSED
from store import postings
from store.models import AttemptRow, RefundRow
from store.orders.refunds import refund_settled
from store.scope import Scope


def submitted(
    scope: Scope, refund: RefundRow, rail: Rail, answer: Submission | PaymentError, *, again: bool
) -> None:
    """The request was answered, or not. What was refused although it may have arrived is asked about."""
    if isinstance(answer, PaymentError):
        if answer.permanent and not again:
            stuck(scope, refund, answer.code or REFUSED)
        elif answer.unknown or again:
            move_refund(scope, refund, "unknown", answer.reason)
        else:
            # Nothing has left, so there is nothing to ask about.
            move_refund(scope, refund, "created", answer.reason)
        put_off(scope, refund, answer.retry_after)
        return
    keep_reason(scope, refund, rail.name, answer.code, known=answer.known)
    refund.provider_id = answer.provider_id or refund.provider_id
    if answer.state is AttemptStatus.FAILED:
        stuck(scope, refund, answer.code or REFUSED)
        return
    # Whatever else it says, only the status read afterwards says that money moved.
    to = "unknown" if answer.state is AttemptStatus.UNKNOWN else "pending"
    move_refund(scope, refund, to, answer.code)


def answered(
    scope: Scope,
    refund: RefundRow,
    rail: Rail,
    answer: RailStatus | PaymentError,
    schedule: Schedule,
) -> bool:
    """The status was read, or not. True when the provider never got it, so that it must be sent again."""
    if refund.submitted_at is None:
        return False
    refund.polls += 1
    refund.next_poll_at = schedule.next_poll(refund.submitted_at, scope.now)
    if isinstance(answer, PaymentError):
        put_off(scope, refund, answer.retry_after)
    else:
        keep_reason(scope, refund, rail.name, answer.code, known=answer.known)
        refund.provider_id = answer.provider_id or refund.provider_id
        if answer.state is AttemptStatus.SUCCEEDED:
            _succeeded(scope, refund, answer)
            return False
        if answer.state in (AttemptStatus.FAILED, AttemptStatus.EXPIRED):
            stuck(scope, refund, answer.code or REFUSED)
            return False
        if answer.state is None:
            return refund.status != STUCK and refund.next_poll_at is not None
        move_refund(scope, refund, answer.state.value, answer.code)
    if refund.next_poll_at is None:
        # Asked for a day in vain.
        stuck(scope, refund, refund.reason_code or NO_ANSWER)
    return False


def _succeeded(scope: Scope, refund: RefundRow, answer: RailStatus) -> None:
    """MTN's documents do not promise an amount here, so only one that differs is a fault."""
    amount = answer.amount
    if amount is not None and amount != Money(refund.amount, refund.currency):
        stuck(scope, refund, OTHER_AMOUNT)
    elif move_refund(scope, refund, "succeeded"):
        scope.session.flush()
        close_refunds(scope, refund.id, "the provider")
        settled(scope, refund, done=True)


def stuck(scope: Scope, refund: RefundRow, code: str) -> None:
    """Nobody but a person can go on: they hear of it, and why."""
    refund.reason_code = code
    refund.next_poll_at = None
    if move_refund(scope, refund, STUCK, code):
        scope.session.flush()
        refund_stuck(scope, refund)
        settled(scope, refund, done=False)


def settled(scope: Scope, refund: RefundRow, *, done: bool) -> None:
    """The books and the people hear of it; a top-up that went back is nobody's order."""
    if refund.order_id is not None:
        refund_settled(scope, refund.id, done=done)
        return
    attempt = scope.session.get(AttemptRow, refund.attempt_id)
    if attempt is None:
        return
    amount = Money(refund.amount, refund.currency)
    if done:
        postings.refund_sent(scope, refund, attempt.rail)
    scope.tell(TopUpReturned(str(attempt.person_id), amount, attempt.payer, done))
