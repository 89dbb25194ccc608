"""What lowers prices for a while, and the orders that made use of it."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, JsonMap, Key, Minor, Moment, PersonKey, ShopKey


class PromotionRow(Base):
    """`terms` is what store.promotions.promotion reads. `used` counts the uses that stand. `active`: the
    shop's file names it; `paused`: the seller has stopped it by phone."""

    __tablename__ = "promotions"
    __table_args__ = (
        UniqueConstraint("shop_id", "name"),
        CheckConstraint("used >= 0", name="used_not_negative"),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    name: Mapped[str]
    terms: Mapped[JsonMap]
    limit_total: Mapped[int | None]
    limit_each: Mapped[int | None]
    used: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    paused: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class PromotionUseRow(Base):
    """An order that a promotion made cheaper, by `amount`. `given_back_at`: the order ended early, so
    that it no longer counts."""

    __tablename__ = "promotion_uses"
    __table_args__ = (Index(None, "promotion_id", "person_id"),)

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    promotion_id: Mapped[UUID] = mapped_column(ForeignKey("promotions.id"), primary_key=True)
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    amount: Mapped[Minor]
    used_at: Mapped[Moment]
    given_back_at: Mapped[Moment | None]
