"""Goods that a customer wants to give back."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, JsonList, Key, Minor, Moment, PersonKey, ShopKey

OPEN_RETURN = text("status IN ('asked', 'accepted')")


class ReturnRow(Base):
    """One wish to give back goods of a delivered order; at most one of an order is open.

    `status`: asked -> accepted, refused, repaired; accepted -> booked, refused, repaired. `reason` is one of
    `flows.ports.returns.Reason`, `words` what the customer wrote besides. `goods` are {"position",
    "quantity"} of the order's lines. `answer` is why the seller refused. `refund` in minor units once it is
    booked; `repair_id` is the order that brings others instead."""

    __tablename__ = "returns"
    __table_args__ = (
        Index("ix_returns_order", "order_id"),
        Index(
            "uq_returns_open",
            "order_id",
            unique=True,
            postgresql_where=OPEN_RETURN,
            sqlite_where=OPEN_RETURN,
        ),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    person_id: Mapped[PersonKey]
    status: Mapped[str] = mapped_column(default="asked")
    reason: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    goods: Mapped[JsonList]
    answer: Mapped[str | None]
    refund: Mapped[Minor | None]
    repair_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    asked_at: Mapped[Moment]
    answered_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
