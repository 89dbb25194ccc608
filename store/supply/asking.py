"""Suppliers hear of orders that have goods of theirs. Those with a shop here are told there, by the clock, so
that no buyer waits for another shop's row; the others get an SMS at the number in the file."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Select, select

from flows.happenings import SupplierNotWanted, SupplierWanted, SupplierWantsLess
from flows.ports.supply import SupplyStatus
from store.ids import new_id
from store.models import OrderRow, ShopRow, SupplyRow
from store.scope import Scope
from store.supply.views import UNDER_WAY
from store.terms import Supplier, terms_of


def ask_suppliers(scope: Scope, order: OrderRow) -> None:
    """The order stands: each supplier hears what of it is theirs."""
    suppliers = _suppliers(scope, order)
    owners = _shops(scope, suppliers)
    goods: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in order.lines:
        if line.supplier is not None:
            goods[line.supplier].append((line.quantity, line.name))
    for each in suppliers:
        owner = owners.get(each.shop or "")
        if owner is None:
            scope.tell(SupplierWanted(each.phone, order.number, tuple(goods[each.key])))
        else:
            scope.session.add(_asked(scope, order, each, owner))


def call_suppliers_off(scope: Scope, order: OrderRow) -> None:
    """It was cancelled after they had heard of it and before it was fetched; who said no knows enough."""
    suppliers = _suppliers(scope, order)
    if not suppliers:
        return
    asked = scope.session.scalars(_asked_of(scope, order).with_for_update()).all()
    for row in asked:
        _call_off(scope, row)
    by_shop = {row.supplier for row in asked}
    for each in suppliers:
        if each.key not in by_shop:
            scope.tell(SupplierNotWanted(each.phone, order.number))


def tell_supplier_less(scope: Scope, order: OrderRow, key: str | None) -> None:
    """Goods of theirs were taken out of an order of which they have heard."""
    supplier = next((each for each in terms_of(scope.shop).suppliers if each.key == key), None)
    if supplier is None or order.status not in UNDER_WAY:
        return
    goods = tuple((line.quantity, line.name) for line in order.lines if line.supplier == key)
    row = scope.session.scalar(
        _asked_of(scope, order).where(SupplyRow.supplier == key).with_for_update()
    )
    if row is not None:
        _lessen(scope, row, wanted=bool(goods))
    elif goods:
        scope.tell(SupplierWantsLess(supplier.phone, order.number, goods))
    else:
        scope.tell(SupplierNotWanted(supplier.phone, order.number))


def _lessen(scope: Scope, row: SupplyRow, *, wanted: bool) -> None:
    """Who has answered hears what still is wanted; who has not yet finds it in the next reminder."""
    if not wanted:
        _call_off(scope, row)
    elif row.status in (SupplyStatus.PACKING, SupplyStatus.READY):
        row.due_at = scope.now


def _call_off(scope: Scope, row: SupplyRow) -> None:
    heard = row.number is not None and row.status != SupplyStatus.REFUSED
    row.status = SupplyStatus.OFF.value
    row.due_at, row.news_at = scope.now if heard else None, None


def _asked_of(scope: Scope, order: OrderRow) -> Select[SupplyRow]:
    return (
        select(SupplyRow)
        .where(SupplyRow.shop_id == scope.shop.id, SupplyRow.order_id == order.id)
        .order_by(SupplyRow.id)
        .execution_options(populate_existing=True)
    )


def _suppliers(scope: Scope, order: OrderRow) -> Sequence[Supplier]:
    """Those of the order; one that the file no longer names hears nothing."""
    keys = {line.supplier for line in order.lines if line.supplier is not None}
    return [each for each in terms_of(scope.shop).suppliers if each.key in keys] if keys else []


def _shops(scope: Scope, suppliers: Sequence[Supplier]) -> Mapping[str, ShopRow]:
    """The suppliers' own shops, by slug."""
    slugs = {each.shop for each in suppliers if each.shop is not None}
    if not slugs:
        return {}
    rows = select(ShopRow).where(ShopRow.slug.in_(slugs), ShopRow.id != scope.shop.id)
    return {shop.slug: shop for shop in scope.session.scalars(rows)}


def _asked(scope: Scope, order: OrderRow, supplier: Supplier, owner: ShopRow) -> SupplyRow:
    return SupplyRow(
        id=new_id(),
        shop_id=scope.shop.id,
        order_id=order.id,
        owner_id=owner.id,
        supplier=supplier.key,
        status=SupplyStatus.ASKED.value,
        reminders=0,
        due_at=scope.now,
        created_at=scope.now,
    )
