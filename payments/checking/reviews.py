"""What a person must decide: opened here, closed by payments.checking.deciding.

Alerts go out with what caused the review; the row is what staff work through, and what the metrics count.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from flows.money import Money
from store.insertion import INSERTS
from store.models import AttemptRow, RefundRow, ReviewRow
from store.postings import held_for_review
from store.scope import Scope

# Other money came than was asked for.
WRONG_AMOUNT = "wrong-amount"
# It had come, and the provider says now that it has not, or has taken it back.
REVERSED = "reversed"
# Looked at once more, it was paid by another number, or is another payment of the provider's.
MISMATCH = "mismatch"
# Only a person can go on.
REFUND_STUCK = "refund-stuck"
PAYOUT_STUCK = "payout-stuck"


def hold(scope: Scope, attempt: AttemptRow, kind: str, got: Money | None, told: str) -> bool:
    """Money of this attempt waits for a decision; a wrong amount is kept apart in the books. `got` None:
    the provider names no amount that could be read; `told` is what it did say. False where that was
    known."""
    expected = Money(attempt.amount, attempt.currency)
    new = open_review(
        scope, kind, expected, attempt_id=attempt.id, order_id=attempt.order_id, got=got, told=told
    )
    if new and kind == WRONG_AMOUNT and got is not None and got.minor > 0:
        held_for_review(scope, attempt, got)
    return new


def refund_stuck(scope: Scope, refund: RefundRow) -> bool:
    return open_review(
        scope,
        REFUND_STUCK,
        Money(refund.amount, refund.currency),
        refund_id=refund.id,
        order_id=refund.order_id,
        told=refund.reason_code or "",
    )


def open_review(
    scope: Scope,
    kind: str,
    expected: Money,
    *,
    attempt_id: UUID | None = None,
    refund_id: UUID | None = None,
    payout_id: UUID | None = None,
    order_id: UUID | None = None,
    got: Money | None = None,
    told: str = "",
) -> bool:
    """One for each kind and attempt, refund or payout; False where there is one."""
    row = {
        "shop_id": scope.shop.id,
        "kind": kind,
        "attempt_id": attempt_id,
        "refund_id": refund_id,
        "payout_id": payout_id,
        "order_id": order_id,
        "expected": expected.minor,
        "currency": expected.currency,
        "got": got.minor if got else None,
        "got_currency": got.currency if got else None,
        "told": told[:200] or None,
        "opened_at": scope.now,
    }
    insert = INSERTS[scope.session.get_bind().dialect.name]
    made = insert(ReviewRow).values(**row).on_conflict_do_nothing().returning(ReviewRow.id)
    return scope.session.scalar(made) is not None


def close(scope: Scope, review: ReviewRow, outcome: str, by: str, note: str | None = None) -> None:
    review.closed_at, review.outcome, review.by, review.note = scope.now, outcome, by, note


def close_refunds(scope: Scope, refund_id: UUID, by: str) -> None:
    """A refund that was stuck has gone through after all."""
    _close_open(scope, ReviewRow.refund_id == refund_id, by)


def close_payouts(scope: Scope, payout_id: UUID, by: str) -> None:
    """A payout that was stuck has arrived, or is back."""
    _close_open(scope, ReviewRow.payout_id == payout_id, by)


def _close_open(scope: Scope, of: ColumnElement[bool], by: str) -> None:
    review = scope.session.scalar(
        select(ReviewRow).where(of, ReviewRow.closed_at.is_(None)).with_for_update()
    )
    if review is not None:
        close(scope, review, "done", by)
