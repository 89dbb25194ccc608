"""What a rail's answers mean for a payout."""

from flows.money import Money
from flows.ports.payments import AttemptStatus
from payments.charge import RailStatus, Submission
from payments.errors import PaymentError
from payments.rail import Rail
from payments.schedule import Schedule
from payments.sending.payout_steps import FAILED, PAID, PENDING, STUCK, UNKNOWN, move_payout
from payments.taking.steps import NO_ANSWER, OTHER_AMOUNT, keep_reason, put_off
from payments.taking.views import REFUSED
from store.models import PayoutRow
from store.scope import Scope


def submitted(
    scope: Scope, payout: PayoutRow, rail: Rail, answer: Submission | PaymentError, *, again: bool
) -> None:
    """The request was answered, or not. Only a refusal of the first says for sure that nothing left: the
    second may be refused because of the first."""
    if isinstance(answer, PaymentError):
        if answer.permanent and not answer.unknown and not again:
            move_payout(scope, payout, FAILED, answer.code or REFUSED)
        elif answer.unknown or again:
            move_payout(scope, payout, UNKNOWN)
        put_off(scope, payout, answer.retry_after)
        return
    payout.provider_id = answer.provider_id or payout.provider_id
    keep_reason(scope, payout, rail.name, answer.code, known=answer.known)
    if answer.state is not AttemptStatus.FAILED:
        move_payout(scope, payout, PENDING if answer.state is AttemptStatus.PENDING else UNKNOWN)
    elif again:
        move_payout(scope, payout, UNKNOWN)
    else:
        move_payout(scope, payout, FAILED, answer.code or REFUSED)


def answered(
    scope: Scope,
    payout: PayoutRow,
    rail: Rail,
    answer: RailStatus | PaymentError,
    schedule: Schedule,
) -> bool:
    """The status was read, or not. True when the provider never got it, so that it must be sent again."""
    if payout.submitted_at is None or payout.settled_at is not None:
        return False
    payout.polls += 1
    payout.next_poll_at = schedule.next_poll(payout.submitted_at, scope.now)
    if isinstance(answer, PaymentError):
        put_off(scope, payout, answer.retry_after)
    else:
        payout.provider_id = answer.provider_id or payout.provider_id
        keep_reason(scope, payout, rail.name, answer.code, known=answer.known)
        if answer.state is None:
            return payout.next_poll_at is not None
        _settle(scope, payout, answer)
    if payout.next_poll_at is None and payout.settled_at is None:
        # Asked for a day in vain.
        move_payout(scope, payout, STUCK, payout.reason_code or NO_ANSWER)
    return False


def _settle(scope: Scope, payout: PayoutRow, answer: RailStatus) -> None:
    if answer.state is AttemptStatus.SUCCEEDED:
        sent = Money(payout.amount, payout.currency)
        if answer.amount is not None and answer.amount != sent:
            move_payout(scope, payout, STUCK, OTHER_AMOUNT)
        else:
            move_payout(scope, payout, PAID)
    elif answer.state in (AttemptStatus.FAILED, AttemptStatus.EXPIRED):
        move_payout(scope, payout, FAILED, answer.code or REFUSED)
    elif answer.state is AttemptStatus.PENDING:
        move_payout(scope, payout, PENDING)
    else:
        move_payout(scope, payout, UNKNOWN)
