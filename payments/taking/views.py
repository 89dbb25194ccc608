"""Attempt rows as the values that people see."""

from collections.abc import Mapping

from flows.money import Money
from flows.ports.payments import Attempt, AttemptStatus, NextStep
from payments.rail import Rail
from store.models import AttemptRow

# Why an attempt ended that no provider ended.
WINDOW_PASSED = "window-passed"
NEVER_SENT = "never-sent"
LINK_LOST = "link-lost"
ORDER_CLOSED = "order-closed"
NO_RAIL = "no-rail"
REFUSED = "refused"

OWN_REASONS: Mapping[str, NextStep] = {
    WINDOW_PASSED: NextStep.TRY_AGAIN,
    NEVER_SENT: NextStep.TRY_AGAIN,
    LINK_LOST: NextStep.TRY_AGAIN,
    ORDER_CLOSED: NextStep.ASK_SHOP,
    NO_RAIL: NextStep.ASK_SHOP,
    REFUSED: NextStep.ASK_SHOP,
}

ENDED_BADLY = (AttemptStatus.FAILED, AttemptStatus.EXPIRED)


def attempt_view(row: AttemptRow, order_number: int | None, rail: Rail | None) -> Attempt:
    """One attempt as it stands. `rail` is the one it went through, None when that is gone."""
    status = AttemptStatus(row.status)
    return Attempt(
        id=str(row.id),
        order_number=order_number,
        rail=row.rail,
        payer=row.payer,
        amount=Money(row.amount, row.currency),
        status=status,
        expires_at=row.expires_at,
        next=_next_step(row.reason_code, rail) if status in ENDED_BADLY else None,
        link=row.link,
        wants_code=row.wants_code and row.code is None,
    )


def _next_step(code: str | None, rail: Rail | None) -> NextStep:
    own = OWN_REASONS.get(code or "")
    if own is not None:
        return own
    return rail.next_step(code) if rail else NextStep.ASK_SHOP
