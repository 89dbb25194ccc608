"""What can be bought."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flows.money import Money
from flows.ports.prices import Price
from flows.ports.ratings import Average
from intents.understanding import Catalogue as Names

# The category of what a shop put into none.
UNSORTED = "Other"


@dataclass(frozen=True, slots=True)
class Category:
    """`count` is how many products stand in it."""

    id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One kind of a product. `free` is None when stock is not counted. `terms` says why one piece costs
    `price`, and what more of it do."""

    sku: str
    label: str
    price: Money
    free: int | None
    terms: Price | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """A product as this customer sees it. With variants, `price` is the lowest and `free` their sum,
    and each has `terms` of its own. Fewer than `minimum` pieces are not sold. `rating` is None while too few
    buyers have given stars."""

    sku: str
    name: str
    category: str | None
    unit: str | None
    price: Money
    free: int | None
    code: int
    picture: str | None = None
    description: str | None = None
    variants: tuple[Variant, ...] = ()
    rating: Average | None = None
    terms: Price | None = None
    minimum: int = 1
    brand: str | None = None

    def variant(self, sku: str) -> Variant | None:
        return next((v for v in self.variants if v.sku == sku), None)

    @property
    def sold_out(self) -> bool:
        return self.free is not None and self.free <= 0


class CataloguePort(Protocol):
    """The shop's active products, at this customer's prices."""

    @property
    def names(self) -> Names:
        """For the language engine."""

    def categories(self) -> Sequence[Category]: ...
    def in_category(self, category: str, most: int | None = None) -> Sequence[Product]:
        """In the shop's order, at most so many."""

    def beside(self, sku: str, most: int) -> Sequence[Product]:
        """Others of its category, sold out or not: those first that share a word with its name, then by
        how near their price is."""

    def product(self, sku: str) -> Product | None:
        """By the product's sku or one of its variants'."""

    def products(self, skus: Sequence[str]) -> Sequence[Product]:
        """In the order asked for, unknown ones left out; variants give their product, once."""

    def by_code(self, code: int) -> Product | None: ...
    def missed(self, mention: str) -> None:
        """Somebody asked for this and nothing fitted."""
