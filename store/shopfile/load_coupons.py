"""Loading a shop's coupons."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.ids import new_id
from store.models import CouponRow, ShopRow
from store.settling import settle
from store.shopfile.values import CouponEntry, ShopFile

LISTS = ("categories", "products", "except_categories", "except_products")


def load_coupons(session: Session, shop: ShopRow, file: ShopFile, now: datetime) -> bool:
    """Bring the coupons to what the file says; those that it no longer names end, with their uses kept.
    What sellers made by phone stays, unless the file names the same code; so does what they ended. True
    when anything changed."""
    known = {
        row.code: row
        for row in session.scalars(select(CouponRow).where(CouponRow.shop_id == shop.id))
    }
    changed = False
    for entry in file.coupons:
        row = known.pop(entry.code, None)
        if row is None:
            row = CouponRow(id=new_id(), shop_id=shop.id, code=entry.code, used=0, created_at=now)
            session.add(row)
        limit = entry.limit_total
        if limit is not None:
            # Uses that were made stay made.
            limit = max(limit, row.used)
        values = {**_values(entry), "limit_total": limit}
        if row.by_phone and not row.active:
            # Ended by phone: it stays so until it is begun again there.
            continue
        changed |= settle(row, **values, active=True, by_phone=False)
    gone = [settle(row, active=False) for row in known.values() if not row.by_phone]
    has = shop.coupons or bool(file.coupons)
    return settle(shop, coupons=has) or changed or any(gone)


def _values(entry: CouponEntry) -> Mapping[str, object]:
    lists = {name: list(getattr(entry, name)) for name in LISTS}
    return {**asdict(entry), **lists, "kind": entry.kind.value}
