"""Payments at which a person looks because they are unusual."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, JsonList, Key, Minor, Moment, PersonKey, ShopKey

UNDECIDED = text("decided_at IS NULL")


class RiskCaseRow(Base):
    """One payment that was unusual. `verdict` "review", "hold" or "block"; `score` in thousandths, made of
    `signals`. `order_id` None: a top-up. `allowed` is what a person decided, with `by` and `note`.

    While one of a verdict waits, the next of the same person at the shop is the same case."""

    __tablename__ = "risk_cases"
    __table_args__ = (
        Index(
            "uq_risk_cases_undecided",
            "shop_id",
            "person_id",
            "verdict",
            unique=True,
            postgresql_where=UNDECIDED,
            sqlite_where=UNDECIDED,
        ),
        Index(None, "person_id", "opened_at"),
        Index(
            "ix_risk_cases_open", "opened_at", postgresql_where=UNDECIDED, sqlite_where=UNDECIDED
        ),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    rail: Mapped[str]
    payer: Mapped[str]
    amount: Mapped[Minor]
    currency: Mapped[str]
    score: Mapped[int]
    signals: Mapped[JsonList]
    verdict: Mapped[str]
    opened_at: Mapped[Moment]
    decided_at: Mapped[Moment | None]
    allowed: Mapped[bool | None]
    by: Mapped[str | None]
    note: Mapped[str | None]
