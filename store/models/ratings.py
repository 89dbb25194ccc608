"""What buyers think of what they got."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Key, Moment, PersonKey, ShopKey


class RatingRow(Base):
    """One to five `stars` of an order that its buyer has had, and what they wrote, without phone numbers
    and links. `created_at` is when they first said so: until a day later it may be changed."""

    __tablename__ = "ratings"
    __table_args__ = (Index("ix_ratings_shop", "shop_id", "changed_at"),)

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), unique=True)
    person_id: Mapped[PersonKey]
    stars: Mapped[int]
    words: Mapped[str] = mapped_column(default="")
    created_at: Mapped[Moment]
    changed_at: Mapped[Moment]
