"""Suspensions whose time is over."""

from uuid import UUID

from sqlalchemy import select

from store.discipline.acting import SUSPENSION, over
from store.falling_due import falling_due
from store.models import RiderRow, SanctionRow
from store.scope import Scope

BY_TIME = "its time was over"

ended = falling_due(
    SanctionRow.until,
    SanctionRow.shop_id,
    SanctionRow.id,
    SanctionRow.kind == SUSPENSION,
    SanctionRow.ended_at.is_(None),
)
"""Those that are still in force and should not be."""


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
