"""Loading who sells and who rides."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.ids import new_id
from store.models import PersonRow, RiderRow, ShopRow, StaffRow
from store.settling import settle
from store.shopfile.values import ShopFile


def load_people(session: Session, shop: ShopRow, file: ShopFile, now: datetime) -> bool:
    """Bring staff and riders to what the file says; who is no longer there becomes inactive, but for those
    who were invited by phone. True when anything changed. New riders are on duty; whether a known one is,
    is the rider's own affair."""
    phones = {e.phone for e in file.staff} | {e.phone for e in file.riders}
    people = _people(session, phones, now)
    staff_changed = _staff(session, shop, file, people)
    return _riders(session, shop, file, people) or staff_changed


def _people(session: Session, phones: set[str], now: datetime) -> dict[str, UUID]:
    known = {
        row.phone: row.id
        for row in session.scalars(select(PersonRow).where(PersonRow.phone.in_(phones)))
        if row.phone is not None
    }
    for phone in sorted(phones - known.keys()):
        known[phone] = new_id()
        session.add(PersonRow(id=known[phone], phone=phone, created_at=now))
    session.flush()
    return known


def _staff(session: Session, shop: ShopRow, file: ShopFile, people: Mapping[str, UUID]) -> bool:
    known = {
        row.person_id: row
        for row in session.scalars(select(StaffRow).where(StaffRow.shop_id == shop.id))
    }
    changed = False
    for place, entry in enumerate(file.staff):
        row = known.pop(people[entry.phone], None)
        if row is None:
            row = StaffRow(id=new_id(), shop_id=shop.id, person_id=people[entry.phone])
            session.add(row)
        changed |= settle(
            row,
            name=entry.name,
            role=entry.role,
            alerts=entry.alerts,
            active=True,
            by_phone=False,
            position=place,
        )
    gone = [settle(row, active=False) for row in known.values() if not row.by_phone]
    return changed or any(gone)


def _riders(session: Session, shop: ShopRow, file: ShopFile, people: Mapping[str, UUID]) -> bool:
    known = {
        row.person_id: row
        for row in session.scalars(select(RiderRow).where(RiderRow.shop_id == shop.id))
    }
    changed = False
    for place, entry in enumerate(file.riders):
        row = known.pop(people[entry.phone], None)
        if row is None:
            row = RiderRow(
                id=new_id(), shop_id=shop.id, person_id=people[entry.phone], on_duty=True
            )
            session.add(row)
        changed |= settle(
            row,
            name=entry.name,
            zones=list(entry.zones),
            active=True,
            by_phone=False,
            position=place,
        )
    gone = [settle(row, active=False) for row in known.values() if not row.by_phone]
    return changed or any(gone)
