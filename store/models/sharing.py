"""Links that people give on, and who came by them."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Key, Moment, PersonKey, SerialKey, ShopKey


class ShareRow(Base):
    """One person's link to one product, or to the whole shop (`sku` ""). `token` stands in the link and
    names nobody. `opened` counts how often its page was."""

    __tablename__ = "shares"
    __table_args__ = (UniqueConstraint("shop_id", "person_id", "sku"), UniqueConstraint("token"))

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    sku: Mapped[str]
    token: Mapped[str]
    by_staff: Mapped[bool]
    opened: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[Moment]


class ArrivalRow(Base):
    """By whose link a person came to a shop, and when: the first counts, for what they do up to `until`."""

    __tablename__ = "arrivals"
    __table_args__ = (
        Index("ix_arrivals_share_id", "share_id"),
        Index("ix_arrivals_person", "shop_id", "person_id", "until"),
    )

    id: Mapped[SerialKey]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    share_id: Mapped[UUID] = mapped_column(ForeignKey("shares.id"))
    at: Mapped[Moment]
    until: Mapped[Moment]
