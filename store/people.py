"""People, by their phones and WhatsApp user ids, and where they work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, literal, or_, select, union_all
from sqlalchemy.orm import Session

from store.ids import new_id
from store.insertion import insert_if_new
from store.models import PersonRow, RiderRow, ShopRow, StaffRow


@dataclass(frozen=True, slots=True)
class Membership:
    """What a person is at a shop. `role` is "seller" or "rider", `id` that row's."""

    shop_id: UUID
    shop_name: str
    locales: tuple[str, ...]
    role: str
    id: UUID


def upsert_person(
    session: Session,
    phone: str | None,
    user_id: str | None,
    now: datetime,
    *,
    known: Sequence[PersonRow] | None = None,
) -> PersonRow:
    """The person with this E.164 phone or WhatsApp user id, made when new; one statement for who is
    known, none where `known` already holds them. Where both are given and only one was known, the
    other is added. Raises ValueError when neither is given."""
    if phone is None and user_id is None:
        raise ValueError("nobody can be known by nothing")
    if known is None:
        known = _known(session, phone, user_id)
    if not known:
        insert_if_new(
            session, PersonRow, id=new_id(), phone=phone, whatsapp_user_id=user_id, created_at=now
        )
        known = _known(session, phone, user_id)
    if len(known) > 1:
        # They were two until now, each maybe with orders of their own, and stay two.
        return next(person for person in known if person.phone == phone)
    [person] = known
    person.phone = person.phone or phone
    person.whatsapp_user_id = person.whatsapp_user_id or user_id
    return person


def _known(session: Session, phone: str | None, user_id: str | None) -> Sequence[PersonRow]:
    return session.scalars(select(PersonRow).where(_named(phone, user_id))).all()


def _named(phone: str | None, user_id: str | None) -> ColumnElement[bool]:
    """Who has this phone or this WhatsApp user id; nobody where neither is given."""
    by_phone = PersonRow.phone == phone if phone is not None else false()
    by_user_id = PersonRow.whatsapp_user_id == user_id if user_id is not None else false()
    return or_(by_phone, by_user_id)


def memberships(session: Session, person_id: UUID) -> Sequence[Membership]:
    """Where this person sells and rides, in one statement."""
    roles = union_all(
        select(StaffRow.shop_id, literal("seller").label("role"), StaffRow.id).where(
            StaffRow.person_id == person_id, StaffRow.active
        ),
        select(RiderRow.shop_id, literal("rider").label("role"), RiderRow.id).where(
            RiderRow.person_id == person_id, RiderRow.active
        ),
    ).subquery()
    rows = session.execute(
        select(roles.c.shop_id, ShopRow.name, ShopRow.locales, roles.c.role, roles.c.id)
        .join(ShopRow, ShopRow.id == roles.c.shop_id)
        .order_by(ShopRow.name, roles.c.role)
    )
    return [
        Membership(shop, name, tuple(speaks), role, row) for shop, name, speaks, role, row in rows
    ]
