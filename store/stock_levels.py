"""From which number on the seller is told that one product runs low, as the seller says by phone."""

from collections.abc import Sequence

from sqlalchemy import select

from flows.ports.trade import Level
from store.models import StockRow
from store.pools import places
from store.scope import Scope
from store.stock_terms import Levels, StockTerms, levels


def set_level(scope: Scope, skus: Sequence[str], level: Level, at: int | None) -> Levels | None:
    """Of every one of these that is counted; `at` of None: the shop's again. The other number of the
    product's own gives way: low is never below critical. None where none is counted."""
    found = places(scope, skus)
    told = None
    for shop_id, sku in sorted(set(found.values())):
        row = scope.session.scalar(
            select(StockRow)
            .where(StockRow.shop_id == shop_id, StockRow.sku == sku)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if row is None:
            continue
        _set(row, level, at)
        told = levels(scope.rules, scope.shop, StockTerms(row.low, row.critical))
    scope.session.flush()
    return told


def _set(row: StockRow, level: Level, at: int | None) -> None:
    if level is Level.LOW:
        row.low = at
        if at is not None and row.critical is not None:
            row.critical = min(row.critical, at)
    else:
        row.critical = at
        if at is not None and row.low is not None:
            row.low = max(row.low, at)
