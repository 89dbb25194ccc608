"""Loading what a shop sells: categories, products, variants, aliases."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.ids import new_id
from store.models import AliasRow, CategoryRow, ProductRow, ShopRow, VariantRow
from store.pictures.showing import is_kept_here
from store.prices.deal import Deal
from store.settling import settle
from store.shopfile.codes import allot
from store.shopfile.values import ProductEntry, ShopFile


def load_goods(session: Session, shop: ShopRow, file: ShopFile) -> bool:
    """Bring the catalogue to what the file says; what it no longer names becomes inactive. True when
    anything changed."""
    categories, changed = _categories(session, shop, file)
    products, new = _products(session, shop, file, categories)
    changed |= new
    changed |= _variants(session, shop, file, products)
    changed |= _aliases(session, shop, file)
    session.flush()
    return changed


def _categories(session: Session, shop: ShopRow, file: ShopFile) -> tuple[dict[str, UUID], bool]:
    known = {
        row.name: row
        for row in session.scalars(select(CategoryRow).where(CategoryRow.shop_id == shop.id))
    }
    changed = False
    for place, name in enumerate(dict.fromkeys(entry.category for entry in file.products)):
        row = known.get(name)
        if row is None:
            row = known[name] = CategoryRow(id=new_id(), shop_id=shop.id, name=name)
            session.add(row)
        changed |= settle(row, position=place)
    session.flush()
    return {name: row.id for name, row in known.items()}, changed


def _products(
    session: Session, shop: ShopRow, file: ShopFile, categories: Mapping[str, UUID]
) -> tuple[dict[str, UUID], bool]:
    known = {
        row.sku: row
        for row in session.scalars(select(ProductRow).where(ProductRow.shop_id == shop.id))
    }
    codes = allot(file.products, {sku: row.code for sku, row in known.items()})
    # A code that moves from one product to another is let go before it is taken.
    moving = [row for sku, row in known.items() if row.code != codes[sku]]
    for row in moving:
        row.code = None
    session.flush()
    changed = bool(moving)
    listed = set()
    for place, entry in enumerate(file.products):
        listed.add(entry.sku)
        if entry.sku not in known:
            known[entry.sku] = ProductRow(id=new_id(), shop_id=shop.id, sku=entry.sku)
            session.add(known[entry.sku])
        row = known[entry.sku]
        changed |= _settle_product(row, entry, codes[entry.sku], place, categories)
    for sku, row in known.items():
        if sku not in listed:
            # What was listed by phone is in no file.
            changed |= settle(row, active=row.active and row.by_phone, code=codes[sku])
    session.flush()
    return {sku: row.id for sku, row in known.items()}, changed


def _settle_product(
    row: ProductRow,
    entry: ProductEntry,
    code: int | None,
    place: int,
    categories: Mapping[str, UUID],
) -> bool:
    return settle(
        row,
        name=entry.name,
        description=entry.description,
        category_id=categories[entry.category],
        unit=entry.unit,
        price=entry.price,
        wholesale_price=entry.wholesale_price,
        floor=entry.floor.amount,
        floor_off=entry.floor.off,
        base_price=entry.base_price,
        supplier=entry.supplier,
        **_deal(entry.deal),
        cost=entry.cost,
        brand=entry.brand,
        tags=list(entry.tags) or None,
        featured=entry.featured,
        backorder=entry.backorder,
        minimum=entry.minimum,
        picture=row.picture if is_kept_here(row.picture) else entry.picture,
        code=code,
        active=True,
        by_phone=False,
        position=place,
    )


def _deal(deal: Deal) -> dict[str, object]:
    return {
        "sale_price": deal.sale,
        "sale_from": deal.begins,
        "sale_until": deal.ends,
        "breaks": [list(each) for each in deal.breaks] or None,
    }


def _variants(
    session: Session, shop: ShopRow, file: ShopFile, products: Mapping[str, UUID]
) -> bool:
    known = {
        row.sku: row
        for row in session.scalars(select(VariantRow).where(VariantRow.shop_id == shop.id))
    }
    changed = False
    listed = set()
    for entry in file.products:
        for place, variant in enumerate(entry.variants):
            listed.add(variant.sku)
            row = known.get(variant.sku)
            if row is None:
                row = VariantRow(id=new_id(), shop_id=shop.id, sku=variant.sku)
                session.add(row)
            changed |= settle(
                row,
                product_id=products[entry.sku],
                attributes=dict(variant.attributes),
                price=variant.price,
                floor=variant.floor.amount,
                floor_off=variant.floor.off,
                base_price=variant.base_price,
                modifier=variant.modifier,
                **_deal(variant.deal),
                cost=variant.cost,
                active=True,
                position=place,
            )
    listed_by_phone = set(
        session.scalars(
            select(ProductRow.id).where(ProductRow.shop_id == shop.id, ProductRow.by_phone)
        )
    )
    for sku, row in known.items():
        if sku not in listed and row.product_id not in listed_by_phone:
            changed |= settle(row, active=False)
    return changed


def _aliases(session: Session, shop: ShopRow, file: ShopFile) -> bool:
    """The file's aliases. What a seller named by phone stays, unless the file gives the same words or
    calls another product so."""
    wanted = {alias: entry.sku for entry in file.products for alias in entry.aliases}
    for entry in file.products:
        wanted.update({alias: each.sku for each in entry.variants for alias in each.aliases})
    in_file = {alias.casefold() for alias in wanted}
    called = {entry.name.casefold(): entry.sku for entry in file.products}
    changed = False
    for row in session.scalars(select(AliasRow).where(AliasRow.shop_id == shop.id)):
        if row.alias in wanted:
            changed |= settle(row, sku=wanted.pop(row.alias), by_phone=False)
        elif _stays(row, in_file, called):
            continue
        else:
            session.delete(row)
            changed = True
    for alias, sku in wanted.items():
        session.add(AliasRow(id=new_id(), shop_id=shop.id, sku=sku, alias=alias))
    return changed or bool(wanted)


def _stays(row: AliasRow, in_file: Collection[str], called: Mapping[str, str]) -> bool:
    alias = row.alias.casefold()
    return row.by_phone and alias not in in_file and called.get(alias, row.sku) == row.sku
