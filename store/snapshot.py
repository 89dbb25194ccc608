"""A shop's catalogue as one value, read once per version and kept in the process.

Prices and names change seldom and always bump `ShopRow.catalogue_version`; stock is never in here.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import Any, overload
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from flows.ports.ratings import Average
from intents.understanding import Entry
from store.goods import Goods, Kind
from store.models import AliasRow, CategoryRow, ProductRow, PromotionRow, ShopRow, VariantRow
from store.prepared import PREPARED
from store.prices.deal import deal_of
from store.promotions.promotion import Promotion, promotion_of

KEPT = 256
_CHANGED = "sokoni.catalogues_changed"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One category: its id, its name, and what stands in it."""

    id: str
    name: str
    goods: tuple[Goods, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Active goods in the shop's order. `names` also knows what is no longer sold. `names_key` changes
    with the entries, not with prices: what is made of names alone outlives those. `promotions` are those
    that the shop has, running today or not."""

    key: str
    goods: tuple[Goods, ...]
    shelves: tuple[Shelf, ...]
    by_sku: Mapping[str, tuple[Goods, Kind | None]]
    by_code: Mapping[int, Goods]
    names: Mapping[str, str]
    entries: Sequence[Entry]
    names_key: str
    promotions: tuple[Promotion, ...] = ()


class Entries(Sequence[Entry]):
    """A big shop's entries, made when they are asked for and kept nowhere."""

    def __init__(self, goods: Sequence[Goods], aliases: Mapping[str, Sequence[str]]) -> None:
        self._goods = goods
        self._aliases = aliases

    def __iter__(self) -> Iterator[Entry]:
        return (entry for goods in self._goods for entry in _entries(goods, self._aliases))

    def __len__(self) -> int:
        return sum(1 + len(goods.kinds) for goods in self._goods)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | Sequence[Entry]:
        return tuple(self)[place]


class Snapshots:
    """The most recently used catalogues of this process, at most `most` of them. Thread-safe."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[str, Snapshot] = OrderedDict()
        self._lock = Lock()

    def of(self, session: Session, shop: ShopRow) -> Snapshot:
        """The shop's catalogue as it stands for this transaction."""
        key = f"{shop.id}:{shop.catalogue_version}:{shop.names_key}"
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = read_snapshot(session, shop.id, key, kept=shop.names_key)
        # A version that this transaction made may yet be rolled back, and then made otherwise.
        if shop.id not in session.info.get(_CHANGED, ()):
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return made


def changed(session: Session, shop: ShopRow) -> None:
    """A name or a price changed: from here on the shop's catalogue has another key."""
    session.flush()
    version = session.execute(
        update(ShopRow)
        .where(ShopRow.id == shop.id)
        .values(catalogue_version=ShopRow.catalogue_version + 1)
        .returning(ShopRow.catalogue_version)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    set_committed_value(shop, "catalogue_version", version)
    session.info.setdefault(_CHANGED, set()).add(shop.id)


def read_snapshot(
    session: Session, shop_id: UUID, key: str, *, kept: str | None = None
) -> Snapshot:
    """Read a whole catalogue: five statements, whatever its size. `kept` is the key under which its
    names are written down for being looked up: then they are not kept here as well."""
    asked = {"shop_id": shop_id}
    categories = session.execute(CATEGORIES, asked).all()
    products = session.execute(PRODUCTS, asked).all()
    variants = session.execute(VARIANTS, asked).all()
    aliases: dict[str, list[str]] = {}
    for sku, alias in session.execute(ALIASES, asked):
        aliases.setdefault(sku, []).append(alias)
    of_product: dict[UUID, list[Row[Any]]] = {}
    for variant in variants:
        of_product.setdefault(variant.product_id, []).append(variant)
    titles = {category.id: category.name for category in categories}

    goods: list[Goods] = []
    names: dict[str, str] = {}
    for row in products:
        made = _goods(row, of_product.get(row.id, ()), titles)
        names[row.sku] = row.name
        names.update({v.sku: made.label_of(_kind(v)) for v in of_product.get(row.id, ())})
        if row.active and not row.hidden and (made.kinds or row.id not in of_product):
            goods.append(made)
    entries: Sequence[Entry] = Entries(goods, aliases)
    if kept is None:
        entries = tuple(entries)
    return Snapshot(
        key=key,
        goods=tuple(goods),
        shelves=tuple(
            Shelf(str(c.id), c.name, inside)
            for c in categories
            if (inside := _shelved(goods, c.name))
        ),
        by_sku={sku: found for g in goods for sku, found in _skus(g)},
        by_code={g.code: g for g in goods if g.code is not None},
        names=names,
        entries=entries,
        names_key=f"{shop_id}:{kept or _digest(entries)}",
        promotions=tuple(map(promotion_of, session.execute(PROMOTIONS, asked))),
    )


def _shelved(goods: Sequence[Goods], category: str) -> tuple[Goods, ...]:
    """What the seller puts in front comes first, the rest as it stands in the shop."""
    inside = [each for each in goods if each.category == category]
    return tuple(sorted(inside, key=lambda each: not each.featured))


def _digest(entries: Sequence[Entry]) -> str:
    digest = blake2b(digest_size=16)
    for entry in entries:
        digest.update(repr(entry).encode())
    return digest.hexdigest()


def _whole(table: type[CategoryRow] | type[ProductRow] | type[VariantRow]) -> Select[Any]:
    """All of a shop's, in its order: as plain rows, which are read more quickly than mapped ones."""
    columns = [getattr(table, name) for name in table.__table__.c.keys()]  # noqa: SIM118
    whole = select(*columns).where(table.shop_id == bindparam("shop_id"))
    return whole.order_by(table.position).execution_options(**PREPARED)


CATEGORIES, PRODUCTS, VARIANTS = _whole(CategoryRow), _whole(ProductRow), _whole(VariantRow)
_OF_PROMOTIONS = ("id", "name", "terms", "limit_total", "limit_each", "paused")
PROMOTIONS = (
    select(*(getattr(PromotionRow, name) for name in _OF_PROMOTIONS))
    .where(PromotionRow.shop_id == bindparam("shop_id"), PromotionRow.active)
    .order_by(PromotionRow.position, PromotionRow.name)
    .execution_options(**PREPARED)
)
ALIASES = (
    select(AliasRow.sku, AliasRow.alias)
    .where(AliasRow.shop_id == bindparam("shop_id"))
    .execution_options(**PREPARED)
)


def _kind(row: Row[Any]) -> Kind:
    words = tuple(str(value) for value in row.attributes.values())
    label = " ".join(words) or row.sku
    return Kind(
        sku=row.sku,
        label=label,
        words=words,
        price=row.price,
        floor=row.floor,
        floor_off=row.floor_off,
        base_price=row.base_price,
        modifier=row.modifier or 0,
        deal=deal_of(row),
    )


def _goods(row: Row[Any], variants: Sequence[Row[Any]], titles: Mapping[UUID, str]) -> Goods:
    return Goods(
        sku=row.sku,
        name=row.name,
        description=row.description,
        category=titles.get(row.category_id) if row.category_id else None,
        unit=row.unit,
        price=row.price,
        wholesale_price=row.wholesale_price,
        code=row.code,
        picture=row.picture,
        kinds=tuple(_kind(variant) for variant in variants if variant.active),
        floor=row.floor,
        floor_off=row.floor_off,
        base_price=row.base_price,
        supplier=row.supplier,
        rating=Average.of(row.stars, row.raters),
        deal=deal_of(row),
        brand=row.brand,
        featured=row.featured,
        backorder=row.backorder,
        minimum=row.minimum,
    )


def _skus(goods: Goods) -> Sequence[tuple[str, tuple[Goods, Kind | None]]]:
    return [(goods.sku, (goods, None)), *((kind.sku, (goods, kind)) for kind in goods.kinds)]


def _entries(goods: Goods, aliases: Mapping[str, Sequence[str]]) -> Sequence[Entry]:
    whole = Entry(
        sku=goods.sku,
        name=goods.name,
        aliases=tuple(sorted(aliases.get(goods.sku, ()))),
        unit=goods.unit,
        category=goods.category,
    )
    kinds = (
        Entry(
            sku=kind.sku,
            name=f"{goods.name} {kind.label}",
            aliases=tuple(sorted(aliases.get(kind.sku, ()))),
            parent=goods.sku,
            words=kind.words,
            unit=goods.unit,
            category=goods.category,
        )
        for kind in goods.kinds
    )
    return [whole, *kinds]
