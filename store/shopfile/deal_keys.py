"""`sale_price` with its dates, and `breaks`, of a product or a variant."""

from itertools import pairwise

from store.prices.deal import NO_DEAL, Deal
from store.shopfile.moments import read_span
from store.shopfile.table import Table

SALE, FROM, UNTIL, BREAKS = "sale_price", "sale_from", "sale_until", "breaks"
MOST_BREAKS = 5
MOST_PIECES = 100_000


def read_deal(
    table: Table,
    currency: str,
    timezone: str,
    price: int | None,
    base: int | None,
    *,
    by_kind: bool = False,
) -> Deal:
    """What is written, held against the `price` that it lowers and the supplier's `base` price; None
    among those: missing or wrong themselves. `by_kind`: the variants have prices of their own."""
    begins, ends = read_span(table, FROM, UNTIL, timezone)
    sale = table.amount(SALE, currency)
    breaks = _breaks(table, currency)
    for key, there in ((SALE, sale is not None), (BREAKS, bool(breaks))):
        if there and by_kind:
            table.wrong(key, "write it at each variant that has its own price")
    if sale is None and (begins or ends) and not table.has(SALE):
        table.wrong(SALE, "is missing: what does it cost in that time?")
    if sale is not None:
        _check(table, SALE, sale, price, base)
    for least, each in breaks:
        _check(table, f"{BREAKS}.{least}", each, price, base)
    if sale is None and not breaks:
        return NO_DEAL
    return Deal(sale, begins, ends, breaks)


def _check(table: Table, key: str, amount: int, price: int | None, base: int | None) -> None:
    if amount == 0:
        table.wrong(key, "must be more than nothing")
    elif price is not None and amount >= price:
        table.wrong(key, "is not below the price")
    elif base is not None and amount < base:
        table.wrong(key, "is below the supplier's base price")


def _breaks(table: Table, currency: str) -> tuple[tuple[int, int], ...]:
    """Each of more pieces costs less than each of fewer."""
    inner = table.table(BREAKS)
    if inner is None:
        return ()
    found = []
    for key in inner.keys:
        each = inner.amount(key, currency)
        if not key.isascii() or not key.isdigit() or not 2 <= int(key) <= MOST_PIECES:
            inner.wrong(key, "must be a number of pieces, from 2")
        elif each is not None:
            found.append((int(key), each))
    found.sort()
    if len(found) > MOST_BREAKS:
        table.wrong(BREAKS, f"has more than {MOST_BREAKS} prices")
    for (_, dearer), (least, cheaper) in pairwise(found):
        if cheaper >= dearer:
            inner.wrong(str(least), "is not below the price of fewer pieces")
    return tuple(found)
