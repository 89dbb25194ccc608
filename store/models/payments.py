"""Tries at taking money, and at giving it back."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Minor, Moment, ReferenceKey, SerialKey, ShopKey

OPEN_ATTEMPT = text("status IN ('created', 'submitted', 'pending', 'unknown')")


class AttemptRow(Base):
    """One try at taking an order's money. Its id (UUIDv4) is the provider's idempotency key.

    `submit_after`: the prompt leaves no earlier. `next_poll_at`: when the provider is asked next, and
    `polls` how often it was. `expires_at`: the rail's approval window. `reason_code` is the provider's
    own word. `got` is set when what came differs from `amount`."""

    __tablename__ = "payment_attempts"
    __table_args__ = (
        Index(
            "uq_payment_attempts_open",
            "order_id",
            unique=True,
            postgresql_where=OPEN_ATTEMPT,
            sqlite_where=OPEN_ATTEMPT,
        ),
        Index("ix_payment_attempts_order", "order_id"),
        Index("ix_payment_attempts_payer", "payer", "created_at"),
        Index(
            "ix_payment_attempts_due",
            "next_poll_at",
            postgresql_where=text("next_poll_at IS NOT NULL"),
        ),
        Index(
            "ix_payment_attempts_submit",
            "submit_after",
            postgresql_where=text("status = 'created'"),
        ),
        Index(
            "ix_payment_attempts_held",
            "status",
            postgresql_where=text("got IS NOT NULL"),
            sqlite_where=text("got IS NOT NULL"),
        ),
        Index("ix_payment_attempts_created_at", "created_at", postgresql_using="brin"),
    )

    id: Mapped[ReferenceKey]
    shop_id: Mapped[ShopKey]
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    rail: Mapped[str]
    payer: Mapped[str]
    amount: Mapped[Minor]
    currency: Mapped[str]
    status: Mapped[str] = mapped_column(default="created")
    reason_code: Mapped[str | None]
    provider_id: Mapped[str | None]
    got: Mapped[str | None]
    medium: Mapped[str]
    submit_after: Mapped[Moment]
    submitted_at: Mapped[Moment | None]
    next_poll_at: Mapped[Moment | None]
    polls: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[Moment | None]
    expires_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]


class AttemptHistoryRow(Base):
    """Every change of an attempt's or refund's status, with what caused it."""

    __tablename__ = "payment_history"
    __table_args__ = (Index(None, "subject_id"),)

    id: Mapped[SerialKey]
    shop_id: Mapped[ShopKey]
    subject_id: Mapped[UUID]
    before: Mapped[str | None]
    after: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[Moment]


class RefundRow(Base):
    """Money to give back through the rail that took it. `status` as an attempt's; "stuck" when only a
    person can go on. The id (UUIDv4) is the provider's idempotency key."""

    __tablename__ = "refunds"
    __table_args__ = (
        Index("ix_refunds_order", "order_id"),
        Index("ix_refunds_attempt", "attempt_id"),
        Index("ix_refunds_due", "next_poll_at", postgresql_where=text("next_poll_at IS NOT NULL")),
        Index(
            "ix_refunds_open",
            "status",
            postgresql_where=text("settled_at IS NULL"),
            sqlite_where=text("settled_at IS NULL"),
        ),
        Index("ix_refunds_created_at", "created_at", postgresql_using="brin"),
    )

    id: Mapped[ReferenceKey]
    shop_id: Mapped[ShopKey]
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("payment_attempts.id"))
    amount: Mapped[Minor]
    currency: Mapped[str]
    cause: Mapped[str]
    status: Mapped[str] = mapped_column(default="created")
    reason_code: Mapped[str | None]
    polls: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[Moment | None]
    next_poll_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]
