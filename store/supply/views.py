"""What is wanted of suppliers, as their people and the resellers' see it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from flows.ports.orders import OrderStatus
from flows.ports.supply import Supply, SupplyStatus
from store.models import OrderLineRow, OrderRow, ShopRow, SupplyRow
from store.scope import Scope
from store.terms import terms_of

# While it is so the goods are at the supplier's.
UNDER_WAY = (OrderStatus.CONFIRMED, OrderStatus.PROCESSING)


def goods_of(
    scope: Scope, rows: Sequence[SupplyRow]
) -> Mapping[tuple[UUID, str], tuple[tuple[int, str], ...]]:
    """By order and supplier, (pieces, name) of the lines that are theirs."""
    found: dict[tuple[UUID, str], tuple[tuple[int, str], ...]] = defaultdict(tuple)
    lines = scope.session.execute(
        select(
            OrderLineRow.order_id, OrderLineRow.supplier, OrderLineRow.quantity, OrderLineRow.name
        )
        .where(OrderLineRow.order_id.in_([row.order_id for row in rows]))
        .order_by(OrderLineRow.order_id, OrderLineRow.position)
    )
    for order_id, supplier, quantity, name in lines:
        if supplier is not None:
            found[order_id, supplier] += ((quantity, name),)
    return found


def supplies_of(scope: Scope, rows: Sequence[SupplyRow]) -> Sequence[Supply]:
    """As the supplier's people see them, once they have numbers: two statements, however many."""
    if not rows:
        return []
    goods = goods_of(scope, rows)
    asked = select(ShopRow.id, ShopRow.name).where(ShopRow.id.in_([row.shop_id for row in rows]))
    shops = {shop: name for shop, name in scope.session.execute(asked)}  # noqa: C416
    return [
        Supply(
            number=row.number or 0,
            shop=shops[row.shop_id],
            goods=goods[row.order_id, row.supplier],
            status=SupplyStatus(row.status),
        )
        for row in rows
    ]


def supply_of(scope: Scope, row: SupplyRow) -> Supply:
    return supplies_of(scope, [row])[0]


def fetched_at(owner: ShopRow) -> str | None:
    """Where a supplier's goods are fetched, in the words of their shop; None where it does not say."""
    return f"{owner.name}, {owner.location}" if owner.location else None


def to_fetch(scope: Scope, order: OrderRow) -> tuple[str, ...]:
    """Where the goods of an order lie that suppliers pack, as far as that is known."""
    if not terms_of(scope.shop).suppliers:
        return ()
    owners = scope.session.scalars(
        select(ShopRow)
        .join(SupplyRow, SupplyRow.owner_id == ShopRow.id)
        .where(
            SupplyRow.shop_id == scope.shop.id,
            SupplyRow.order_id == order.id,
            SupplyRow.status.in_((SupplyStatus.PACKING, SupplyStatus.READY)),
        )
        .order_by(ShopRow.name)
    )
    places = (fetched_at(owner) for owner in owners)
    return tuple(dict.fromkeys(place for place in places if place is not None))
