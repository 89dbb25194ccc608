"""[[suppliers]], and `supplier` and `base_price` of goods: whose they are, and what their owner gets."""

from collections.abc import Collection, Sequence

from store.shopfile.table import Table
from store.terms import Supplier

KEY = r"[a-z0-9]+(-[a-z0-9]+)*"
BASE = "base_price"
POOL = rf"{KEY}:[A-Za-z0-9][A-Za-z0-9._-]{{0,39}}"


def read_suppliers(tables: Sequence[Table], country: str) -> tuple[Supplier, ...]:
    """Each with a key of its own, which goods name."""
    suppliers: dict[str, Supplier] = {}
    for table in tables:
        key = table.matching("key", KEY, 'like "kilimo"', required=True) or ""
        if key and key in suppliers:
            table.wrong("key", f'the key "{key}" is there twice')
        name, phone = table.needed("name", longest=40), table.phone("phone", country) or ""
        shop = table.matching("shop", KEY, 'the slug of a shop, like "kilimo"')
        suppliers[key] = Supplier(key, name, phone, shop)
        table.close()
    return tuple(suppliers.values())


def read_supplier(table: Table, known: Collection[str]) -> str | None:
    """Whose a product is."""
    key = table.text("supplier")
    if key is not None and key not in known:
        table.wrong("supplier", f'"{key}" is not among the suppliers')
    return key


def read_pool(table: Table, known: Collection[str]) -> str | None:
    """The supplier and their own name of goods that are counted together with other shops'."""
    pool = table.matching("pool", POOL, 'like "kilimo:rice-5kg"')
    if pool is not None and pool.partition(":")[0] not in known:
        table.wrong("pool", f'"{pool.partition(":")[0]}" is not among the suppliers')
        return None
    return pool


def read_base(table: Table, currency: str, prices: Sequence[int | None]) -> int | None:
    """What the supplier gets for one, in minor units; at most the least of the `prices` it goes for.
    None among those are missing or wrong themselves."""
    base = table.amount(BASE, currency)
    least = min((price for price in prices if price is not None), default=None)
    if base is not None and least is not None and base > least:
        table.wrong(BASE, "is above the price")
    return base
