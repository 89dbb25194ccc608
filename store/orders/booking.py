"""Writing a new order into the books: its stock is held, then it gets its number."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import update

from flows.ports.refusals import OnlyLeft, Refusal, SoldOut
from store import slots, stock
from store.actor import Actor
from store.catalogue import SNAPSHOTS
from store.models import OrderLineRow, OrderRow, ShopRow
from store.orders.moving import note
from store.orders.views import note_new
from store.quoting.claiming import claim
from store.quoting.deduction import Deduction
from store.scope import Scope
from store.shelf import lock
from store.transaction import attempted

# What an order in place of another has in common with it: whose it is, and where it goes.
IN_PLACE = (
    "shop_id", "person_id", "currency", "fulfilment", "channel", "phone", "name", "area", "landmark",
    "zone", "latitude", "longitude", "eta",
)  # fmt: skip


def book(
    scope: Scope,
    order: OrderRow,
    until: datetime | None,
    actor: Actor,
    deductions: Sequence[Deduction] = (),
) -> Refusal | None:
    """Hold the stock of `order` (a new row without a number) and add it, with what makes it cheaper.
    Refuses with the first thing of which too few are left, with what others have used up by now, or where
    its window is full, and has then changed nothing."""
    wants = Counter[str]()
    for line in order.lines:
        wants[line.sku] += line.quantity
    shelves = lock(scope, wants)
    unseen = _unseen(scope, wants)
    for line in order.lines:
        shelf = shelves.get(line.sku)
        if shelf is not None and shelf.free < wants[line.sku] and line.sku not in unseen:
            return _too_few(line, shelf.free)
    if deductions or order.slot_from is not None:
        with attempted(scope.session) as attempt:
            _number(scope, order)
            refusal = slots.full(scope, order) or claim(scope, order, deductions)
            if refusal is not None:
                attempt.rollback()
                return refusal
    else:
        _number(scope, order)
    note_new(scope, order)
    stock.promise(scope, order.id, wants, shelves, until)
    note(scope, order, "status", None, order.status, actor)
    return None


def _unseen(scope: Scope, skus: Iterable[str]) -> frozenset[str]:
    """Those of which more may be ordered than there are."""
    by_sku = SNAPSHOTS.of(scope.session, scope.shop).by_sku
    return frozenset(sku for sku in skus if sku in by_sku and by_sku[sku][0].backorder)


def _number(scope: Scope, order: OrderRow) -> None:
    """The shop's counter is the hottest row of all, so it is locked late."""
    order.number = _next_number(scope)
    while order.code == f"{order.number:04d}":
        # "DELIVERED 1001 1001" would give the code away to whoever has heard of the order.
        order.code = new_code(scope)
    scope.session.add(order)
    scope.session.flush()


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
