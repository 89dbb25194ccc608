"""Writing a new order into the books: its stock is held, then it gets its number."""

from collections import Counter
from datetime import datetime

from sqlalchemy import update

from flows.ports.refusals import OnlyLeft, Refusal, SoldOut
from store import stock
from store.actor import Actor
from store.models import OrderLineRow, OrderRow, ShopRow
from store.orders.moving import note
from store.orders.views import note_new
from store.scope import Scope


def book(scope: Scope, order: OrderRow, until: datetime | None, actor: Actor) -> Refusal | None:
    """Hold the stock of `order` (a new row without a number) and add it. Refuses with the first thing
    of which too few are left, and has then changed nothing."""
    wants = Counter[str]()
    for line in order.lines:
        wants[line.sku] += line.quantity
    shelves = stock.lock(scope, wants)
    for line in order.lines:
        shelf = shelves.get(line.sku)
        if shelf is not None and shelf.free < wants[line.sku]:
            return _too_few(line, shelf.free)
    # The shop's counter is the hottest row of all, so it is locked last.
    order.number = _next_number(scope)
    scope.session.add(order)
    scope.session.flush()
    note_new(scope, order)
    stock.promise(scope, order.id, wants, shelves, until)
    note(scope, order, "status", None, order.status, actor)
    return None


def _too_few(line: OrderLineRow, free: int) -> Refusal:
    return OnlyLeft(line.name, free, line.sku) if free > 0 else SoldOut(line.name)


def _next_number(scope: Scope) -> int:
    taken = scope.session.execute(
        update(ShopRow)
        .where(ShopRow.id == scope.shop.id)
        .values(next_order_number=ShopRow.next_order_number + 1)
        .returning(ShopRow.next_order_number)
        .execution_options(synchronize_session=False, autoflush=False)
    ).scalar_one()
    return int(taken) - 1


def new_code(scope: Scope) -> str:
    """Four digits that the customer gives to whoever brings the goods."""
    return f"{scope.chance.randrange(10_000):04d}"
