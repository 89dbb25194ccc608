"""The shelf: what is there, what of it is promised, and the ledger of every change.

Rows are always locked in key order, so that two orders for the same things never wait for each other
in a circle. A sku without a row is not counted, and never runs out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, case, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from flows.happenings import StockLow
from store.actor import Actor
from store.ids import new_id
from store.models import HoldRow, OrderRow, StockMovementRow, StockRow
from store.prepared import PREPARED
from store.scope import Scope

MOST_ON_HAND = 10_000_000
FREE = (
    select(StockRow.sku, StockRow.on_hand - StockRow.held)
    .where(
        StockRow.shop_id == bindparam("shop_id"),
        StockRow.sku.in_(bindparam("skus", expanding=True)),
    )
    .execution_options(**PREPARED)
)
# Counts are only ever changed by statements of their own: nothing unwritten could matter to a look.
AS_IT_STANDS = {"autoflush": False}


@dataclass(frozen=True, slots=True)
class Shelf:
    """One sku's row as locked."""

    on_hand: int
    held: int

    @property
    def free(self) -> int:
        return self.on_hand - self.held


def free(scope: Scope, skus: Iterable[str]) -> Mapping[str, int]:
    """How many can still be promised, without locking; what is not counted is left out."""
    wanted = sorted(set(skus))
    if not wanted:
        return {}
    asked = {"shop_id": scope.shop.id, "skus": wanted}
    rows = scope.session.execute(FREE, asked, execution_options=AS_IT_STANDS)
    return {sku: left for sku, left in rows}  # noqa: C416 - rows are not tuples to the type checker


def lock(scope: Scope, skus: Iterable[str]) -> dict[str, Shelf]:
    """Lock these rows until the transaction ends; what is not counted is left out."""
    rows = scope.session.execute(
        select(StockRow.sku, StockRow.on_hand, StockRow.held)
        .where(StockRow.shop_id == scope.shop.id, StockRow.sku.in_(sorted(set(skus))))
        .order_by(StockRow.sku)
        .with_for_update(),
        execution_options=AS_IT_STANDS,
    )
    return {sku: Shelf(on_hand, held) for sku, on_hand, held in rows}


def _change(
    scope: Scope, *, on_hand: Mapping[str, int] | None = None, held: Mapping[str, int] | None = None
) -> None:
    """Add to the counts of locked rows, in one statement."""
    values = {}
    for column, deltas in ((StockRow.on_hand, on_hand), (StockRow.held, held)):
        if deltas:
            values[column.key] = column + case(dict(deltas), value=StockRow.sku, else_=0)
    skus = sorted({*(on_hand or {}), *(held or {})})
    if not skus:
        return
    scope.session.execute(
        update(StockRow)
        .where(StockRow.shop_id == scope.shop.id, StockRow.sku.in_(skus))
        .values(values)
        .execution_options(synchronize_session=False)
    )


def promise(
    scope: Scope,
    order_id: UUID,
    wants: Mapping[str, int],
    shelves: Mapping[str, Shelf],
    until: datetime | None,
) -> None:
    """Hold `wants` of the locked `shelves` for an order; what is not counted is not held."""
    counted = {sku: wanted for sku, wanted in wants.items() if sku in shelves}
    if not counted:
        return
    _change(scope, held=counted)
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
    lock(scope, freed)
    _change(scope, held={sku: -quantity for sku, quantity in freed.items()})


def take(scope: Scope, order: OrderRow, actor: Actor) -> None:
    """What was promised leaves the shelf: the order is sold. Tells of stock that became low."""
    sold = _close(scope, order.id, "open", "taken")
    shelves = lock(scope, sold)
    out = {sku: -quantity for sku, quantity in sold.items()}
    _change(scope, on_hand=out, held=out)
    _record(scope, "out", out, shelves, str(order.number), actor)
    names = {line.sku: line.name for line in order.lines}
    for sku, quantity in sorted(sold.items()):
        _tell_low(scope, sku, names[sku], shelves[sku].on_hand, shelves[sku].on_hand - quantity)


def put_back(scope: Scope, order: OrderRow, actor: Actor) -> None:
    """A sold order comes back to the shelf."""
    back = _close(scope, order.id, "taken", "released")
    shelves = lock(scope, back)
    _change(scope, on_hand=back)
    _record(scope, "in", back, shelves, str(order.number), actor)


def _tell_low(scope: Scope, sku: str, name: str, before: int, after: int) -> None:
    """Once per crossing: the lower line where both were crossed by one sale."""
    for level, critical in ((scope.rules.critical_stock, True), (scope.rules.low_stock, False)):
        if before > level >= after:
            scope.tell(StockLow(sku=sku, name=name, left=after, critical=critical))
            return


def _record(
    scope: Scope,
    kind: str,
    deltas: Mapping[str, int],
    shelves: Mapping[str, Shelf],
    reference: str | None,
    actor: Actor,
) -> None:
    if not deltas:
        return
    scope.session.execute(
        insert(StockMovementRow),
        [
            {
                "shop_id": scope.shop.id,
                "sku": sku,
                "kind": kind,
                "quantity": delta,
                "before": shelves[sku].on_hand,
                "after": shelves[sku].on_hand + delta,
                "reference": reference,
                "by": actor.label,
                "at": scope.now,
            }
            for sku, delta in sorted(deltas.items())
        ],
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """A shelf after it was set. `kept`: the number wanted was below what is held for open orders."""

    on_hand: int
    held: int
    kept: bool


def set_count(scope: Scope, sku: str, count: int, actor: Actor) -> Counted:
    """A stock-take: there are `count`. Never below what is held; counting begins where it had not."""
    shelf = _counted(scope, sku)
    return _settle(scope, sku, shelf, count, "adjustment", actor)


def add(scope: Scope, sku: str, more: int, actor: Actor) -> Counted:
    """`more` came in (or went, when negative), never below what is held."""
    shelf = _counted(scope, sku)
    return _settle(
        scope, sku, shelf, shelf.on_hand + more, "in" if more > 0 else "adjustment", actor
    )


def _counted(scope: Scope, sku: str) -> Shelf:
    """The locked row, made at zero where the sku was not counted."""
    found = lock(scope, [sku]).get(sku)
    if found is None:
        scope.session.add(StockRow(shop_id=scope.shop.id, sku=sku, on_hand=0, held=0))
        scope.session.flush()
    return found or Shelf(0, 0)


def _settle(scope: Scope, sku: str, shelf: Shelf, wanted: int, kind: str, actor: Actor) -> Counted:
    on_hand = max(wanted, shelf.held)
    delta = on_hand - shelf.on_hand
    if delta:
        _change(scope, on_hand={sku: delta})
        _record(scope, kind, {sku: delta}, {sku: shelf}, None, actor)
    return Counted(on_hand, shelf.held, kept=wanted < shelf.held)
