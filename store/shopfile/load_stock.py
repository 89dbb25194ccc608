"""Loading stock: a file's numbers are applied when they are new, and not again when they are read again."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actor import SYSTEM
from store.models import ShopRow, StockMovementRow, StockRow
from store.pools import counted_elsewhere
from store.shopfile.values import ShopFile
from store.stock_terms import StockTerms


def load_stock(session: Session, shop: ShopRow, file: ShopFile, now: datetime) -> bool:
    """Set what the file counts and says otherwise than last time, never below what is held; what another
    shop counts is that shop's to say. True when anything changed."""
    rows = session.scalars(
        select(StockRow)
        .where(StockRow.shop_id == shop.id)
        .order_by(StockRow.sku)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    known = {row.sku: row for row in rows}
    changed = False
    elsewhere = counted_elsewhere(session, shop)
    for sku, count, levels in _counts(file):
        if sku in elsewhere:
            continue
        row = known.get(sku)
        if row is None:
            row = StockRow(shop_id=shop.id, sku=sku, on_hand=0, held=0, from_file=None)
            session.add(row)
        changed |= _apply(row, levels)
        if row.from_file == count:
            continue
        before, row.on_hand, row.from_file = row.on_hand, max(count, row.held), count
        session.add(_movement(shop, row, before, file, now))
        changed = True
    return changed


def _apply(row: StockRow, levels: StockTerms) -> bool:
    """When the seller is told, as the file says, where it says otherwise than last time."""
    said = (levels.low, levels.critical)
    if said == (row.low_from_file, row.critical_from_file):
        return False
    row.low_from_file, row.critical_from_file = row.low, row.critical = said
    return True


def _counts(file: ShopFile) -> Iterator[tuple[str, int, StockTerms]]:
    for product in file.products:
        for sold in product.variants or (product,):
            if sold.stock is not None:
                yield sold.sku, sold.stock, sold.levels


def _movement(
    shop: ShopRow, row: StockRow, before: int, file: ShopFile, now: datetime
) -> StockMovementRow:
    return StockMovementRow(
        shop_id=shop.id,
        sku=row.sku,
        kind="in" if row.on_hand > before else "adjustment",
        quantity=row.on_hand - before,
        before=before,
        after=row.on_hand,
        reference=file.file,
        by=SYSTEM.label,
        at=now,
    )
