"""Points for an order that was delivered, and what becomes of them when its goods come back."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from store.loyalty.account import enter, entry, locked, lots, new_lot, take
from store.models import CustomerRow, OrderRow, PointsEntryRow, PointsRow
from store.scope import Scope
from store.terms import terms_of
from store.workers import works_here

EARN, UNDO = "earn", "undo"
WHOLESALE = "wholesale"


@dataclass(frozen=True, slots=True)
class Earned:
    """How many an order brought, and how many there are now."""

    points: int = 0
    balance: int = 0


def earn(scope: Scope, order: OrderRow) -> Earned:
    """Once per order, for what was paid for its goods; nothing at shops without points, for customers
    who buy at wholesale prices, for who works at the shop, and the second time."""
    terms = terms_of(scope.shop).points
    if terms is None or _wholesale(scope, order) or works_here(scope, order.person_id):
        return Earned()
    account = locked(scope, order.person_id)
    if entry(scope, f"{EARN}:{order.id}") is not None:
        return Earned()
    points = terms.earned(_goods(order), account.lifetime)
    if points <= 0:
        return Earned()
    until = scope.now + terms.kept
    lot = new_lot(scope, order.person_id, points, until, timedelta(days=terms.warned))
    account.lifetime += points
    enter(scope, account, EARN, order.id, points, [(lot.id, points)], order.id)
    return Earned(points, account.balance)


def take_back(scope: Scope, order: OrderRow, returned: int | None = None) -> None:
    """Of the goods of a delivered order so much has come back by now (minor units of what was paid for
    them; None: all). What was earned on that is taken away, as far as it is still there: nobody owes
    points. Saying the same twice takes nothing more."""
    earned = entry(scope, f"{EARN}:{order.id}")
    if earned is None:
        return
    account = locked(scope, order.person_id)
    goods = _goods(order)
    due = earned.points if returned is None else earned.points * min(returned, goods) // goods
    more = due - _undone(scope, order)
    if more > 0:
        _take(scope, account, order, earned, more, due)


def _take(
    scope: Scope, account: PointsRow, order: OrderRow, earned: PointsEntryRow, more: int, due: int
) -> None:
    """Out of the points that it brought before others."""
    own = {lot for lot, _ in earned.lots}
    among = sorted(lots(scope, order.person_id, None), key=lambda lot: str(lot.id) not in own)
    taken = min(more, account.balance)
    account.lifetime = max(account.lifetime - more, 0)
    note = f"{more - taken} were spent already" if taken < more else None
    parts = take(among, taken)
    enter(scope, account, UNDO, f"{order.id}:{due}", -taken, parts, order.id, note)


def _undone(scope: Scope, order: OrderRow) -> int:
    """How many were to be taken back before: the last key says."""
    keys = scope.session.scalars(
        select(PointsEntryRow.key).where(
            PointsEntryRow.shop_id == scope.shop.id,
            PointsEntryRow.person_id == order.person_id,
            PointsEntryRow.order_id == order.id,
            PointsEntryRow.kind == UNDO,
        )
    )
    return max((int(key.rpartition(":")[2]) for key in keys), default=0)


def _goods(order: OrderRow) -> int:
    """What was paid for them."""
    return order.subtotal - order.discount


def _wholesale(scope: Scope, order: OrderRow) -> bool:
    price_list = scope.session.scalar(
        select(CustomerRow.price_list).where(
            CustomerRow.shop_id == scope.shop.id, CustomerRow.person_id == order.person_id
        )
    )
    return price_list == WHOLESALE
