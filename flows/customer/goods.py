"""What a sku is called and costs, whether it is a product or one of its variants."""

from dataclasses import dataclass

from flows.money import Money
from flows.ports.catalogue import Product
from flows.ports.prices import Price
from flows.visit import Visit


@dataclass(frozen=True, slots=True)
class Goods:
    """One thing that can be bought. `title` says the variant ("Rice 5kg"); `free` is None when stock
    is not counted. `terms` says why it costs that; fewer than `minimum` are not sold."""

    sku: str
    title: str
    price: Money
    free: int | None
    terms: Price | None = None
    minimum: int = 1

    def cost(self, count: int) -> Money:
        """What `count` of it cost together."""
        return (self.terms.each_of(count) if self.terms else self.price) * count

    @property
    def sold_out(self) -> bool:
        return self.free is not None and self.free <= 0


def goods(product: Product, sku: str) -> Goods:
    """`product` itself, or its variant `sku`."""
    variant = product.variant(sku)
    if variant is None:
        return Goods(
            product.sku, product.name, product.price, product.free, product.terms, product.minimum
        )
    title = f"{product.name} {variant.label}"
    return Goods(variant.sku, title, variant.price, variant.free, variant.terms, product.minimum)


def find_goods(visit: Visit, sku: str) -> Goods | None:
    product = visit.ports.catalogue.product(sku)
    return goods(product, sku) if product else None


def fewest(visit: Visit, one: Goods) -> int:
    """As many of it as are put into the cart where nobody said how many."""
    if one.minimum == 1 or any(line.sku == one.sku for line in visit.ports.cart.read().lines):
        return 1
    return one.minimum if one.free is None else min(one.minimum, one.free)


def title_of(visit: Visit, sku: str) -> str:
    """Its title, or the sku itself where it is no longer sold."""
    found = find_goods(visit, sku)
    return found.title if found else sku
