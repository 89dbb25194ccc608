"""How attempts and refunds move: locked rows, a transition table, and a history of every step."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from flows.ports.payments import AttemptStatus
from store.facts import note
from store.late import put_down
from store.models import AttemptHistoryRow, AttemptRow, OrderRow, PayoutRow, RefundRow
from store.orders.views import locked
from store.scope import Scope

CREATED, SUBMITTED, PENDING, UNKNOWN, SUCCEEDED, FAILED, EXPIRED, REVIEW = AttemptStatus

_UNDECIDED = frozenset({SUBMITTED, PENDING, UNKNOWN})
_ENDS = frozenset({SUCCEEDED, FAILED, EXPIRED, REVIEW})

# Success, in full or held for review, is the only way out of expired, and of failed where the provider says
# so afterwards. What a person looks at is taken or given back.
ATTEMPT_STEPS: Mapping[AttemptStatus, frozenset[AttemptStatus]] = {
    CREATED: frozenset({SUBMITTED, FAILED, EXPIRED}),
    SUBMITTED: frozenset({PENDING, UNKNOWN}) | _ENDS,
    PENDING: frozenset({UNKNOWN}) | _ENDS,
    UNKNOWN: frozenset({PENDING}) | _ENDS,
    EXPIRED: frozenset({SUCCEEDED, REVIEW}),
    SUCCEEDED: frozenset(),
    FAILED: frozenset({SUCCEEDED, REVIEW}),
    REVIEW: frozenset({SUCCEEDED, FAILED}),
}

# While it is one of these the provider may still take the money.
OPEN = frozenset({CREATED}) | _UNDECIDED

STUCK = "stuck"
# Why only a person can go on with money that was sent.
NO_ANSWER, OTHER_AMOUNT = "no-answer", "other-amount"
REFUND_STEPS: Mapping[str, frozenset[str]] = {
    # Done without being sent: the provider gave it back by itself.
    "created": frozenset({"submitted", "succeeded", STUCK}),
    # Back to the beginning where it surely never left.
    "submitted": frozenset({"created", "pending", "unknown", "succeeded", STUCK}),
    "pending": frozenset({"unknown", "succeeded", STUCK}),
    "unknown": frozenset({"pending", "succeeded", STUCK}),
    # A refund that a person was told of may turn out to have gone through after all.
    STUCK: frozenset({"succeeded"}),
    "succeeded": frozenset(),
}

# Counted by the metrics: a provider's code that no table of ours has.
UNKNOWN_CODE = "unknown-provider-code"


def locked_attempt(scope: Scope, attempt_id: UUID) -> tuple[OrderRow | None, AttemptRow] | None:
    """An attempt of this shop and its order, where it is for one, both locked; the order first, as
    everywhere."""
    mine = (AttemptRow.id == attempt_id, AttemptRow.shop_id == scope.shop.id)
    order = _order_of(scope, scope.session.scalar(select(AttemptRow.order_id).where(*mine)))
    attempt = scope.session.scalar(
        select(AttemptRow).where(*mine).with_for_update().execution_options(populate_existing=True)
    )
    return (order, attempt) if attempt else None


def locked_refund(scope: Scope, refund_id: UUID) -> tuple[OrderRow | None, RefundRow] | None:
    """A refund of this shop and its order, where it is of one, both locked; the order first."""
    mine = (RefundRow.id == refund_id, RefundRow.shop_id == scope.shop.id)
    order = _order_of(scope, scope.session.scalar(select(RefundRow.order_id).where(*mine)))
    refund = scope.session.scalar(
        select(RefundRow).where(*mine).with_for_update().execution_options(populate_existing=True)
    )
    return (order, refund) if refund else None


def _order_of(scope: Scope, order_id: UUID | None) -> OrderRow | None:
    return locked(scope, order_id=order_id) if order_id else None


def move_attempt(
    scope: Scope, attempt: AttemptRow, to: AttemptStatus, reason: str | None = None
) -> bool:
    """Take a locked attempt to `to`. False where the table has no such step: nothing was changed."""
    before = AttemptStatus(attempt.status)
    if to not in ATTEMPT_STEPS[before]:
        return False
    attempt.status = to.value
    if to in _ENDS:
        attempt.code = None
    if to in _ENDS - {EXPIRED}:
        attempt.settled_at, attempt.next_poll_at = scope.now, None
    write_history(scope, attempt.id, before.value, to.value, reason)
    return True


def move_refund(scope: Scope, refund: RefundRow, to: str, reason: str | None = None) -> bool:
    """Take a locked refund to `to`. False where the table has no such step."""
    before = refund.status
    if to not in REFUND_STEPS[before]:
        return False
    refund.status = to
    if not REFUND_STEPS[to]:
        refund.settled_at, refund.next_poll_at = scope.now, None
    write_history(scope, refund.id, before, to, reason)
    return True


def write_history(
    scope: Scope, subject: UUID, before: str | None, after: str, reason: str | None
) -> None:
    history = {
        "shop_id": scope.shop.id,
        "subject_id": subject,
        "before": before,
        "after": after,
        "reason": reason,
        "at": scope.now,
    }
    put_down(scope.session, AttemptHistoryRow, history)


def keep_reason(
    scope: Scope,
    row: AttemptRow | PayoutRow | RefundRow,
    rail: str,
    code: str | None,
    *,
    known: bool,
) -> None:
    """Keep a provider's code; one that no table has is counted once per attempt and code."""
    if code is None or row.reason_code == code:
        return
    row.reason_code = code
    if not known:
        values = {"provider": rail, "code": code}
        note(scope.session, UNKNOWN_CODE, values, scope.now, scope.shop.id)


def put_off(scope: Scope, row: AttemptRow | RefundRow | PayoutRow, seconds: float | None) -> None:
    """The provider named a pause: it is not asked sooner."""
    if seconds is not None and row.next_poll_at is not None:
        row.next_poll_at = max(row.next_poll_at, scope.now + timedelta(seconds=seconds))
