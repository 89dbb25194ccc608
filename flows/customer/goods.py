"""What a sku is called and costs, whether it is a product or one of its variants."""

from dataclasses import dataclass

from flows.money import Money
from flows.ports.catalogue import Product
from flows.visit import Visit


@dataclass(frozen=True, slots=True)
class Goods:
    """One thing that can be bought. `title` says the variant ("Rice 5kg"); `free` is None when stock
    is not counted."""

    sku: str
    title: str
    price: Money
    free: int | None

    @property
    def sold_out(self) -> bool:
        return self.free is not None and self.free <= 0


def goods(product: Product, sku: str) -> Goods:
    """`product` itself, or its variant `sku`."""
    variant = product.variant(sku)
    if variant is None:
        return Goods(product.sku, product.name, product.price, product.free)
    return Goods(variant.sku, f"{product.name} {variant.label}", variant.price, variant.free)


def find_goods(visit: Visit, sku: str) -> Goods | None:
    product = visit.ports.catalogue.product(sku)
    return goods(product, sku) if product else None


def title_of(visit: Visit, sku: str) -> str:
    """Its title, or the sku itself where it is no longer sold."""
    found = find_goods(visit, sku)
    return found.title if found else sku
