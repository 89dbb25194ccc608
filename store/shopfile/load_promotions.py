"""Loading the shop's promotions."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.ids import new_id
from store.models import PromotionRow, ShopRow
from store.settling import settle
from store.shopfile.values import ShopFile


def load_promotions(session: Session, shop: ShopRow, file: ShopFile) -> bool:
    """Bring them to what the file says, by their names; what it no longer names ends. How often each was
    used stays, and so does what the seller has stopped by phone. True when anything changed."""
    known = {
        row.name: row
        for row in session.scalars(
            select(PromotionRow)
            .where(PromotionRow.shop_id == shop.id)
            .order_by(PromotionRow.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    }
    changed = False
    for place, entry in enumerate(file.promotions):
        row = known.pop(entry.name, None)
        if row is None:
            row = PromotionRow(id=new_id(), shop_id=shop.id, name=entry.name, used=0, paused=False)
            session.add(row)
        changed |= settle(
            row,
            terms=entry.terms,
            limit_total=entry.limit_total,
            limit_each=entry.limit_each,
            active=True,
            position=place,
        )
    for row in known.values():
        changed |= settle(row, active=False)
    return changed
