"""What the server looks up before a turn: addresses and their shops, people and what they are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, bindparam, false, literal, or_, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from flows.money import Money
from flows.ports.orders import OrderStatus
from flows.ports.ratings import Average
from flows.ports.shop import ShopInfo, Standing
from store.hours import as_written, is_open, next_opening, read_week
from store.ids import new_id
from store.insertion import insert_if_new
from store.models import (
    AddressingRow,
    AddressRow,
    CartLineRow,
    CartRow,
    LineRow,
    OrderRow,
    PersonRow,
    RiderRow,
    ShopRow,
    StaffRow,
)
from store.prepared import PREPARED
from store.standing import is_verified, standing_of
from store.terms import terms_of

CLOSED_ORDERS = (OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.RETURNED)


class PlatformSms(Protocol):
    """The platform's own number for alerts, None where it has none."""

    @property
    def platform_sms_provider(self) -> str | None: ...
    @property
    def platform_sms_from(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Membership:
    """What a person is at a shop. `role` is "seller" or "rider", `id` that row's."""

    shop_id: UUID
    shop_name: str
    locales: tuple[str, ...]
    role: str
    id: UUID


def find_lines(
    session: Session,
    channel: str,
    provider: str,
    address: str,
    phone: str | None = None,
    user_id: str | None = None,
) -> tuple[Sequence[LineRow], Sequence[PersonRow]]:
    """Every line of an address, with its shop and address loaded, and the people whom a phone or
    WhatsApp user id names, in one statement."""
    asked = {
        "channel": channel,
        "provider": provider,
        "address": address,
        "phone": phone,
        "user_id": user_id,
    }
    rows = session.execute(LINES, asked).all()
    for line, shop, ours, _ in rows:
        set_committed_value(line, "shop", shop)
        set_committed_value(line, "address", ours)
    # An outer join: SQLAlchemy's types do not say that the person may be missing.
    people = dict.fromkeys(cast(PersonRow | None, person) for *_, person in rows)
    return list(dict.fromkeys(line for line, *_ in rows)), [p for p in people if p is not None]


# Put together once: every message that comes in is looked up by it.
LINES = (
    select(LineRow, ShopRow, AddressRow, PersonRow)
    .join(AddressRow, AddressRow.id == LineRow.address_id)
    .join(ShopRow, ShopRow.id == LineRow.shop_id)
    .outerjoin(
        PersonRow,
        or_(
            PersonRow.phone == bindparam("phone", type_=String),
            PersonRow.whatsapp_user_id == bindparam("user_id", type_=String),
        ),
    )
    .where(
        AddressRow.channel == bindparam("channel"),
        AddressRow.provider == bindparam("provider"),
        AddressRow.address == bindparam("address"),
    )
    .order_by(LineRow.id)
    .execution_options(**PREPARED)
)


def find_address(session: Session, channel: str, provider: str, address: str) -> AddressRow | None:
    """An address of ours, whether or not a line leads on from it."""
    return session.scalar(
        select(AddressRow).where(
            AddressRow.channel == channel,
            AddressRow.provider == provider,
            AddressRow.address == address,
        )
    )


def is_own(session: Session, channel: str, providers: Collection[str], phone: str) -> bool:
    """Whether this number is an address of ours on that channel, at any of these providers. The columns
    are the key by which addresses are unique."""
    wanted = select(AddressRow.id).where(
        AddressRow.channel == channel,
        AddressRow.provider.in_(providers),
        AddressRow.address == phone,
    )
    return session.scalars(wanted).first() is not None


def keep_address(session: Session, channel: str, provider: str, address: str) -> AddressRow:
    """The address, made when it is new; two processes that make it at once make one."""
    found = find_address(session, channel, provider, address)
    if found is None:
        insert_if_new(
            session,
            AddressRow,
            id=new_id(),
            channel=channel,
            provider=provider,
            address=address,
            credentials={},
            lease_token=0,
        )
        found = find_address(session, channel, provider, address)
    if found is None:
        raise LookupError(f"{channel} address of {provider} is gone")
    return found


def alert_address(session: Session, shop: ShopRow, platform: PlatformSms) -> AddressRow | None:
    """Where a shop's alerts leave from: its first SMS line, else the platform's number."""
    own = session.scalar(
        select(AddressRow)
        .join(LineRow, LineRow.address_id == AddressRow.id)
        .where(LineRow.shop_id == shop.id, AddressRow.channel == "sms")
        .order_by(LineRow.position)
        .limit(1)
    )
    if own is not None or not (platform.platform_sms_provider and platform.platform_sms_from):
        return own
    return keep_address(session, "sms", platform.platform_sms_provider, platform.platform_sms_from)


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


def lock_addressing(session: Session, address_id: UUID, person_id: UUID) -> AddressingRow:
    """What is remembered of a person at a shared address, locked until the transaction ends."""
    wanted = (
        select(AddressingRow)
        .where(AddressingRow.address_id == address_id, AddressingRow.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = session.scalar(wanted)
    if row is None:
        insert_if_new(session, AddressingRow, address_id=address_id, person_id=person_id)
        row = session.scalars(wanted).one()
    return row


def busy_at(session: Session, shop_id: UUID, person_id: UUID) -> bool:
    """Has this person something in a cart, or an order under way, at this shop?"""
    in_cart = (
        select(literal(1))
        .select_from(CartRow)
        .join(CartLineRow, CartLineRow.cart_id == CartRow.id)
        .where(
            CartRow.shop_id == shop_id,
            CartRow.person_id == person_id,
            CartRow.status == "open",
        )
        .exists()
    )
    return bool(session.scalar(select(or_(in_cart, _ordered(shop_id, person_id)))))


def has_open_order(session: Session, shop_id: UUID, person_id: UUID) -> bool:
    """Has this person an order under way at this shop?"""
    return bool(session.scalar(select(_ordered(shop_id, person_id))))


def _ordered(shop_id: UUID, person_id: UUID) -> ColumnElement[bool]:
    return (
        select(literal(1))
        .where(
            OrderRow.shop_id == shop_id,
            OrderRow.person_id == person_id,
            OrderRow.status.not_in(CLOSED_ORDERS),
        )
        .exists()
    )


def open_order_shops(session: Session, shop_ids: Collection[UUID], number: int) -> set[UUID]:
    """Which of these shops have an open order with this number."""
    return set(
        session.scalars(
            select(OrderRow.shop_id).where(
                OrderRow.shop_id.in_(shop_ids),
                OrderRow.number == number,
                OrderRow.status.not_in(CLOSED_ORDERS),
            )
        )
    )


def shop_info(shop: ShopRow, now: datetime) -> ShopInfo:
    """The shop as flows see it at this moment."""
    week, zone = read_week(shop.hours), ZoneInfo(shop.timezone)
    opened = is_open(week, zone, now) and not shop.closed_by_seller
    least = shop.minimum_order
    return ShopInfo(
        slug=shop.slug,
        name=shop.name,
        country=shop.country,
        currency=shop.currency,
        locales=tuple(shop.locales),
        timezone=shop.timezone,
        location=shop.location,
        hours=as_written(shop.hours),
        is_open=opened,
        opens_at=None if opened else next_opening(week, zone, now),
        minimum_order=Money(least, shop.currency) if least else None,
        takes_cash="cash" in terms_of(shop).rails,
        standing=(standing := standing_of(shop, now)),
        paused_until=shop.paused_until if standing is Standing.PAUSED else None,
        rating=Average.of(shop.stars, shop.raters),
        verified=is_verified(shop),
    )
