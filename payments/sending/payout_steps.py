"""How payouts move: locked rows, a transition table, and a history of every step."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from flows.money import Money
from flows.ports.wallet import PayoutStatus
from payments.checking.reviews import PAYOUT_STUCK, close_payouts, open_review
from payments.taking.steps import write_history
from store.models import PayoutRow
from store.payouts import came_to
from store.scope import Scope

CREATED, APPROVAL, SUBMITTED, PENDING, UNKNOWN, PAID, FAILED, STUCK, DROPPED = PayoutStatus

# What left can only have arrived, be back, or be asked about; only what never left can be dropped.
PAYOUT_STEPS: Mapping[PayoutStatus, frozenset[PayoutStatus]] = {
    CREATED: frozenset({APPROVAL, SUBMITTED, FAILED, DROPPED}),
    APPROVAL: frozenset({CREATED, DROPPED}),
    SUBMITTED: frozenset({PENDING, UNKNOWN, PAID, FAILED, STUCK}),
    PENDING: frozenset({UNKNOWN, PAID, FAILED, STUCK}),
    UNKNOWN: frozenset({PENDING, PAID, FAILED, STUCK}),
    # Staff have it asked about for another day, or say what they found out.
    STUCK: frozenset({UNKNOWN, PAID, FAILED}),
    PAID: frozenset(),
    FAILED: frozenset(),
    DROPPED: frozenset(),
}


def locked_payout(scope: Scope, payout_id: UUID) -> PayoutRow | None:
    """A payout of this shop, locked."""
    return scope.session.scalar(
        select(PayoutRow)
        .where(PayoutRow.id == payout_id, PayoutRow.shop_id == scope.shop.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def move_payout(
    scope: Scope, payout: PayoutRow, to: PayoutStatus, code: str | None = None, *, told: str = ""
) -> bool:
    """Take a locked payout to `to`, its money and its owner with it; `told` is what staff said. False
    where the table has no such step: nothing was changed."""
    before = PayoutStatus(payout.status)
    if to not in PAYOUT_STEPS[before]:
        return False
    payout.status = to.value
    if code is not None:
        payout.reason_code = code
    if not PAYOUT_STEPS[to]:
        payout.settled_at, payout.next_poll_at = scope.now, None
    elif to in (APPROVAL, STUCK):
        payout.next_poll_at = None
    write_history(scope, payout.id, before.value, to.value, code)
    scope.session.flush()
    came_to(scope, payout, told)
    if to is STUCK:
        sent = Money(payout.amount, payout.currency)
        open_review(scope, PAYOUT_STUCK, sent, payout_id=payout.id, told=payout.reason_code or "")
    elif not PAYOUT_STEPS[to]:
        close_payouts(scope, payout.id, payout.by or "provider")
    return True
