"""What staff say of payouts: that one may leave, or may not; and what became of one that is stuck."""

from uuid import UUID

from flows.ports.wallet import PayoutStatus
from payments.sending.payout_steps import (
    APPROVAL,
    CREATED,
    DROPPED,
    FAILED,
    PAID,
    STUCK,
    UNKNOWN,
    locked_payout,
    move_payout,
)
from store.models import PayoutRow
from store.scope import Scope

BY_HAND = "by-hand"


class NotWaitingError(Exception):
    """The payout is not there, or does not wait for this."""


def approve(scope: Scope, payout_id: UUID, by: str) -> PayoutRow:
    """It leaves, whatever name its wallet is in and however large it is. Raises NotWaitingError."""
    payout = _waiting(scope, payout_id, APPROVAL)
    payout.by = by
    move_payout(scope, payout, CREATED)
    payout.next_poll_at = scope.now
    scope.woken.payouts.add(payout.id)
    return payout


def refuse(scope: Scope, payout_id: UUID, by: str, reason: str) -> PayoutRow:
    """It does not leave; the money is back, and its owner is told why. Raises NotWaitingError."""
    payout = _waiting(scope, payout_id, APPROVAL)
    payout.by = by
    move_payout(scope, payout, DROPPED, told=reason)
    return payout


def ask_again(scope: Scope, payout_id: UUID, by: str) -> PayoutRow:
    """A stuck one is asked about for another day, and sent again under the same reference where the
    provider has never heard of it. Raises NotWaitingError."""
    payout = _waiting(scope, payout_id, STUCK)
    payout.by = by
    move_payout(scope, payout, UNKNOWN)
    payout.submitted_at = payout.next_poll_at = scope.now
    return payout


def settle(scope: Scope, payout_id: UUID, by: str, *, arrived: bool) -> PayoutRow:
    """Somebody has seen at the provider what became of a stuck one: it arrived, or the money is back.
    Raises NotWaitingError."""
    payout = _waiting(scope, payout_id, STUCK)
    payout.by = by
    move_payout(scope, payout, PAID if arrived else FAILED, BY_HAND)
    return payout


def _waiting(scope: Scope, payout_id: UUID, status: PayoutStatus) -> PayoutRow:
    payout = locked_payout(scope, payout_id)
    if payout is None:
        raise NotWaitingError("there is no such payout")
    if payout.status != status:
        raise NotWaitingError(f"this payout is {payout.status}, not {status.value}")
    return payout
