"""A shop's catalogue as one value, read once per version and kept in the process.

Prices and names change seldom and always bump `ShopRow.catalogue_version`; stock is never in here.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from intents.understanding import Entry
from store.models import AliasRow, CategoryRow, ProductRow, ShopRow, VariantRow
from store.prepared import PREPARED

KEPT = 256
_CHANGED = "sokoni.catalogues_changed"


@dataclass(frozen=True, slots=True)
class Kind:
    """One variant. `price` None: the product's; both in minor units."""

    sku: str
    label: str
    words: tuple[str, ...]
    price: int | None


@dataclass(frozen=True, slots=True)
class Goods:
    """One product with its kinds; prices in minor units."""

    sku: str
    name: str
    description: str | None
    category: str | None
    unit: str | None
    price: int
    wholesale_price: int | None
    code: int | None
    picture: str | None
    kinds: tuple[Kind, ...]

    def price_of(self, kind: Kind | None, price_list: str) -> int:
        """The list's price; a kind keeps its distance from the product's retail price."""
        base = self.price
        if price_list == "wholesale" and self.wholesale_price is not None:
            base = self.wholesale_price
        if kind is None or kind.price is None:
            return base
        return max(base + kind.price - self.price, 0)

    def label_of(self, kind: Kind | None) -> str:
        """ "Rice 5kg": the name that says the variant."""
        return self.name if kind is None else f"{self.name} {kind.label}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One category: its id, its name, and what stands in it."""

    id: str
    name: str
    goods: tuple[Goods, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Active goods in the shop's order. `names` also knows what is no longer sold."""

    key: str
    goods: tuple[Goods, ...]
    shelves: tuple[Shelf, ...]
    by_sku: Mapping[str, tuple[Goods, Kind | None]]
    by_code: Mapping[int, Goods]
    names: Mapping[str, str]
    entries: tuple[Entry, ...]


class Snapshots:
    """The most recently used catalogues of this process, at most `most` of them. Thread-safe."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[str, Snapshot] = OrderedDict()
        self._lock = Lock()

    def of(self, session: Session, shop: ShopRow) -> Snapshot:
        """The shop's catalogue as it stands for this transaction."""
        key = f"{shop.id}:{shop.catalogue_version}"
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = read_snapshot(session, shop.id, key)
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


def read_snapshot(session: Session, shop_id: UUID, key: str) -> Snapshot:
    """Read a whole catalogue: four statements, whatever its size."""
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
        if row.active and (made.kinds or row.id not in of_product):
            goods.append(made)
    return Snapshot(
        key=key,
        goods=tuple(goods),
        shelves=tuple(
            Shelf(str(c.id), c.name, inside)
            for c in categories
            if (inside := tuple(g for g in goods if g.category == c.name))
        ),
        by_sku={sku: found for g in goods for sku, found in _skus(g)},
        by_code={g.code: g for g in goods if g.code is not None},
        names=names,
        entries=tuple(entry for g in goods for entry in _entries(g, aliases)),
    )


def _whole(table: type[CategoryRow] | type[ProductRow] | type[VariantRow]) -> Select[Any]:
    """All of a shop's, in its order: as plain rows, which are read more quickly than mapped ones."""
    columns = [getattr(table, name) for name in table.__table__.c.keys()]  # noqa: SIM118
    whole = select(*columns).where(table.shop_id == bindparam("shop_id"))
    return whole.order_by(table.position).execution_options(**PREPARED)


CATEGORIES, PRODUCTS, VARIANTS = _whole(CategoryRow), _whole(ProductRow), _whole(VariantRow)
ALIASES = (
    select(AliasRow.sku, AliasRow.alias)
    .where(AliasRow.shop_id == bindparam("shop_id"))
    .execution_options(**PREPARED)
)


def _kind(row: Row[Any]) -> Kind:
    words = tuple(str(value) for value in row.attributes.values())
    return Kind(row.sku, " ".join(words) or row.sku, words, row.price)


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
