"""Bringing a reseller's shelf to what the supplier's catalogue says."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from flows.money import Money
from flows.ports.catalogue import UNSORTED
from store.catalogue import SNAPSHOTS
from store.codes import CODES
from store.goods import Goods, Kind
from store.ids import new_id
from store.listings.listed import pool_of
from store.lookup.upkeep import keep_as_it_is
from store.models import CategoryRow, ListingRow, PooledRow, ProductRow, ShopRow, VariantRow
from store.pools import share
from store.settling import settle
from store.snapshot import Snapshot
from store.snapshot import changed as catalogue_changed
from store.standing import takes_orders

# What suppliers get of resellers: their wholesale price, where they have one.
BASE_LIST = "wholesale"


def mirror(
    session: Session, shop: ShopRow, owner: ShopRow, now: datetime, only: str | None = None
) -> bool:
    """Everything that `shop` lists of `owner`, or `only` that sku: what the owner no longer sells is no
    longer on sale here, and nothing is while the owner takes no orders. What the reseller has hidden stays
    hidden. True when anything changed. Raises PoolError where something cannot change its shelf now."""
    listed = select(ListingRow).where(
        ListingRow.shop_id == shop.id, ListingRow.owner_id == owner.id
    )
    if only is not None:
        listed = listed.where(ListingRow.sku == only)
    rows = session.scalars(listed.order_by(ListingRow.sku)).all()
    snapshot = SNAPSHOTS.of(session, owner)
    taking = takes_orders(owner, now)
    changed = False
    for row in rows:
        if taking:
            changed |= _bring(session, shop, owner, row, snapshot)
        else:
            changed |= off_sale(session, shop, row.sku)
        row.seen, row.withdrawn = owner.catalogue_version, not taking
    session.flush()
    if changed:
        catalogue_changed(session, shop)
        keep_as_it_is(session, shop)
    return changed


def base_of(goods: Goods, kind: Kind | None) -> int:
    """What the supplier gets for one, in minor units."""
    return goods.price_of(kind, BASE_LIST)


def price_of(row: ListingRow, goods: Goods, kind: Kind | None, currency: str) -> int:
    """What it costs at the reseller's: never below what the supplier gets. Kinds keep the distance that
    they have at the supplier's."""
    base = base_of(goods, kind)
    if row.price is not None:
        return max(row.price + base - base_of(goods, None), base)
    return base + Money(base, currency).percent(Decimal(row.markup) / 100).minor


def off_sale(session: Session, shop: ShopRow, sku: str) -> bool:
    """No longer here; what was ordered stays as it is."""
    product = _product(session, shop, sku)
    return settle(product, active=False) if product is not None else False


def _bring(
    session: Session, shop: ShopRow, owner: ShopRow, row: ListingRow, snapshot: Snapshot
) -> bool:
    goods = snapshot.by_sku.get(row.sku, (None, None))[0]
    if goods is None or goods.sku != row.sku:
        return off_sale(session, shop, row.sku)
    product = _product(session, shop, row.sku)
    if product is None:
        product = _new_product(session, shop, goods)
    changed = settle(
        product,
        name=goods.name,
        description=goods.description,
        category_id=_category(session, shop, goods.category or UNSORTED),
        unit=goods.unit,
        price=price_of(row, goods, None, shop.currency),
        base_price=base_of(goods, None),
        supplier=row.supplier,
        brand=goods.brand,
        minimum=goods.minimum,
        picture=goods.picture,
        active=True,
        by_phone=True,
    )
    session.flush()
    changed |= _bring_kinds(session, shop, owner, row, goods, product.id)
    for sku in [kind.sku for kind in goods.kinds] or [goods.sku]:
        changed |= share(session, shop, sku, _pool(session, owner, sku))
    return changed


def _pool(session: Session, owner: ShopRow, sku: str) -> str:
    """Where the owner's is counted, which becomes a pool with the first who lists it."""
    known = session.get(PooledRow, (owner.id, sku))
    if known is not None:
        return known.pool
    pool = pool_of(owner, sku)
    share(session, owner, sku, pool)
    return pool


def _bring_kinds(
    session: Session,
    shop: ShopRow,
    owner: ShopRow,
    row: ListingRow,
    goods: Goods,
    product_id: UUID,
) -> bool:
    """Kinds that the supplier no longer has are none here either."""
    known = {
        variant.sku: variant
        for variant in session.scalars(
            select(VariantRow).where(
                VariantRow.shop_id == shop.id, VariantRow.product_id == product_id
            )
        )
    }
    theirs = select(VariantRow).where(
        VariantRow.shop_id == owner.id,
        VariantRow.sku.in_([kind.sku for kind in goods.kinds]),
    )
    attributes = {variant.sku: variant.attributes for variant in session.scalars(theirs)}
    changed = False
    for place, kind in enumerate(goods.kinds):
        variant = known.pop(kind.sku, None)
        if variant is None:
            variant = VariantRow(
                id=new_id(), shop_id=shop.id, sku=kind.sku, product_id=product_id, attributes={}
            )
            session.add(variant)
        changed |= settle(
            variant,
            attributes=dict(attributes[kind.sku]),
            price=price_of(row, goods, kind, shop.currency),
            base_price=base_of(goods, kind),
            active=True,
            position=place,
        )
    gone = [settle(variant, active=False) for variant in known.values()]
    session.flush()
    return changed or any(gone)


def _product(session: Session, shop: ShopRow, sku: str) -> ProductRow | None:
    return session.scalar(
        select(ProductRow).where(ProductRow.shop_id == shop.id, ProductRow.sku == sku)
    )


def _new_product(session: Session, shop: ShopRow, goods: Goods) -> ProductRow:
    codes: Sequence[tuple[int | None, int]] = [
        (code, position)
        for code, position in session.execute(
            select(ProductRow.code, ProductRow.position).where(ProductRow.shop_id == shop.id)
        )
    ]
    taken = {code for code, _ in codes}
    product = ProductRow(
        id=new_id(),
        shop_id=shop.id,
        sku=goods.sku,
        name=goods.name,
        price=goods.price,
        code=next((code for code in CODES if code not in taken), None),
        position=max((position for _, position in codes), default=-1) + 1,
    )
    session.add(product)
    return product


def _category(session: Session, shop: ShopRow, name: str) -> UUID:
    found = session.scalar(
        select(CategoryRow.id).where(CategoryRow.shop_id == shop.id, CategoryRow.name == name)
    )
    if found is not None:
        return found
    last = session.scalar(
        select(func.max(CategoryRow.position)).where(CategoryRow.shop_id == shop.id)
    )
    place = 0 if last is None else last + 1
    row = CategoryRow(id=new_id(), shop_id=shop.id, name=name, position=place)
    session.add(row)
    session.flush()
    return row.id
