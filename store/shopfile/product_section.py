"""[[products]] and [[products.variants]]: what the shop sells."""

from collections.abc import Collection, Sequence

from flows.ports.catalogue import UNSORTED
from store.shopfile.deal_keys import read_deal
from store.shopfile.floor_key import read_floor
from store.shopfile.stock_section import over, read_levels
from store.shopfile.supplier_section import BASE, read_base, read_pool, read_supplier
from store.shopfile.table import Table
from store.shopfile.values import ProductEntry, VariantEntry
from store.stock_terms import StockTerms

SKU = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
SKU_LIKE = 'a sku, like "rice-5kg" (letters, digits, ".", "_", "-")'
URL = r"https?://\S+"
MOST_STOCK = 10_000_000
MOST_MINIMUM = 999
MODIFIER = "modifier"


class Once:
    """What may be there only once in a shop: skus, codes, aliases. Case does not tell them apart."""

    def __init__(self) -> None:
        self._taken: set[tuple[str, str]] = set()

    def claim(self, table: Table, key: str, what: str, value: str) -> None:
        if (what, value.casefold()) in self._taken:
            table.wrong(key, f'the {what} "{value}" is there twice')
        self._taken.add((what, value.casefold()))


def read_products(
    tables: Sequence[Table],
    currency: str,
    suppliers: Collection[str] = (),
    timezone: str = "UTC",
) -> tuple[ProductEntry, ...]:
    """Read all products; their mistakes are written down in the tables. `suppliers` by their keys."""
    once = Once()
    return tuple(_product(table, currency, once, suppliers, timezone) for table in tables)


def _product(
    table: Table, currency: str, once: Once, suppliers: Collection[str], timezone: str
) -> ProductEntry:
    stock = table.whole("stock", 0, MOST_STOCK)
    price = table.amount("price", currency)
    levels = read_levels(table)
    variants = _variants(table, currency, stock, levels, price, once, suppliers, timezone)
    by_kind = any(variant.price is not None for variant in variants)
    price = _least(table, variants) if price is None else price
    code = table.whole("code", 1, 999)
    if code is not None:
        once.claim(table, "code", "code", str(code))
    wholesale_price = table.amount("wholesale_price", currency)
    base = read_base(table, currency, (price, wholesale_price))
    supplier = read_supplier(table, suppliers)
    _both_or_neither(table, supplier, base, variants)
    if variants and table.has("pool"):
        table.wrong("pool", "belongs to each of its variants")
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
        levels=levels,
        picture=table.matching("picture", URL, "an address that begins with https://"),
        code=code,
        variants=variants,
        floor=read_floor(table, currency, price, by_kind=by_kind),
        base_price=base,
        supplier=supplier,
        deal=read_deal(table, currency, timezone, price, base, by_kind=by_kind),
        cost=table.amount("cost", currency),
        brand=table.text("brand", longest=40),
        tags=table.texts("tags"),
        featured=table.truth("featured", default=False),
        backorder=table.truth("backorder", default=False),
        minimum=table.whole("minimum", 1, MOST_MINIMUM) or 1,
        pool=read_pool(table, suppliers),
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
    table: Table,
    currency: str,
    stock: int | None,
    levels: StockTerms,
    price: int | None,
    once: Once,
    suppliers: Collection[str],
    timezone: str,
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
        modifier = _modifier(inner, currency, price)
        goes_for = price if its_price is None else its_price
        if its_price is None and price is not None:
            goes_for = price + (modifier or 0)
        base = read_base(inner, currency, (goes_for,))
        variants.append(
            VariantEntry(
                sku=_sku(inner, once),
                attributes=attributes,
                price=its_price,
                stock=stock if own is None else own,
                levels=over(read_levels(inner), levels),
                aliases=_aliases(inner, once),
                floor=read_floor(inner, currency, goes_for),
                base_price=base,
                modifier=modifier,
                deal=read_deal(inner, currency, timezone, goes_for, base),
                cost=inner.amount("cost", currency),
                pool=read_pool(inner, suppliers),
            )
        )
        inner.close()
    return tuple(variants)


def _modifier(table: Table, currency: str, price: int | None) -> int | None:
    """What the variant costs more, or less, than the product; "-500" or -500 for less."""
    written = table.value(MODIFIER)
    if written is None:
        return None
    if table.has("price"):
        table.wrong(MODIFIER, "write either a price or a modifier")
    less = str(written).strip().startswith("-")
    size = Table({MODIFIER: str(written).strip().lstrip("+-")}, "", "", []).amount(
        MODIFIER, currency
    )
    if size is None:
        table.wrong(MODIFIER, "must be an amount, like 500 or -500")
        return None
    if less and price is not None and size >= price:
        table.wrong(MODIFIER, "leaves nothing of the price")
    return -size if less else size
