"""Loading stock: a file's number is applied when it is new, and not again when it is read again."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actor import SYSTEM
from store.models import ShopRow, StockMovementRow, StockRow
from store.shopfile.values import ShopFile


def load_stock(session: Session, shop: ShopRow, file: ShopFile, now: datetime) -> bool:
    """Set what the file counts and says otherwise than last time, never below what is held. True when
    anything changed."""
    rows = session.scalars(
        select(StockRow)
        .where(StockRow.shop_id == shop.id)
        .order_by(StockRow.sku)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    known = {row.sku: row for row in rows}
    changed = False
    for sku, count in _counts(file):
        row = known.get(sku)
        if row is None:
            row = StockRow(shop_id=shop.id, sku=sku, on_hand=0, held=0, from_file=None)
            session.add(row)
        if row.from_file == count:
            continue
        before, row.on_hand, row.from_file = row.on_hand, max(count, row.held), count
        session.add(_movement(shop, row, before, file, now))
        changed = True
    return changed


def _counts(file: ShopFile) -> Iterator[tuple[str, int]]:
    for product in file.products:
        for sold in product.variants or (product,):
            if sold.stock is not None:
                yield sold.sku, sold.stock


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
