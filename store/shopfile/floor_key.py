"""`floor` of a product or a variant, and `bargain` of the shop: how low prices may be talked."""

import re
from decimal import ROUND_HALF_UP, Decimal

from store.shopfile.table import Table
from store.shopfile.values import FloorEntry

KEY = "floor"
LIKE = 'must be an amount, or a percentage off the price like "10%"'
# Nothing goes for less than half of its price.
MOST_PERCENT = 50
_PERCENT = re.compile(r"\s*(\d{1,3}(?:\.\d{1,2})?)\s*%\s*")


def read_floor(
    table: Table, currency: str, price: int | None, *, by_kind: bool = False
) -> FloorEntry:
    """What is written, held against the `price` (minor units) that it is a floor for; None: that is
    missing or wrong itself. `by_kind`: the variants have prices of their own."""
    written = table.value(KEY)
    if written is None:
        return FloorEntry()
    percent = _PERCENT.fullmatch(written) if isinstance(written, str) else None
    if percent is not None:
        return FloorEntry(off=_hundredths(table, KEY, Decimal(percent[1])))
    if isinstance(written, str) and "%" in written:
        table.wrong(KEY, LIKE)
        return FloorEntry()
    amount = table.amount(KEY, currency)
    if amount is None:
        return FloorEntry()
    if by_kind:
        table.wrong(KEY, "write it at each variant that has its own price, or as a percentage")
    elif price is not None and amount > price:
        table.wrong(KEY, "is above the price")
    elif price is not None and amount * 2 < price:
        table.wrong(KEY, "is less than half of the price")
    return FloorEntry(amount=amount)


def read_bargain(table: Table, key: str) -> int:
    """The shop's usual percentage off, in hundredths of a percent; 0: prices are not talked about."""
    percent = table.decimal(key)
    return _hundredths(table, key, percent) if percent is not None else 0


def _hundredths(table: Table, key: str, percent: Decimal) -> int:
    if percent > MOST_PERCENT:
        table.wrong(key, f"is more than {MOST_PERCENT} percent")
    return int((percent * 100).quantize(Decimal(1), ROUND_HALF_UP))
