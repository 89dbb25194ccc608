"""The two halves of a request to a supplier, each told in its own shop: what is wanted, and the answer."""

from uuid import UUID

from sqlalchemy import and_, select

from flows.happenings import SupplyAnswered, SupplyAsked, SupplyLess, SupplyOff, SupplyUnanswered
from flows.ports.supply import SupplyStatus
from store.falling_due import falling_due
from store.models import OrderLineRow, OrderRow, ShopRow, StockMovementRow, StockRow, SupplyRow
from store.numbering import next_number
from store.orders.reminders import next_reminder
from store.orders.views import view, whole
from store.scope import Scope
from store.shelf import elsewhere_called, tell_low
from store.stock_terms import StockTerms
from store.supply.views import UNDER_WAY, fetched_at, goods_of, supply_of
from store.terms import terms_of

to_ask = falling_due(SupplyRow.due_at, SupplyRow.owner_id, SupplyRow.id)
to_report = falling_due(SupplyRow.news_at, SupplyRow.shop_id, SupplyRow.id)


def ask(scope: Scope, supply_id: UUID) -> None:
    """At the supplier's shop: tell of it, remind of it, or say that it is off, or less. After the last
    reminder it is the reseller who hears."""
    row = _locked(scope, supply_id)
    if row is None or row.owner_id != scope.shop.id or row.due_at is None or row.due_at > scope.now:
        return
    since, row.due_at = row.due_at, None
    if row.status == SupplyStatus.OFF:
        scope.tell(SupplyOff(supply_of(scope, row)))
        return
    standing = scope.session.scalar(select(OrderRow.status).where(OrderRow.id == row.order_id))
    if row.status in (SupplyStatus.PACKING, SupplyStatus.READY) and standing in UNDER_WAY:
        scope.tell(SupplyLess(supply_of(scope, row)))
        return
    if row.status != SupplyStatus.ASKED or standing not in UNDER_WAY:
        return
    if row.number is None:
        row.number = next_number(scope, SupplyRow.number, SupplyRow.owner_id)
        row.due_at = next_reminder(scope.shop, scope.rules, scope.now, 0)
        scope.tell(SupplyAsked(supply_of(scope, row)))
        _tell_of_shelf(scope, row)
        return
    row.reminders += 1
    row.due_at = next_reminder(scope.shop, scope.rules, since, row.reminders)
    if row.due_at is None:
        row.news_at = scope.now
    else:
        scope.tell(SupplyUnanswered(supply_of(scope, row), row.reminders))


def _tell_of_shelf(scope: Scope, row: SupplyRow) -> None:
    """Who counts the goods hears what another shop's order has left of them."""
    shop = scope.session.get_one(ShopRow, row.shop_id)
    lines = scope.session.execute(
        select(OrderLineRow.sku, OrderLineRow.name, OrderRow.number)
        .join(OrderRow, OrderRow.id == OrderLineRow.order_id)
        .where(OrderLineRow.order_id == row.order_id, OrderLineRow.supplier == row.supplier)
    ).all()
    names = {line.sku: line.name for line in lines}
    number = next((str(line.number) for line in lines), "")
    taken = scope.session.execute(
        select(
            StockMovementRow.sku,
            StockMovementRow.before,
            StockMovementRow.after,
            StockRow.low,
            StockRow.critical,
        )
        .join(
            StockRow,
            and_(
                StockRow.shop_id == StockMovementRow.shop_id, StockRow.sku == StockMovementRow.sku
            ),
        )
        .where(
            StockMovementRow.shop_id == scope.shop.id,
            StockMovementRow.sku.in_(names),
            StockMovementRow.kind == "out",
            StockMovementRow.reference == elsewhere_called(shop, number),
        )
        .order_by(StockMovementRow.sku)
    )
    for sku, before, after, low, critical in taken:
        tell_low(scope, sku, names[sku], StockTerms(low, critical), before, after)


def report(scope: Scope, supply_id: UUID) -> None:
    """At the reseller's: what the supplier said last, or that nothing is said."""
    row = _locked(scope, supply_id)
    if row is None or row.shop_id != scope.shop.id or row.news_at is None:
        return
    if row.news_at > scope.now:
        return
    row.news_at = None
    order = scope.session.scalar(whole(scope.shop.id).where(OrderRow.id == row.order_id))
    if order is None or order.status not in UNDER_WAY:
        return
    owner = scope.session.get_one(ShopRow, row.owner_id)
    suppliers = terms_of(scope.shop).suppliers
    scope.tell(
        SupplyAnswered(
            order=view(order),
            supplier=owner.name,
            phone=next((each.phone for each in suppliers if each.key == row.supplier), "-"),
            goods=goods_of(scope, [row])[row.order_id, row.supplier],
            status=SupplyStatus(row.status),
            reason=row.reason or "",
            place=fetched_at(owner),
        )
    )


def _locked(scope: Scope, supply_id: UUID) -> SupplyRow | None:
    return scope.session.scalar(
        select(SupplyRow)
        .where(SupplyRow.id == supply_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
