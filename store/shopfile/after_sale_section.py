"""[after_sale]: cancelling an order, and giving goods back."""

from store.after_sale import AfterSale
from store.shopfile.table import Table

LONGEST_WINDOW = 90


def read_after_sale(table: Table | None) -> AfterSale:
    """The usual terms where nothing is written."""
    usual = AfterSale()
    if table is None:
        return usual
    days = table.whole("return_days", 0, LONGEST_WINDOW)
    terms = AfterSale(
        return_days=usual.return_days if days is None else days,
        cancel_keeps=_percent(table, "cancel_keeps"),
        refusal_keeps=_percent(table, "refusal_keeps") or 0,
    )
    table.close()
    return terms


def _percent(table: Table, key: str) -> int | None:
    """In hundredths of a percent."""
    percent = table.decimal(key)
    if percent is None:
        return None
    if percent > 100:
        table.wrong(key, "is more than 100 percent")
    return int(percent * 100)
