"""What an order does with the shelf: goods are promised to it, sold, and given back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, insert, update
from sqlalchemy.orm import InstrumentedAttribute

from store.actor import Actor
from store.ids import new_id
from store.models import HoldRow, OrderRow
from store.pools import counted_by_suppliers
from store.scope import Scope
from store.shelf import Shelf, change, lock, record, tell_low


def promise(
    scope: Scope,
    order_id: UUID,
    wants: Mapping[str, int],
    shelves: Mapping[str, Shelf],
    until: datetime | None,
) -> None:
    """Hold `wants` of the locked `shelves` for an order, or what is there of what may be ordered beyond
    that; what is not counted is not held."""
    counted = {
        sku: min(wanted, shelves[sku].free)
        for sku, wanted in wants.items()
        if sku in shelves and shelves[sku].free > 0
    }
    if not counted:
        return
    change(scope, shelves, held=counted)
    scope.session.execute(
        insert(HoldRow),
        [
            {
                "id": new_id(),
                "shop_id": scope.shop.id,
                "order_id": order_id,
                "sku": sku,
                "quantity": wanted,
                "state": "open",
                "expires_at": until,
            }
            for sku, wanted in sorted(counted.items())
        ],
    )


def extend_holds(scope: Scope, order_id: UUID, until: datetime | None) -> None:
    """Keep an order and its stock at least until `until`; None: until the order ends. Never shortens."""
    scope.session.execute(
        update(OrderRow)
        .where(
            OrderRow.shop_id == scope.shop.id,
            OrderRow.id == order_id,
            _sooner(OrderRow.held_until, until),
        )
        .values(held_until=until)
    )
    scope.session.execute(
        update(HoldRow)
        .where(
            HoldRow.shop_id == scope.shop.id,
            HoldRow.order_id == order_id,
            HoldRow.state == "open",
            _sooner(HoldRow.expires_at, until),
        )
        .values(expires_at=until)
        .execution_options(synchronize_session=False)
    )


def _sooner(
    column: InstrumentedAttribute[datetime | None], until: datetime | None
) -> ColumnElement[bool]:
    return column.is_not(None) if until is None else column < until


def _close(scope: Scope, order_id: UUID, state: str, to: str) -> dict[str, int]:
    """Move an order's holds from one state to another; returns what they held."""
    moved = scope.session.execute(
        update(HoldRow)
        .where(
            HoldRow.shop_id == scope.shop.id, HoldRow.order_id == order_id, HoldRow.state == state
        )
        .values(state=to)
        .returning(HoldRow.sku, HoldRow.quantity)
        .execution_options(synchronize_session=False)
    )
    return {sku: quantity for sku, quantity in moved}  # noqa: C416


def release(scope: Scope, order_id: UUID) -> None:
    """Give up what is still promised to an order."""
    freed = _close(scope, order_id, "open", "released")
    shelves = lock(scope, freed)
    change(scope, shelves, held={sku: -quantity for sku, quantity in freed.items()})


def take(scope: Scope, order: OrderRow, actor: Actor) -> None:
    """What was promised leaves the shelf: the order is sold. Tells of stock that became low, where it is
    this shop that fills it up."""
    sold = _close(scope, order.id, "open", "taken")
    shelves = lock(scope, sold)
    out = {sku: -quantity for sku, quantity in sold.items()}
    change(scope, shelves, on_hand=out, held=out)
    record(scope, "out", out, shelves, str(order.number), actor)
    names = {line.sku: line.name for line in order.lines}
    elsewhere = [sku for sku in sold if shelves[sku].place[0] != scope.shop.id]
    suppliers = counted_by_suppliers(scope, elsewhere)
    for sku, quantity in sorted(sold.items()):
        if sku not in suppliers:
            shelf = shelves[sku]
            tell_low(scope, sku, names[sku], shelf.own, shelf.on_hand, shelf.on_hand - quantity)


def put_back(scope: Scope, order: OrderRow, actor: Actor) -> None:
    """A sold order comes back to the shelf."""
    back = _close(scope, order.id, "taken", "released")
    shelves = lock(scope, back)
    change(scope, shelves, on_hand=back)
    record(scope, "in", back, shelves, str(order.number), actor)


def come_back(
    scope: Scope, order: OrderRow, goods: Mapping[str, int], actor: Actor, *, damaged: bool
) -> None:
    """Sold goods are given back. What is `damaged` is written down and goes on no shelf."""
    shelves = lock(scope, goods)
    back = {sku: quantity for sku, quantity in goods.items() if sku in shelves}
    if not damaged:
        change(scope, shelves, on_hand=back)
    record(scope, "in", back, shelves, str(order.number), actor)
    if damaged:
        there = {
            sku: replace(shelf, on_hand=shelf.on_hand + back.get(sku, 0))
            for sku, shelf in shelves.items()
        }
        lost = {sku: -quantity for sku, quantity in back.items()}
        record(scope, "damaged", lost, there, str(order.number), actor)
