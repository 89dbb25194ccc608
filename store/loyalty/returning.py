"""Points when goods come back: what was spent on them returns, what they earned is taken away."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from store.loyalty.account import Parts, enter, entry, locked, new_lot
from store.loyalty.earning import take_back
from store.models import OrderRow, PointsEntryRow, PointsLotRow
from store.orders.lessening import points_paid
from store.scope import Scope
from store.terms import terms_of

SPEND, BACK = "spend", "back"


def goods_back(scope: Scope, order: OrderRow, quantities: Mapping[int, int]) -> None:
    """So many pieces of each line (by position) of a delivered order have come back by now, those of
    earlier returns included. Saying the same twice does nothing more."""
    part = paid = 0
    for line in order.lines:
        back = min(quantities.get(line.position, 0), line.quantity)
        part += line.total * back // line.quantity
        paid += (line.total - line.discount) * back // line.quantity
    spent_back(scope, order, part, order.subtotal)
    take_back(scope, order, paid)


def spent_back(scope: Scope, order: OrderRow, part: int = 1, whole: int = 1) -> None:
    """So much of what is left of the order is no longer bought: its share of the points that were spent comes
    back, to end when they would have ended; and all that was spent on goods that were not there."""
    spent = entry(scope, f"{SPEND}:{order.id}")
    if spent is None:
        return
    account = locked(scope, order.person_id)
    lacking = spent_in_vain(order, -spent.points)
    due = lacking + (-spent.points - lacking) * min(part, whole) // max(whole, 1)
    before = _given(scope, order)
    if due <= before:
        return
    parts = [_lot(scope, order, lot, points) for lot, points in _between(spent, before, due)]
    enter(scope, account, BACK, f"{order.id}:{due}", due - before, parts, order.id)


def spent_in_vain(order: OrderRow, spent: int) -> int:
    """How many of the `spent` points were for goods that the seller took out, since they were not there."""
    lacking = sum(each["points"] for each in order.lacking)
    return spent * lacking // (lacking + points_paid(order.savings)) if lacking else 0


def _lot(scope: Scope, order: OrderRow, former_id: UUID, points: int) -> tuple[UUID, int]:
    terms = terms_of(scope.shop).points
    warned = timedelta(days=terms.warned) if terms is not None else timedelta()
    former = scope.session.get_one(PointsLotRow, former_id)
    return new_lot(scope, order.person_id, points, former.expires_at, warned).id, points


def _between(spent: PointsEntryRow, before: int, due: int) -> Parts:
    """The points from `before` to `due` of those that were spent, by their lots."""
    parts: list[tuple[UUID, int]] = []
    start = 0
    for lot, points in spent.lots:
        more = min(due, start + points) - max(before, start)
        if more > 0:
            parts.append((UUID(lot), more))
        start += points
    return parts


def _given(scope: Scope, order: OrderRow) -> int:
    """How many have come back before: the last key says."""
    keys = scope.session.scalars(
        select(PointsEntryRow.key).where(
            PointsEntryRow.shop_id == scope.shop.id,
            PointsEntryRow.person_id == order.person_id,
            PointsEntryRow.order_id == order.id,
            PointsEntryRow.kind == BACK,
        )
    )
    return max((int(key.rpartition(":")[2]) for key in keys), default=0)
