"""Haggling: one talk about one thing per person and day."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Key, Minor, Moment, PersonKey, ShopKey


class BargainRow(Base):
    """`day` is the shop's own. `listed` is the price that it began with, `counter` the last of so many
    `counters`, `offers` how often the customer has named a price. `agreed` is for the cart `cart_id`,
    until `expires_at`."""

    __tablename__ = "bargains"
    __table_args__ = (
        UniqueConstraint("shop_id", "person_id", "sku", "day"),
        Index("ix_bargains_day", "day"),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    sku: Mapped[str]
    day: Mapped[date]
    listed: Mapped[Minor]
    counters: Mapped[int] = mapped_column(default=0)
    counter: Mapped[Minor | None]
    offers: Mapped[int] = mapped_column(default=0)
    agreed: Mapped[Minor | None]
    cart_id: Mapped[UUID | None] = mapped_column(ForeignKey("carts.id"))
    expires_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
