"""Money that leaves for somebody's phone, and the codes that prove whose phone it is."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, JsonMap, Key, Minor, Moment, PersonKey, ReferenceKey, ShopKey

STILL_OPEN = text("closed_at IS NULL")
NOT_SETTLED = text("settled_at IS NULL")


class PayoutRow(Base):
    """Money on its way from an account here to somebody's own Mobile Money. The id (UUIDv4) is the
    provider's idempotency key, `provider_id` the provider's own.

    `account` is the ledger's name of the account that pays. `amount` arrives, `fee` is taken besides.
    `expected` is the name that the phone's wallet should be in, `holder` the name it is in. `by` is who
    approved or refused it. `status` as in flows.ports.wallet.PayoutStatus."""

    __tablename__ = "payouts"
    __table_args__ = (
        Index("ix_payouts_person", "shop_id", "person_id", "created_at"),
        Index("ix_payouts_due", "next_poll_at", postgresql_where=text("next_poll_at IS NOT NULL")),
        Index("ix_payouts_open", "status", postgresql_where=NOT_SETTLED, sqlite_where=NOT_SETTLED),
        Index("ix_payouts_created_at", "created_at", postgresql_using="brin"),
    )

    id: Mapped[ReferenceKey]
    shop_id: Mapped[ShopKey]
    account: Mapped[str]
    person_id: Mapped[PersonKey]
    phone: Mapped[str]
    rail: Mapped[str]
    amount: Mapped[Minor]
    fee: Mapped[Minor]
    currency: Mapped[str]
    status: Mapped[str] = mapped_column(default="created")
    expected: Mapped[str | None]
    holder: Mapped[str | None]
    reason_code: Mapped[str | None]
    provider_id: Mapped[str | None]
    polls: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[Moment | None]
    next_poll_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]
    by: Mapped[str | None]


class ChallengeRow(Base):
    """A code that was sent to a person's own phone, and what is done once it comes back. The code itself
    is nowhere: `digest` is keyed with the server's secret. `purpose` is whose machine asked, `payload`
    what for. Only one is open per person and shop; `outcome` says how it was closed."""

    __tablename__ = "challenges"
    __table_args__ = (
        Index(
            "uq_challenges_open",
            "shop_id",
            "person_id",
            unique=True,
            postgresql_where=STILL_OPEN,
            sqlite_where=STILL_OPEN,
        ),
        Index("ix_challenges_person", "person_id", "created_at"),
    )

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[PersonKey]
    phone: Mapped[str]
    purpose: Mapped[str]
    payload: Mapped[JsonMap]
    amount: Mapped[Minor]
    fee: Mapped[Minor]
    currency: Mapped[str]
    digest: Mapped[str]
    tries: Mapped[int] = mapped_column(default=0)
    until: Mapped[Moment]
    created_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    outcome: Mapped[str | None]
