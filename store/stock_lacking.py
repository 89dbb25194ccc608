"""What an order was promised, or had been given, and is not there after all."""

from dataclasses import replace

from sqlalchemy import select, update

from store.actor import Actor
from store.models import HoldRow, OrderLineRow, OrderRow
from store.pools import counted_by_suppliers
from store.scope import Scope
from store.shelf import Shelf, change, lock, record, tell_low

OPEN, TAKEN, RELEASED = "open", "taken", "released"


def not_there(scope: Scope, order: OrderRow, line: OrderLineRow, stays: int, actor: Actor) -> None:
    """Of a line of a locked order only `stays` pieces are there: the others are counted off the shelf. What a
    supplier's shop counts goes back on theirs, as if the order had ended: they say what is there. Tells of
    stock that became low."""
    hold = scope.session.execute(
        select(HoldRow.id, HoldRow.quantity, HoldRow.state).where(
            HoldRow.shop_id == scope.shop.id,
            HoldRow.order_id == order.id,
            HoldRow.sku == line.sku,
            HoldRow.state.in_((OPEN, TAKEN)),
        )
    ).one_or_none()
    # What was ordered beyond what there was is not held.
    gone = max(hold.quantity - stays, 0) if hold is not None else 0
    shelf = lock(scope, [line.sku]).get(line.sku) if gone else None
    if hold is None or shelf is None:
        return
    left = {"quantity": stays} if stays else {"state": RELEASED}
    scope.session.execute(
        update(HoldRow)
        .where(HoldRow.id == hold.id)
        .values(left)
        .execution_options(synchronize_session=False)
    )
    elsewhere = shelf.place[0] != scope.shop.id
    theirs = elsewhere and bool(counted_by_suppliers(scope, [line.sku]))
    if hold.state == TAKEN:
        _sold(scope, order, line.sku, shelf, gone, actor, theirs=theirs)
        return
    _promised(scope, order, line.sku, shelf, gone, actor, theirs=theirs)
    if not theirs:
        tell_low(scope, line.sku, line.name, shelf.own, shelf.on_hand, shelf.on_hand - gone)


def _promised(
    scope: Scope, order: OrderRow, sku: str, shelf: Shelf, gone: int, actor: Actor, *, theirs: bool
) -> None:
    less = {sku: -gone}
    if theirs:
        change(scope, {sku: shelf}, held=less)
        return
    change(scope, {sku: shelf}, on_hand=less, held=less)
    record(scope, "adjustment", less, {sku: shelf}, str(order.number), actor)


def _sold(
    scope: Scope, order: OrderRow, sku: str, shelf: Shelf, gone: int, actor: Actor, *, theirs: bool
) -> None:
    """The sale is undone, and the count put right."""
    record(scope, "in", {sku: gone}, {sku: shelf}, str(order.number), actor)
    if theirs:
        change(scope, {sku: shelf}, on_hand={sku: gone})
        return
    back = replace(shelf, on_hand=shelf.on_hand + gone)
    record(scope, "adjustment", {sku: -gone}, {sku: back}, str(order.number), actor)
