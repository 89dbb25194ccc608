"""What a shop sells, at one customer's prices: the catalogue as flows ask for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from uuid import UUID

from flows.ports.catalogue import Category, Product, Variant
from flows.ports.prices import Price
from intents.understanding import Catalogue, Entry
from store import shelf
from store.facts import note
from store.goods import Goods, Kind
from store.lookup.finding import VastNames
from store.lookup.keeping import is_kept
from store.misses.hearing import hear
from store.prices.pricing import Terms, price_of
from store.scope import Scope
from store.snapshot import Snapshot, Snapshots

SNAPSHOTS = Snapshots()
# Shorter words of a name say little of what it is.
SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class Names:
    """A catalogue's names for the language engine."""

    key: str
    entries: Sequence[Entry]


class ShopCatalogue:
    """Implements flows.ports.catalogue.CataloguePort. One turn reads each sku's stock once."""

    def __init__(
        self,
        scope: Scope,
        price_list: str,
        snapshots: Snapshots = SNAPSHOTS,
        *,
        asker: UUID | None = None,
    ) -> None:
        """`asker` is the person whose wishes in vain count; None where nobody's do."""
        self._scope = scope
        self._asker = asker
        self._price_list = price_list
        self._snapshots = snapshots
        self._free: dict[str, int | None] = {}

    @property
    def snapshot(self) -> Snapshot:
        return self._snapshots.of(self._scope.session, self._scope.shop)

    @property
    def names(self) -> Catalogue:
        snapshot, shop = self.snapshot, self._scope.shop
        if is_kept(shop):
            key = f"{shop.id}:{shop.names_key}"
            return VastNames(self._scope.session, shop.id, key, snapshot.entries)
        return Names(snapshot.names_key, snapshot.entries)

    def categories(self) -> Sequence[Category]:
        return [Category(s.id, s.name, len(s.goods)) for s in self.snapshot.shelves]

    def in_category(self, category: str, most: int | None = None) -> Sequence[Product]:
        return self._products(self._shelf(category)[:most])

    def beside(self, sku: str, most: int) -> Sequence[Product]:
        wanted, _ = self.snapshot.by_sku.get(sku, (None, None))
        if wanted is None or wanted.category is None:
            return []
        others = (goods for goods in self._shelf(wanted.category) if goods.sku != wanted.sku)
        return self._products(nsmallest(most, others, key=lambda each: nearness(wanted, each)))

    def _shelf(self, category: str) -> Sequence[Goods]:
        """By a category's id, or by its name."""
        shelves = self.snapshot.shelves
        found = (each.goods for each in shelves if category in (each.id, each.name))
        return next(found, ())

    def product(self, sku: str) -> Product | None:
        found = self.products([sku])
        return found[0] if found else None

    def products(self, skus: Sequence[str]) -> Sequence[Product]:
        by_sku = self.snapshot.by_sku
        asked = {by_sku[sku][0].sku: by_sku[sku][0] for sku in skus if sku in by_sku}
        return self._products(asked.values())

    def by_code(self, code: int) -> Product | None:
        goods = self.snapshot.by_code.get(code)
        return self._products([goods])[0] if goods else None

    def missed(self, mention: str) -> None:
        scope = self._scope
        note(scope.session, "search_missed", {"mention": mention[:80]}, scope.now, scope.shop.id)
        if self._asker is not None:
            hear(scope, mention, self._asker)

    def free(self, skus: Iterable[str], *, again: bool = False) -> dict[str, int | None]:
        """Free stock by sku, None where it is not counted. `again` reads what was read before."""
        wanted = list(skus)
        missing = [sku for sku in wanted if again or sku not in self._free]
        if missing:
            counted = shelf.free(self._scope, missing)
            self._free.update({sku: self._left(sku, counted.get(sku)) for sku in missing})
        return {sku: self._free[sku] for sku in wanted}

    def price(
        self, goods: Goods, kind: Kind | None, quantity: int = 1, agreed: int | None = None
    ) -> Price:
        """What each of `quantity` costs this customer now; `agreed` in minor units."""
        terms = Terms(self._price_list, self._scope.shop.currency, self._scope.now)
        return price_of(goods, kind, terms, quantity, agreed)

    def _left(self, sku: str, counted: int | None) -> int | None:
        """What may be ordered beyond what is there never runs out."""
        goods, _ = self.snapshot.by_sku.get(sku, (None, None))
        return None if goods is not None and goods.backorder else counted

    def _products(self, goods: Iterable[Goods]) -> Sequence[Product]:
        listed = list(goods)
        free = self.free(sku for g in listed for sku in _sold(g))
        return [self._product(g, free) for g in listed]

    def _product(self, goods: Goods, free: dict[str, int | None]) -> Product:
        variants = tuple(
            Variant(k.sku, k.label, price.each, free[k.sku], price)
            for k in goods.kinds
            for price in (self.price(goods, k),)
        )
        own = self.price(goods, None)
        counts = [free[sku] for sku in _sold(goods)]
        known = [count for count in counts if count is not None]
        return Product(
            sku=goods.sku,
            name=goods.name,
            category=goods.category,
            unit=goods.unit,
            price=min((v.price for v in variants), default=own.each),
            free=sum(known) if len(known) == len(counts) else None,
            code=goods.code or 0,
            picture=goods.picture,
            description=goods.description,
            variants=variants,
            rating=goods.rating,
            terms=None if variants else own,
            minimum=goods.minimum,
            brand=goods.brand,
        )


def _sold(goods: Goods) -> Sequence[str]:
    """The skus under which a product is sold: its variants', where it has any."""
    return [kind.sku for kind in goods.kinds] or [goods.sku]


def nearness(wanted: Goods, other: Goods) -> tuple[bool, int, str]:
    """How near another product comes, the nearest first."""
    alike = bool(_words(wanted.name) & _words(other.name))
    return not alike, abs(other.price - wanted.price), other.sku


def _words(name: str) -> set[str]:
    return {word for word in name.casefold().split() if len(word) >= SHORTEST_WORD}
