"""Humans, and what they are at a shop."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.models.base import Base, JsonList, JsonMap, Key, Moment, PersonKey, ShopKey


class PersonRow(Base):
    """A human, by E.164 phone and/or WhatsApp's business-scoped user id. `opted_out_at`: for all."""

    __tablename__ = "people"

    id: Mapped[Key]
    phone: Mapped[str | None] = mapped_column(unique=True)
    whatsapp_user_id: Mapped[str | None] = mapped_column(unique=True)
    opted_out_at: Mapped[Moment | None]
    created_at: Mapped[Moment]


class CustomerRow(Base):
    """A person at a shop. `locale` is only what they chose. `payer`, `rail`, `area` and `landmark` are
    their last ones, and `latitude` and `longitude` where they last showed that to be. `contact` is the
    number to call that somebody without a phone number of their own gave: nobody has shown that it is
    theirs. `stop_notice_at` is when they were last told how to START again."""

    __tablename__ = "customers"
    __table_args__ = (UniqueConstraint("shop_id", "person_id"), Index(None, "person_id"))

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    name: Mapped[str | None]
    locale: Mapped[str | None]
    price_list: Mapped[str] = mapped_column(default="retail")
    opted_out_at: Mapped[Moment | None]
    stop_notice_at: Mapped[Moment | None]
    payer: Mapped[str | None]
    rail: Mapped[str | None]
    area: Mapped[str | None]
    landmark: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    contact: Mapped[str | None]
    created_at: Mapped[Moment]

    person: Mapped[PersonRow] = relationship()


class NamedPlaceRow(Base):
    """Where a customer has things brought again and again, by what they call it ("home"). `name_key` is the
    name in small letters."""

    __tablename__ = "named_places"
    __table_args__ = (UniqueConstraint("shop_id", "person_id", "name_key"),)

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    name: Mapped[str]
    name_key: Mapped[str]
    area: Mapped[str]
    landmark: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    used_at: Mapped[Moment]


class StaffRow(Base):
    """A person who sells at a shop. `role` is "owner" or what the file says ("seller", ...). `alerts`:
    gets the shop's alerts; the one with the lowest `position` is the first phone. `by_phone`: was invited,
    and is in no file."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("shop_id", "person_id"), Index(None, "person_id"))

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    name: Mapped[str | None]
    role: Mapped[str]
    locale: Mapped[str | None]
    alerts: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    by_phone: Mapped[bool] = mapped_column(default=False, server_default=false())

    person: Mapped[PersonRow] = relationship()


class RiderRow(Base):
    """A person who carries for a shop. `zones` are names of the shop's zones; empty: everywhere.

    `suspended`: by the platform, and cannot come on duty. `undo` is the last step that may be
    taken back, with its time; `last_zone` and `last_at` are where and when they brought something last.
    `by_phone`: was invited, and is in no file."""

    __tablename__ = "riders"
    __table_args__ = (UniqueConstraint("shop_id", "person_id"), Index(None, "person_id"))

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    name: Mapped[str]
    locale: Mapped[str | None]
    on_duty: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)
    suspended: Mapped[bool] = mapped_column(default=False, server_default=false())
    zones: Mapped[JsonList] = mapped_column(default=list)
    undo: Mapped[JsonMap | None]
    last_zone: Mapped[str | None]
    last_at: Mapped[Moment | None]
    position: Mapped[int] = mapped_column(default=0)
    by_phone: Mapped[bool] = mapped_column(default=False, server_default=false())

    person: Mapped[PersonRow] = relationship()


class AddressingRow(Base):
    """On an address that several shops share: the shop a person addressed last, the question that was
    asked when it was not clear (`asked`: candidates and the message), and when a hint was last given.
    Its row is the lock for messages that no shop's conversation covers."""

    __tablename__ = "addressings"
    __table_args__ = (Index(None, "person_id"),)

    address_id: Mapped[UUID] = mapped_column(ForeignKey("addresses.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    shop_id: Mapped[UUID | None] = mapped_column(ForeignKey("shops.id"))
    asked: Mapped[JsonMap | None]
    hinted_at: Mapped[Moment | None]
