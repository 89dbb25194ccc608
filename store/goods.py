"""What a shop sells, as one value: a product with its kinds."""

from dataclasses import dataclass

from flows.ports.ratings import Average
from store.prices.deal import NO_DEAL, Deal

# All of it, in hundredths of a percent.
WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Kind:
    """One variant. `price` and `base_price` None: the product's, the price with `modifier` added; in minor
    units. `floor` and `floor_off` as a product's."""

    sku: str
    label: str
    words: tuple[str, ...]
    price: int | None
    floor: int | None = None
    floor_off: int | None = None
    base_price: int | None = None
    modifier: int = 0
    deal: Deal = NO_DEAL


@dataclass(frozen=True, slots=True)
class Goods:
    """One product with its kinds; prices in minor units. `floor` is the least that it goes for,
    `floor_off` how far below the price that is, in hundredths of a percent; None: as is usual.
    `base_price` of each is its `supplier`'s, who is named by a key. Fewer than `minimum` are not sold."""

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
    rating: Average | None = None
    deal: Deal = NO_DEAL
    brand: str | None = None
    featured: bool = False
    backorder: bool = False
    minimum: int = 1

    def base_of(self, kind: Kind | None) -> int | None:
        """What the supplier gets for one; None where there is no supplier."""
        if self.supplier is None:
            return None
        own = kind.base_price if kind is not None else None
        return self.base_price if own is None else own

    def price_of(self, kind: Kind | None, price_list: str) -> int:
        """The list's price, without what lowers it for a while (store.prices); a kind keeps its distance
        from the product's."""
        base = self.price
        if price_list == "wholesale" and self.wholesale_price is not None:
            base = self.wholesale_price
        if kind is None:
            return base
        if kind.price is None:
            return max(base + kind.modifier, 0)
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
