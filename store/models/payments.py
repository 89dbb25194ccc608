"""Tries at taking money, and at giving it back."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Minor, Moment, ReferenceKey, SerialKey, ShopKey

_OPEN = "status IN ('created', 'submitted', 'pending', 'unknown')"
OPEN_ATTEMPT = text(_OPEN)
OPEN_TOP_UP = text(f"{_OPEN} AND purpose = 'top-up'")
UNMATCHED = text("status IN ('succeeded', 'failed') AND reconciled_at IS NULL")

# What an attempt's money is for.
ORDER, TOP_UP = "order", "top-up"
# Which way a refund goes.
TO_RAIL, TO_WALLET = "rail", "wallet"


class AttemptRow(Base):
    """One try at taking money: an order's, or with `purpose` "top-up" for a wallet. Its id (UUIDv4) is
    the provider's idempotency key. `person_id` is who pays; None: an older version wrote the row.

    `submit_after`: the prompt leaves no earlier. `next_poll_at`: when the provider is asked next, and
    `polls` how often it was. `expires_at`: the rail's approval window. `reason_code` is the provider's
    own word. `got` is set when what came differs from `amount`. `link` is where it can be paid.
    `wants_code`: the payer's network sent them a one-time code; `code` is that code, sealed, until it
    was handed on. `reconciled_at`: the provider said the same once more after it had succeeded."""

    __tablename__ = "payment_attempts"
    __table_args__ = (
        Index(
            "uq_payment_attempts_open",
            "order_id",
            unique=True,
            postgresql_where=OPEN_ATTEMPT,
            sqlite_where=OPEN_ATTEMPT,
        ),
        Index(
            "uq_payment_attempts_open_top_up",
            "shop_id",
            "person_id",
            unique=True,
            postgresql_where=OPEN_TOP_UP,
            sqlite_where=OPEN_TOP_UP,
        ),
        Index("ix_payment_attempts_order", "order_id"),
        Index("ix_payment_attempts_person", "person_id", "created_at"),
        Index(
            "ix_payment_attempts_unmatched",
            "settled_at",
            postgresql_where=UNMATCHED,
            sqlite_where=UNMATCHED,
        ),
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
        Index(
            "ix_payment_attempts_code",
            "id",
            postgresql_where=text("code IS NOT NULL"),
            sqlite_where=text("code IS NOT NULL"),
        ),
        Index("ix_payment_attempts_created_at", "created_at", postgresql_using="brin"),
    )

    id: Mapped[ReferenceKey]
    shop_id: Mapped[ShopKey]
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    person_id: Mapped[UUID | None]
    purpose: Mapped[str] = mapped_column(default=ORDER, server_default=ORDER)
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
    link: Mapped[str | None]
    wants_code: Mapped[bool] = mapped_column(default=False, server_default=false())
    code: Mapped[str | None]
    reconciled_at: Mapped[Moment | None]


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
    """Money to give back through the rail that took it, or with `to` "wallet" into the customer's
    wallet. `status` as an attempt's; "stuck" when only a person can go on. The id (UUIDv4) is the
    provider's idempotency key, `provider_id` the provider's own. `order_id` None: it had been meant for
    a wallet."""

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
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("payment_attempts.id"))
    amount: Mapped[Minor]
    currency: Mapped[str]
    cause: Mapped[str]
    to: Mapped[str] = mapped_column(default=TO_RAIL, server_default=TO_RAIL)
    status: Mapped[str] = mapped_column(default="created")
    reason_code: Mapped[str | None]
    provider_id: Mapped[str | None]
    polls: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[Moment | None]
    next_poll_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]


STILL_OPEN = text("closed_at IS NULL")


class ReviewRow(Base):
    """Money of which a person must say what becomes of it; one row of a `kind` per attempt, refund or
    payout. `expected` is in `currency`; `got` in `got_currency`, both None where it could not be read;
    `told` is that in the provider's words. `outcome` "accepted", "given-back" or "done", `by` whom."""

    __tablename__ = "reviews"
    __table_args__ = (
        Index("ix_reviews_open", "opened_at", postgresql_where=STILL_OPEN, sqlite_where=STILL_OPEN),
        *(
            Index(
                f"uq_reviews_{subject}",
                subject,
                "kind",
                unique=True,
                postgresql_where=text(f"{subject} IS NOT NULL"),
                sqlite_where=text(f"{subject} IS NOT NULL"),
            )
            for subject in ("attempt_id", "refund_id", "payout_id")
        ),
    )

    id: Mapped[ReferenceKey]
    shop_id: Mapped[ShopKey]
    kind: Mapped[str]
    attempt_id: Mapped[UUID | None]
    refund_id: Mapped[UUID | None]
    payout_id: Mapped[UUID | None]
    order_id: Mapped[UUID | None]
    expected: Mapped[Minor]
    currency: Mapped[str]
    got: Mapped[Minor | None]
    got_currency: Mapped[str | None]
    told: Mapped[str | None]
    opened_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    outcome: Mapped[str | None]
    by: Mapped[str | None]
    note: Mapped[str | None]
