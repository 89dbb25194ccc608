"""How well shops and riders did, day by day."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Moment, ShopKey

TO_TELL = text("tell_at IS NOT NULL")


class ShopScoreRow(Base):
    """A shop's score as of the beginning of `day` (UTC). It and its parts are in hundredths of a point, 0 to
    500; None where nothing is known. `grade` is a flows.ports.scores.Grade, `orders` how many were judged.
    `tell_at`: when its seller is to hear that the shop has fallen to probation."""

    __tablename__ = "shop_scores"
    __table_args__ = (
        Index("ix_shop_scores_day", "day"),
        Index("ix_shop_scores_tell", "tell_at", postgresql_where=TO_TELL, sqlite_where=TO_TELL),
    )

    shop_id: Mapped[UUID] = mapped_column(ForeignKey("shops.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    grade: Mapped[str]
    score: Mapped[int | None]
    orders: Mapped[int]
    completion: Mapped[int | None]
    delivery: Mapped[int | None]
    rating: Mapped[int | None]
    stock: Mapped[int | None]
    response: Mapped[int | None]
    price: Mapped[int | None]
    tell_at: Mapped[Moment | None]


class RiderScoreRow(Base):
    """A rider's score, as a shop's. `jobs` are those that were judged."""

    __tablename__ = "rider_scores"
    __table_args__ = (Index("ix_rider_scores_day", "day"),)

    rider_id: Mapped[UUID] = mapped_column(ForeignKey("riders.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    shop_id: Mapped[ShopKey]
    grade: Mapped[str]
    score: Mapped[int | None]
    jobs: Mapped[int]
    completion: Mapped[int | None]
    time: Mapped[int | None]
    failures: Mapped[int | None]
