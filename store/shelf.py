"""The shelf: what is there, what of it is promised, and the ledger of every change.

Rows are always locked in key order, so that two orders for the same things never wait for each other
in a circle. A sku without a row is not counted, and never runs out. What several shops share is counted
on the row of one of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, insert, or_, select, update

from flows.happenings import StockLow
from store.actor import Actor
from store.audit.changes import told
from store.models import ShopRow, StockMovementRow, StockRow
from store.pools import Place, places
from store.prepared import PREPARED
from store.restocking import came_back
from store.scope import Scope
from store.stock_terms import StockTerms, levels

FREE = (
    select(StockRow.sku, StockRow.on_hand - StockRow.held)
    .where(
        StockRow.shop_id == bindparam("shop_id"),
        StockRow.sku.in_(bindparam("skus", expanding=True)),
    )
    .execution_options(**PREPARED)
)
# As of goods for which no other numbers were set.
NO_TERMS = StockTerms()
# Counts are only ever changed by statements of their own: nothing unwritten could matter to a look.
AS_IT_STANDS = {"autoflush": False}


@dataclass(frozen=True, slots=True)
class Shelf:
    """One sku's row as locked, where it is, and its `own` numbers at which the seller is told."""

    on_hand: int
    held: int
    place: Place
    own: StockTerms = NO_TERMS

    @property
    def free(self) -> int:
        return self.on_hand - self.held


def free(scope: Scope, skus: Iterable[str]) -> Mapping[str, int]:
    """How many can still be promised, without locking; what is not counted is left out."""
    wanted = sorted(set(skus))
    if not wanted:
        return {}
    if scope.shop.shares_stock:
        return {sku: shelf.free for sku, shelf in _shelves(scope, wanted, locked=False).items()}
    asked = {"shop_id": scope.shop.id, "skus": wanted}
    rows = scope.session.execute(FREE, asked, execution_options=AS_IT_STANDS)
    return {sku: left for sku, left in rows}  # noqa: C416 - rows are not tuples to the type checker


def lock(scope: Scope, skus: Iterable[str]) -> dict[str, Shelf]:
    """Lock these rows until the transaction ends; what is not counted is left out."""
    return _shelves(scope, skus, locked=True)


def _shelves(scope: Scope, skus: Iterable[str], *, locked: bool) -> dict[str, Shelf]:
    found = places(scope, skus)
    query = (
        select(
            StockRow.shop_id,
            StockRow.sku,
            StockRow.on_hand,
            StockRow.held,
            StockRow.low,
            StockRow.critical,
        )
        .where(_rows(scope, found.values()))
        .order_by(StockRow.shop_id, StockRow.sku)
    )
    rows = scope.session.execute(
        query.with_for_update() if locked else query, execution_options=AS_IT_STANDS
    )
    there = {
        (shop, sku): Shelf(on_hand, held, (shop, sku), StockTerms(low, critical))
        for shop, sku, on_hand, held, low, critical in rows
    }
    return {sku: there[place] for sku, place in found.items() if place in there}


def _rows(scope: Scope, wanted: Iterable[Place]) -> ColumnElement[bool]:
    """Exactly these rows."""
    by_shop: dict[UUID, list[str]] = {scope.shop.id: []}
    for shop, sku in sorted(wanted):
        by_shop.setdefault(shop, []).append(sku)
    each = [
        and_(StockRow.shop_id == shop, StockRow.sku.in_(skus)) for shop, skus in by_shop.items()
    ]
    return or_(*each) if len(each) > 1 else each[0]


def change(
    scope: Scope,
    shelves: Mapping[str, Shelf],
    *,
    on_hand: Mapping[str, int] | None = None,
    held: Mapping[str, int] | None = None,
) -> None:
    """Add to the counts of the locked `shelves`, in one statement. What is there again, having been sold
    out, is noted for who wished for it."""
    values = {}
    for column, deltas in ((StockRow.on_hand, on_hand), (StockRow.held, held)):
        if deltas:
            more = [(_rows(scope, [shelves[sku].place]), by) for sku, by in sorted(deltas.items())]
            values[column.key] = column + case(*more, else_=0)
    skus = sorted({*(on_hand or {}), *(held or {})})
    if not skus:
        return
    scope.session.execute(
        update(StockRow)
        .where(_rows(scope, [shelves[sku].place for sku in skus]))
        .values(values)
        .execution_options(synchronize_session=False)
    )
    _note(scope, shelves, on_hand or {}, held or {})
    freed = {sku: (on_hand or {}).get(sku, 0) - (held or {}).get(sku, 0) for sku in skus}
    back = [sku for sku in skus if shelves[sku].free <= 0 < shelves[sku].free + freed[sku]]
    came_back(scope, [shelves[sku].place for sku in back])


def _note(
    scope: Scope, shelves: Mapping[str, Shelf], on_hand: Mapping[str, int], held: Mapping[str, int]
) -> None:
    """For the audit trail, which sees no statements."""
    for column, deltas in ((StockRow.on_hand.key, on_hand), (StockRow.held.key, held)):
        for sku, by in deltas.items():
            before: int = getattr(shelves[sku], column)
            told(scope.session, StockRow, shelves[sku].place, column, before, before + by)


def tell_low(scope: Scope, sku: str, name: str, own: StockTerms, before: int, after: int) -> None:
    """To the shop at hand, once per crossing: the lower line where both were crossed by one sale."""
    told = levels(scope.rules, scope.shop, own)
    for level, critical in ((told.critical, True), (told.low, False)):
        if before > level >= after:
            scope.tell(StockLow(sku=sku, name=name, left=after, critical=critical))
            return


def record(
    scope: Scope,
    kind: str,
    deltas: Mapping[str, int],
    shelves: Mapping[str, Shelf],
    reference: str | None,
    actor: Actor,
) -> None:
    """Write down changes of the locked `shelves`, which are as they were before."""
    if not deltas:
        return
    scope.session.execute(
        insert(StockMovementRow),
        [
            {
                "shop_id": shelves[sku].place[0],
                "sku": shelves[sku].place[1],
                "kind": kind,
                "quantity": delta,
                "before": shelves[sku].on_hand,
                "after": shelves[sku].on_hand + delta,
                "reference": _reference(scope, shelves[sku], reference),
                "by": actor.label,
                "at": scope.now,
            }
            for sku, delta in sorted(deltas.items())
        ],
    )


def _reference(scope: Scope, shelf: Shelf, reference: str | None) -> str | None:
    """In the books of another shop it is said whose order it was."""
    if reference is None or shelf.place[0] == scope.shop.id:
        return reference
    return elsewhere_called(scope.shop, reference)


def elsewhere_called(shop: ShopRow, reference: str) -> str:
    """What an order of `shop` is called in the books of another."""
    return f"{shop.slug}/{reference}"
