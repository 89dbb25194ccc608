"""[[listings]]: goods out of the catalogue of a supplier's own shop."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from store.shopfile.table import Table
from store.shopfile.values import ListingEntry, ProductEntry
from store.terms import Supplier

MOST_MARKUP = 1000


def read_listings(
    tables: Sequence[Table],
    currency: str,
    suppliers: Sequence[Supplier],
    products: Sequence[ProductEntry],
) -> tuple[ListingEntry, ...]:
    """Each sku once; the shop's own `products` are not listed."""
    shops = {each.key for each in suppliers if each.shop is not None}
    taken = {product.sku.casefold() for product in products}
    entries: list[ListingEntry] = []
    for place, table in enumerate(tables):
        for entry in _entries(table, f"listings[{place}]", currency, shops):
            if entry.sku is not None and entry.sku.casefold() in taken:
                table.wrong("skus", f'"{entry.sku}" is there twice')
            elif entry.sku is not None:
                taken.add(entry.sku.casefold())
            entries.append(entry)
        table.close()
    return tuple(entries)


def _entries(table: Table, key: str, currency: str, shops: set[str]) -> Iterator[ListingEntry]:
    supplier = table.needed("from")
    if supplier and supplier not in shops:
        table.wrong("from", f'"{supplier}" is not among the suppliers with a shop of their own')
    skus, categories = table.texts("skus"), table.texts("categories")
    price, markup = table.amount("price", currency), _markup(table)
    if not skus and not categories:
        table.wrong("skus", "is missing; name skus, or categories")
    if price is not None and (categories or len(skus) > 1):
        table.wrong("price", "is of one sku; use markup for more")
    for sku in skus:
        yield ListingEntry(key, supplier, sku, None, price, markup)
    for category in categories:
        yield ListingEntry(key, supplier, None, category, None, markup)


def _markup(table: Table) -> int:
    """In hundredths of a percent."""
    percent = table.decimal("markup")
    if percent is not None and not 0 <= percent <= MOST_MARKUP:
        table.wrong("markup", f"must be from 0 to {MOST_MARKUP} percent")
    return int(((percent or Decimal(0)) * 100).quantize(Decimal(1), ROUND_HALF_UP))
