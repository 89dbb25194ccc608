"""What the books say of every rider over some weeks, counted for all of them in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from flows.ports.orders import DeliveryStatus
from store.models import DeliveryHistoryRow, DeliveryRow
from store.scores.sums import how_many

UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Ridden:
    """Of one rider at one shop. `given_up`: taken, and not brought to any end; what was taken back at once
    is not meant. Of `promised` jobs so many came `in_time`."""

    shop_id: UUID
    delivered: int
    failed: int
    given_up: int
    promised: int
    in_time: int


def ridden(session: Session, since: datetime, until: datetime) -> Mapping[UUID, Ridden]:
    """By rider; who did nothing is left out. One statement, however many riders there are."""
    row = DeliveryHistoryRow
    came = row.after == DeliveryStatus.DELIVERED
    promised = and_(came, DeliveryRow.bring_by.is_not(None))
    undone = row.reason.is_not_distinct_from(UNDONE)
    lost = and_(
        row.before == DeliveryStatus.ACCEPTED,
        row.after == DeliveryStatus.WAITING,
        ~undone,
    )
    # A failure that was taken back is none.
    failed = case(
        (row.after == DeliveryStatus.FAILED, 1),
        (and_(row.before == DeliveryStatus.FAILED, undone), -1),
        else_=0,
    )
    rows = session.execute(
        select(
            row.rider_id,
            row.shop_id,
            how_many(came),
            func.sum(failed),
            how_many(lost),
            how_many(promised),
            how_many(and_(promised, row.at <= DeliveryRow.bring_by)),
        )
        .join(DeliveryRow, DeliveryRow.id == row.delivery_id)
        .where(
            row.rider_id.is_not(None),
            row.at >= since,
            row.at < until,
            or_(row.before != row.after, row.before.is_(None)),
        )
        .group_by(row.rider_id, row.shop_id)
    )
    return {
        rider: Ridden(shop, delivered, max(failures, 0), given_up, due, in_time)
        for rider, shop, delivered, failures, given_up, due, in_time in rows
        if rider is not None and (delivered or failures > 0 or given_up)
    }
