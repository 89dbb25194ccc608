"""Warnings, suspensions and their end: each with a reason, an actor and an end, and each is told."""

from datetime import datetime

from sqlalchemy import func, select

from flows.happenings import Suspended, SuspensionOver, Warned
from flows.ports.shop import Standing
from store.errors import StoreError
from store.ids import new_id
from store.models import RiderRow, SanctionRow, ShopRow
from store.scope import Scope

WARNING, SUSPENSION = "warning", "suspension"
# Who suspends when there were too many warnings.
BY_WARNINGS = "too many warnings"


class DisciplineError(StoreError):
    """Cannot be done so; the text says why."""


def warn(scope: Scope, rider: RiderRow | None, reason: str, by: str) -> SanctionRow:
    """One warning more. The one that makes too many suspends, from then on for as long as is usual."""
    _lock(scope)
    row = _write(scope, rider, WARNING, reason, by, None)
    count, most = _warnings(scope, rider), scope.rules.warnings
    scope.tell(Warned(_id(rider), reason, count, most))
    if count >= most and in_force(scope, rider) is None:
        suspend(scope, rider, BY_WARNINGS, by, scope.now + scope.rules.suspended_for)
    return row


def suspend(
    scope: Scope, rider: RiderRow | None, reason: str, by: str, until: datetime | None
) -> SanctionRow:
    """No orders, or no deliveries, until then; what is under way runs on. Raises DisciplineError where it
    is suspended, or closed, already."""
    _lock(scope)
    if in_force(scope, rider) is not None:
        raise DisciplineError("is suspended already: end that first")
    if rider is None and scope.shop.status == Standing.CLOSED:
        raise DisciplineError("is closed")
    if until is not None and until <= scope.now:
        raise DisciplineError("would be over already")
    row = _write(scope, rider, SUSPENSION, reason, by, until)
    if rider is not None:
        rider.suspended, rider.on_duty = True, False
    else:
        row.was = scope.shop.status
        scope.shop.status = Standing.SUSPENDED.value
    scope.tell(Suspended(_id(rider), reason, until))
    return row


def end(scope: Scope, rider: RiderRow | None, by: str) -> SanctionRow:
    """Before its time, or because nothing ends it by itself. Raises DisciplineError where there is none."""
    _lock(scope)
    row = in_force(scope, rider)
    if row is None:
        raise DisciplineError("is not suspended")
    over(scope, row, rider, by)
    return row


def over(scope: Scope, row: SanctionRow, rider: RiderRow | None, by: str) -> None:
    """A locked suspension ends: a shop stands as it did before, a rider may come on duty again."""
    row.ended_at, row.ended_by = scope.now, by
    if rider is not None:
        rider.suspended = False
    elif scope.shop.status == Standing.SUSPENDED:
        scope.shop.status = row.was or Standing.LIVE.value
    scope.tell(SuspensionOver(_id(rider)))


def in_force(scope: Scope, rider: RiderRow | None) -> SanctionRow | None:
    """The suspension of the shop, or of this rider of it."""
    return scope.session.scalar(
        select(SanctionRow)
        .where(
            SanctionRow.shop_id == scope.shop.id,
            SanctionRow.rider_id == (rider.id if rider is not None else None),
            SanctionRow.kind == SUSPENSION,
            SanctionRow.ended_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _warnings(scope: Scope, rider: RiderRow | None) -> int:
    """Of late, those before the last suspension not counted: nobody is suspended twice for one."""
    mine = (
        SanctionRow.shop_id == scope.shop.id,
        SanctionRow.rider_id == (rider.id if rider is not None else None),
    )
    last = scope.session.scalar(
        select(func.max(SanctionRow.at)).where(*mine, SanctionRow.kind == SUSPENSION)
    )
    since = max(filter(None, (scope.now - scope.rules.warnings_within, last)))
    counted = select(func.count()).where(*mine, SanctionRow.kind == WARNING, SanctionRow.at > since)
    return scope.session.scalar(counted) or 0


def _write(
    scope: Scope, rider: RiderRow | None, kind: str, reason: str, by: str, until: datetime | None
) -> SanctionRow:
    row = SanctionRow(
        id=new_id(),
        shop_id=scope.shop.id,
        rider_id=rider.id if rider is not None else None,
        kind=kind,
        reason=reason,
        by=by,
        at=scope.now,
        until=until,
    )
    scope.session.add(row)
    scope.session.flush()
    return row


def _lock(scope: Scope) -> None:
    """Two people of the platform act on a shop one after the other."""
    scope.session.execute(
        select(ShopRow.id).where(ShopRow.id == scope.shop.id).with_for_update(key_share=True)
    )


def _id(rider: RiderRow | None) -> str | None:
    return str(rider.id) if rider is not None else None
