"""Parcels and the riders they are offered to."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.models.base import Base, Key, Moment, SerialKey, ShopKey
from store.models.people import RiderRow


class DeliveryRow(Base):
    """One per order that is brought. `status` is a flows.ports.orders.DeliveryStatus value.

    `next_offer_at`: when the next wave of offers is due; `give_up_at`: when the seller is told that
    nobody accepted; `answer_by`: when that seller is reminded, and the customer told. `customer_chooses`:
    who ordered was told, and may fetch it or call it off until somebody brings it. `by_seller`: the seller
    brings it, or it became a pickup. `pick_up_by`: when a rider who took it and has not picked it up is
    asked or, once they were (`pick_up_asked`), loses it.
    `bring_by`: when the rider who took it is to have brought it.
    `holder_id`: the rider who has the goods, be it to bring them back. `again_wanted`: after a failure
    the customer asked for another try."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("order_id"),
        Index(
            "ix_deliveries_due",
            "next_offer_at",
            postgresql_where=text("next_offer_at IS NOT NULL"),
        ),
        Index(
            "ix_deliveries_give_up",
            "give_up_at",
            postgresql_where=text("give_up_at IS NOT NULL"),
        ),
        Index(
            "ix_deliveries_answer",
            "answer_by",
            postgresql_where=text("answer_by IS NOT NULL"),
        ),
        Index(
            "ix_deliveries_pick_up",
            "pick_up_by",
            postgresql_where=text("pick_up_by IS NOT NULL"),
        ),
        Index(
            "ix_deliveries_holder",
            "holder_id",
            postgresql_where=text("holder_id IS NOT NULL"),
        ),
        Index(None, "rider_id"),
        Index("ix_deliveries_created_at", "created_at", postgresql_using="brin"),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    status: Mapped[str] = mapped_column(default="waiting")
    rider_id: Mapped[UUID | None] = mapped_column(ForeignKey("riders.id"))
    by_seller: Mapped[bool] = mapped_column(default=False)
    wave: Mapped[int] = mapped_column(default=0)
    next_offer_at: Mapped[Moment | None]
    give_up_at: Mapped[Moment | None]
    answer_by: Mapped[Moment | None]
    customer_chooses: Mapped[bool] = mapped_column(default=False, server_default=false())
    pick_up_by: Mapped[Moment | None]
    bring_by: Mapped[Moment | None]
    pick_up_asked: Mapped[bool] = mapped_column(default=False)
    holder_id: Mapped[UUID | None]
    again_wanted: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]

    rider: Mapped[RiderRow | None] = relationship()


class OfferRow(Base):
    """A delivery offered to a rider. `status`: open, accepted, declined, lapsed, withdrawn."""

    __tablename__ = "offers"
    __table_args__ = (
        UniqueConstraint("delivery_id", "rider_id"),
        Index(None, "rider_id", "status"),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("deliveries.id"))
    rider_id: Mapped[UUID] = mapped_column(ForeignKey("riders.id"))
    wave: Mapped[int]
    status: Mapped[str] = mapped_column(default="open")
    offered_at: Mapped[Moment]
    expires_at: Mapped[Moment]

    # So that a new delivery is written before what points at it.
    delivery: Mapped[DeliveryRow] = relationship()


class DeliveryHistoryRow(Base):
    __tablename__ = "delivery_history"
    __table_args__ = (
        Index(None, "delivery_id"),
        Index("ix_delivery_history_rider", "rider_id", "at"),
    )

    id: Mapped[SerialKey]
    shop_id: Mapped[ShopKey]
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("deliveries.id"))
    before: Mapped[str | None]
    after: Mapped[str]
    rider_id: Mapped[UUID | None]
    by: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[Moment]

    delivery: Mapped[DeliveryRow] = relationship()
