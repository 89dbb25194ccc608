"""Suppliers hear of orders that have goods of theirs. Those with a shop here are told there, by the clock, so
that no buyer waits for another shop's row; the others get an SMS at the number in the file."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from flows.happenings import SupplierNotWanted, SupplierWanted
from flows.ports.supply import SupplyStatus
from store.ids import new_id
from store.models import OrderRow, ShopRow, SupplyRow
from store.scope import Scope
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
    asked = scope.session.scalars(
        select(SupplyRow)
        .where(SupplyRow.shop_id == scope.shop.id, SupplyRow.order_id == order.id)
        .order_by(SupplyRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for row in asked:
        heard = row.number is not None and row.status != SupplyStatus.REFUSED
        row.status = SupplyStatus.OFF.value
        row.due_at, row.news_at = scope.now if heard else None, None
    by_shop = {row.supplier for row in asked}
    for each in suppliers:
        if each.key not in by_shop:
            scope.tell(SupplierNotWanted(each.phone, order.number))


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
