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

from intents.understanding import Entry
from store.models import AliasRow, CategoryRow, ProductRow, ShopRow, VariantRow
from store.prepared import PREPARED

KEPT = 256
# All of it, in hundredths of a percent.
WHOLE = 10_000
_CHANGED = "sokoni.catalogues_changed"


@dataclass(frozen=True, slots=True)
class Kind:
    """One variant. `price` and `base_price` None: the product's; in minor units. `floor` and `floor_off`
    as a product's."""

    sku: str
    label: str
    words: tuple[str, ...]
    price: int | None
    floor: int | None = None
    floor_off: int | None = None
    base_price: int | None = None


@dataclass(frozen=True, slots=True)
class Goods:
    """One product with its kinds; prices in minor units. `floor` is the least that it goes for,
    `floor_off` how far below the price that is, in hundredths of a percent; None: as is usual.
    `base_price` of each is its `supplier`'s, who is named by a key."""

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
    floor: int | None = None
    floor_off: int | None = None
    base_price: int | None = None
    supplier: str | None = None

    def base_of(self, kind: Kind | None) -> int | None:
        """What the supplier gets for one; None where there is no supplier."""
        if self.supplier is None:
            return None
        own = kind.base_price if kind is not None else None
        return self.base_price if own is None else own

    def price_of(self, kind: Kind | None, price_list: str) -> int:
        """The list's price; a kind keeps its distance from the product's retail price."""
        base = self.price
        if price_list == "wholesale" and self.wholesale_price is not None:
            base = self.wholesale_price
        if kind is None or kind.price is None:
            return base
        return max(base + kind.price - self.price, 0)

    def floor_of(self, kind: Kind | None, usual: int) -> int | None:
        """The least that one piece goes for, None where its price is not talked about. `usual` is how
        far below it the shop goes otherwise, in hundredths of a percent. Never below half the price, nor
        below what the supplier gets."""
        price = self.price_of(kind, "retail")
        least = self._written_floor(kind)
        if least is None:
            offs = (kind.floor_off if kind else None, self.floor_off, usual)
            off = next(each for each in offs if each is not None)
            least = price - price * off // WHOLE
        least = max(least, -(-price // 2), self.base_of(kind) or 0)
        return least if least < price else None

    def _written_floor(self, kind: Kind | None) -> int | None:
        """An amount that was written for just this. A product's is not that of a kind with a price of
        its own."""
        if kind is None:
            return self.floor
        if kind.floor is not None or kind.floor_off is not None:
            return kind.floor
        return self.floor if kind.price is None else None

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
    """Active goods in the shop's order. `names` also knows what is no longer sold. `names_key` changes
    with the entries, not with prices: what is made of names alone outlives those."""

    key: str
    goods: tuple[Goods, ...]
    shelves: tuple[Shelf, ...]
    by_sku: Mapping[str, tuple[Goods, Kind | None]]
    by_code: Mapping[int, Goods]
    names: Mapping[str, str]
    entries: Sequence[Entry]
    names_key: str


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
    """Read a whole catalogue: four statements, whatever its size. `kept` is the key under which its
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
        if row.active and (made.kinds or row.id not in of_product):
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
            if (inside := tuple(g for g in goods if g.category == c.name))
        ),
        by_sku={sku: found for g in goods for sku, found in _skus(g)},
        by_code={g.code: g for g in goods if g.code is not None},
        names=names,
        entries=entries,
        names_key=f"{shop_id}:{kept or _digest(entries)}",
    )


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
ALIASES = (
    select(AliasRow.sku, AliasRow.alias)
    .where(AliasRow.shop_id == bindparam("shop_id"))
    .execution_options(**PREPARED)
)


def _kind(row: Row[Any]) -> Kind:
    words = tuple(str(value) for value in row.attributes.values())
    label = " ".join(words) or row.sku
    return Kind(row.sku, label, words, row.price, row.floor, row.floor_off, row.base_price)


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
