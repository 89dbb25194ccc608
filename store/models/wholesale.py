"""Businesses that want to buy at wholesale prices."""

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Key, Moment, PersonKey, ShopKey

_PENDING = text("status = 'pending'")


class ApplicationRow(Base):
    """`number` is the shop's own, from 1. `status`: pending, approved, declined, ended. `business` and
    `about` as the customer wrote them; `by` is who decided, and `reason` why."""

    __tablename__ = "wholesale_applications"
    __table_args__ = (
        UniqueConstraint("shop_id", "number"),
        Index(
            "uq_wholesale_applications_pending",
            "shop_id",
            "person_id",
            unique=True,
            postgresql_where=_PENDING,
            sqlite_where=_PENDING,
        ),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    number: Mapped[int]
    business: Mapped[str]
    about: Mapped[str]
    status: Mapped[str] = mapped_column(default="pending")
    reason: Mapped[str | None]
    by: Mapped[str | None]
    created_at: Mapped[Moment]
    decided_at: Mapped[Moment | None]
