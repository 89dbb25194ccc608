"""From which numbers on the seller is told that something runs low: of any goods ([stock]), and of one
product or variant."""

from store.shopfile.table import Table
from store.stock_terms import StockTerms

MOST = 100_000


def read_stock_terms(table: Table | None) -> StockTerms:
    """[stock]."""
    if table is None:
        return StockTerms()
    terms = read_levels(table)
    table.close()
    return terms


def read_levels(table: Table) -> StockTerms:
    """`critical` lies below `low`; 0 is not told before it is gone."""
    terms = StockTerms(table.whole("low", 0, MOST), table.whole("critical", 0, MOST))
    if terms.low is not None and terms.critical is not None and terms.critical > terms.low:
        table.wrong("critical", "is above the low number")
    return terms


def over(levels: StockTerms, usual: StockTerms) -> StockTerms:
    """A variant's own, and the product's where it says nothing."""
    return StockTerms(
        usual.low if levels.low is None else levels.low,
        usual.critical if levels.critical is None else levels.critical,
    )
