"""Suspensions whose time is over."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.discipline.acting import SUSPENSION, over
from store.models import RiderRow, SanctionRow
from store.rules import Rules
from store.scope import Scope

BY_TIME = "its time was over"


def ended(session: Session, rules: Rules, now: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
    """Those that are still in force and should not be."""
    rows = session.execute(
        select(SanctionRow.shop_id, SanctionRow.id)
        .where(
            SanctionRow.kind == SUSPENSION,
            SanctionRow.ended_at.is_(None),
            SanctionRow.until <= now,
        )
        .order_by(SanctionRow.until)
        .limit(limit)
    )
    return [(shop, sanction) for shop, sanction in rows]


def end_by_time(scope: Scope, sanction_id: UUID) -> None:
    """Once: of two clocks the second finds it ended."""
    row = scope.session.scalar(
        select(SanctionRow)
        .where(
            SanctionRow.shop_id == scope.shop.id,
            SanctionRow.id == sanction_id,
            SanctionRow.ended_at.is_(None),
            SanctionRow.until <= scope.now,
        )
        .with_for_update()
    )
    if row is not None:
        rider = scope.session.get(RiderRow, row.rider_id) if row.rider_id else None
        over(scope, row, rider, BY_TIME)
