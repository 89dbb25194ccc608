"""A seller puts something new on sale."""

import re
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from flows.money import Money, MoneyError
from flows.ports.catalogue import UNSORTED
from flows.ports.refusals import BadAmount, NameTaken, Refusal
from flows.ports.stall import PutOnSale
from intents.folding import fold
from intents.listing import Listing
from store import stock_taking
from store.actor import Actor
from store.codes import CODES
from store.ids import new_id
from store.lookup.upkeep import keep_as_it_is
from store.models import CategoryRow, ProductRow, ShopRow, VariantRow
from store.pricing import MOST
from store.scope import Scope
from store.snapshot import Snapshot, changed

LONGEST_SKU = 24
_WORD = re.compile(r"[a-z0-9]+")


def add(scope: Scope, snapshot: Snapshot, listing: Listing, actor: Actor) -> PutOnSale | Refusal:
    """Refuses BadAmount, and NameTaken where the shop has something of that name. Two members of the
    staff who add at once do so one after the other."""
    price = price_of(scope, listing)
    if isinstance(price, BadAmount):
        return price
    _lock(scope)
    products = scope.session.scalars(
        select(ProductRow).where(ProductRow.shop_id == scope.shop.id)
    ).all()
    same = next((p for p in products if same_name(p.name, listing.name)), None)
    if same is not None:
        return NameTaken(same.name, same.sku)
    row = ProductRow(
        id=new_id(),
        shop_id=scope.shop.id,
        sku=_sku(listing.name, _skus(scope, products)),
        name=listing.name,
        category_id=_category(scope, snapshot, listing.name),
        unit=listing.unit,
        price=price.minor,
        code=_code({p.code for p in products}),
        by_phone=True,
        position=max((p.position for p in products), default=-1) + 1,
    )
    scope.session.add(row)
    scope.session.flush()
    if listing.count is not None:
        stock_taking.set_count(scope, row.sku, listing.count, actor)
    changed(scope.session, scope.shop)
    keep_as_it_is(scope.session, scope.shop)
    return PutOnSale(row.name, row.sku, row.code or 0, price, listing.count)


def price_of(scope: Scope, listing: Listing) -> Money | BadAmount:
    """In the shop's currency; what that cannot pay is no price."""
    try:
        price = Money.of(listing.price, scope.shop.currency)
    except MoneyError:
        return BadAmount(str(listing.price))
    return price if 0 < price.minor <= MOST else BadAmount(str(listing.price))


def same_name(one: str, other: str) -> bool:
    """Alike without case and marks."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(_WORD.findall(fold(name)))


def _lock(scope: Scope) -> None:
    """The shop's row, from which skus and codes are given out."""
    scope.session.execute(
        select(ShopRow.id).where(ShopRow.id == scope.shop.id).with_for_update(key_share=True)
    )


def _skus(scope: Scope, products: Collection[ProductRow]) -> set[str]:
    kinds = scope.session.scalars(select(VariantRow.sku).where(VariantRow.shop_id == scope.shop.id))
    return {sku.casefold() for sku in (*(p.sku for p in products), *kinds)}


def _sku(name: str, taken: Collection[str]) -> str:
    """ "ankara-gown", or "ankara-gown-2" where that is something else."""
    sku = "-".join(_WORD.findall(fold(name)))[:LONGEST_SKU].strip("-") or "item"
    number = 1
    made = sku
    while made in taken:
        number += 1
        made = f"{sku}-{number}"
    return made


def _code(taken: Collection[int | None]) -> int | None:
    return next((code for code in CODES if code not in taken), None)


def _category(scope: Scope, snapshot: Snapshot, name: str) -> UUID:
    """Where goods stand that are called alike, the shop's only one, or the one of unsorted goods."""
    words = set(_plain(name).split())
    alike = next((g.category for g in snapshot.goods if words & set(_plain(g.name).split())), None)
    rows = scope.session.execute(
        select(CategoryRow.name, CategoryRow.id)
        .where(CategoryRow.shop_id == scope.shop.id)
        .order_by(CategoryRow.position)
    )
    known: dict[str, UUID] = {row.name: row.id for row in rows}
    if alike in known:
        return known[alike]
    if len(known) == 1:
        return next(iter(known.values()))
    return known.get(UNSORTED) or _new_category(scope.session, scope.shop.id)


def _new_category(session: Session, shop_id: UUID) -> UUID:
    last = session.scalar(
        select(func.max(CategoryRow.position)).where(CategoryRow.shop_id == shop_id)
    )
    row = CategoryRow(id=new_id(), shop_id=shop_id, name=UNSORTED, position=(last or 0) + 1)
    session.add(row)
    session.flush()
    return row.id
