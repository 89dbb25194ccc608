"""[[products]] and [[products.variants]]: what the shop sells."""

from collections.abc import Collection, Sequence

from flows.ports.catalogue import UNSORTED
from store.shopfile.floor_key import read_floor
from store.shopfile.supplier_section import BASE, read_base, read_supplier
from store.shopfile.table import Table
from store.shopfile.values import ProductEntry, VariantEntry

SKU = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
SKU_LIKE = 'a sku, like "rice-5kg" (letters, digits, ".", "_", "-")'
URL = r"https?://\S+"
MOST_STOCK = 10_000_000


class Once:
    """What may be there only once in a shop: skus, codes, aliases. Case does not tell them apart."""

    def __init__(self) -> None:
        self._taken: set[tuple[str, str]] = set()

    def claim(self, table: Table, key: str, what: str, value: str) -> None:
        if (what, value.casefold()) in self._taken:
            table.wrong(key, f'the {what} "{value}" is there twice')
        self._taken.add((what, value.casefold()))


def read_products(
    tables: Sequence[Table], currency: str, suppliers: Collection[str] = ()
) -> tuple[ProductEntry, ...]:
    """Read all products; their mistakes are written down in the tables. `suppliers` by their keys."""
    once = Once()
    return tuple(_product(table, currency, once, suppliers) for table in tables)


def _product(table: Table, currency: str, once: Once, suppliers: Collection[str]) -> ProductEntry:
    stock = table.whole("stock", 0, MOST_STOCK)
    price = table.amount("price", currency)
    variants = _variants(table, currency, stock, price, once)
    by_kind = any(variant.price is not None for variant in variants)
    price = _least(table, variants) if price is None else price
    code = table.whole("code", 1, 999)
    if code is not None:
        once.claim(table, "code", "code", str(code))
    wholesale_price = table.amount("wholesale_price", currency)
    base = read_base(table, currency, (price, wholesale_price))
    supplier = read_supplier(table, suppliers)
    _both_or_neither(table, supplier, base, variants)
    product = ProductEntry(
        sku=_sku(table, once),
        name=table.needed("name", longest=80),
        category=table.text("category", longest=40) or UNSORTED,
        price=price,
        aliases=_aliases(table, once),
        description=table.text("description", longest=500),
        unit=table.text("unit", longest=20),
        wholesale_price=wholesale_price,
        stock=None if variants else stock,
        picture=table.matching("picture", URL, "an address that begins with https://"),
        code=code,
        variants=variants,
        floor=read_floor(table, currency, price, by_kind=by_kind),
        base_price=base,
        supplier=supplier,
    )
    table.close()
    return product


def _both_or_neither(
    table: Table, supplier: str | None, base: int | None, variants: Sequence[VariantEntry]
) -> None:
    """A supplier's goods have a base price, each kind its own or the product's, and no others have."""
    bases = [base if each.base_price is None else each.base_price for each in variants] or [base]
    if supplier is not None and None in bases:
        table.wrong(BASE, "is missing: what does the supplier get for one?")
    if supplier is None and any(each is not None for each in bases):
        table.wrong("supplier", "is missing: who gets the base price?")
    for variant in variants:
        if base is None or variant.price is None or variant.base_price is not None:
            continue
        if base > variant.price:
            table.wrong(BASE, f'is above the price of "{variant.sku}"')


def _sku(table: Table, once: Once) -> str:
    sku = table.matching("sku", SKU, SKU_LIKE, required=True) or ""
    if sku:
        once.claim(table, "sku", "sku", sku)
    return sku


def _aliases(table: Table, once: Once) -> tuple[str, ...]:
    aliases = table.texts("aliases")
    for place, alias in enumerate(aliases):
        once.claim(table, f"aliases[{place}]", "alias", alias)
    return aliases


def _least(table: Table, variants: Sequence[VariantEntry]) -> int:
    """Where every variant has a price of its own, the product's may be left out."""
    own = [variant.price for variant in variants if variant.price is not None]
    if not table.has("price") and (not variants or len(own) < len(variants)):
        table.wrong("price", "is missing")
    return min(own, default=0)


def _variants(
    table: Table, currency: str, stock: int | None, price: int | None, once: Once
) -> tuple[VariantEntry, ...]:
    """The product's own stock and price are those of each variant which does not say another."""
    variants = []
    labels = Once()
    for inner in table.tables("variants"):
        attributes = inner.strings("attributes")
        if not attributes:
            inner.wrong("attributes", 'is missing; write it like { size = "5kg" }')
        labels.claim(inner, "attributes", "variant", " ".join(attributes.values()))
        own = inner.whole("stock", 0, MOST_STOCK)
        its_price = inner.amount("price", currency)
        variants.append(
            VariantEntry(
                sku=_sku(inner, once),
                attributes=attributes,
                price=its_price,
                stock=stock if own is None else own,
                aliases=_aliases(inner, once),
                floor=read_floor(inner, currency, price if its_price is None else its_price),
                base_price=read_base(inner, currency, (price if its_price is None else its_price,)),
            )
        )
        inner.close()
    return tuple(variants)
