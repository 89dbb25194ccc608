"""The ledger: what is written once and never changed, and the balances that follow from it."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, Minor, Moment, SerialKey, ShopKey


class PostingRow(Base):
    """One thing that happened to money at a shop. `key` names its source ("attempt:<id>"), so that it is
    posted once; `cause` is what kind of thing it was. Triggers refuse every change."""

    __tablename__ = "ledger_postings"
    __table_args__ = (
        Index("ix_ledger_postings_order", "order_id"),
        Index("ix_ledger_postings_shop", "shop_id", "at"),
    )

    id: Mapped[SerialKey]
    key: Mapped[str] = mapped_column(unique=True)
    cause: Mapped[str]
    shop_id: Mapped[ShopKey]
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    currency: Mapped[str]
    at: Mapped[Moment]


class EntryRow(Base):
    """One side of a posting: `amount` is positive for a debit, negative for a credit. Those of one posting
    add up to zero. Triggers refuse every change."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        Index("ix_ledger_entries_posting", "posting_id"),
        Index("ix_ledger_entries_account", "shop_id", "account", "currency"),
    )

    id: Mapped[SerialKey]
    posting_id: Mapped[int] = mapped_column(ForeignKey("ledger_postings.id"))
    shop_id: Mapped[ShopKey]
    account: Mapped[str]
    currency: Mapped[str]
    amount: Mapped[Minor]


class BalanceRow(Base):
    """What stands in an account that belongs to somebody, by its normal side: positive is what is owed to
    a wallet's owner, or what a rider holds. `floored` balances never go below zero. `change` is that of
    the newest posting."""

    __tablename__ = "ledger_balances"
    __table_args__ = (CheckConstraint("NOT floored OR balance >= 0", name="floor"),)

    shop_id: Mapped[ShopKey] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(primary_key=True)
    balance: Mapped[Minor]
    change: Mapped[Minor]
    floored: Mapped[bool]
