"""What came in, what goes out, and where each conversation stands.

Inbox, outbox and facts are kept by month (`store.months`). On PostgreSQL their keys have the moment in
them, and so has every mapped row's identity: a statement about a row finds its month at once.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, Uuid, false, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, JsonMap, Key, Moment, Sequence64, SerialKey, ShopKey

PENDING = "status IN ('queued', 'sending', 'unknown')"


def _by_moment(table: str, moment: str) -> Index:
    """Rows lie as they come, so that a few bytes for each stretch of them are enough."""
    return Index(f"ix_{table}_{moment}", moment, postgresql_using="brin")


def _by_person(table: str) -> Index:
    """Which stretches have nothing of a person: a few bits for each, where a tree would cost every message
    another page."""
    return Index(
        f"ix_{table}_person",
        "person_id",
        postgresql_using="brin",
        postgresql_ops={"person_id": "uuid_bloom_ops"},
    )


def _only(table: str, name: str, columns: tuple[str, ...], where: str) -> Index:
    """An index of those few rows that something is to be done about."""
    condition = text(where)
    return Index(f"ix_{table}_{name}", *columns, postgresql_where=condition, sqlite_where=condition)


class ReceivedRow(Base):
    """What a received message is known by, for as long as a provider might deliver it again: unique
    across the months, which the inbox cannot be. `number` and `received_at` are the inbox's. On SQLite
    the inbox has no months and a unique key of its own, and this is empty."""

    __tablename__ = "received"

    address_id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Sequence64)
    received_at: Mapped[Moment] = mapped_column(index=True)


class InboxRow(Base):
    """One received message. `id` is the order of arrival. A redelivery meets a unique key.

    `payload` is the Inbound without what has a column. `answer` is a USSD page as it was answered.
    `done_at` None: unanswered. `failure` tells why a message was put aside (dead letter)."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("address_id", "message_id", info={"only": "sqlite"}),
        _only("inbox", "unanswered", ("shop_id", "person_id", "id"), "done_at IS NULL"),
        _only("inbox", "waiting", ("received_at",), "done_at IS NULL"),
        _only("inbox", "failed", ("received_at",), "failure IS NOT NULL"),
        _by_moment("inbox", "received_at"),
        _by_person("inbox"),
    )
    __mapper_args__: dict[str, Any] = {"primary_key": ["id", "received_at"]}  # noqa: RUF012

    id: Mapped[SerialKey]
    address_id: Mapped[UUID] = mapped_column(ForeignKey("addresses.id"))
    message_id: Mapped[str]
    shop_id: Mapped[UUID | None] = mapped_column(ForeignKey("shops.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    medium: Mapped[str]
    text: Mapped[str]
    payload: Mapped[JsonMap]
    trace: Mapped[UUID] = mapped_column(Uuid())
    received_at: Mapped[Moment]
    done_at: Mapped[Moment | None]
    tries: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str | None]
    failure: Mapped[str | None]


class OutboxRow(Base):
    """One message to send. `id` is the order within a conversation.

    `kind`: reply, alert, bulk (in this order of haste). `status`: queued, sending, sent, delivered,
    read, failed, unknown. `important`: may fall over to SMS. `secret`: the body is blanked as soon as it
    has left, or cannot. `payload` is what can be tapped
    under the body, or the template sent in its place. Both are blanked after 90 days.
    `trace` is the inbound message's it answers, or its own."""

    __tablename__ = "outbox"
    __table_args__ = (
        _only("outbox", "due", ("address_id", "due_at"), PENDING),
        _only("outbox", "in_line", ("address_id", "person_id", "id"), PENDING),
        _only("outbox", "provider_id", ("provider_id",), "provider_id IS NOT NULL"),
        _by_moment("outbox", "created_at"),
        _by_person("outbox"),
    )
    __mapper_args__: dict[str, Any] = {"primary_key": ["id", "created_at"]}  # noqa: RUF012

    id: Mapped[SerialKey]
    shop_id: Mapped[UUID | None] = mapped_column(ForeignKey("shops.id"))
    address_id: Mapped[UUID] = mapped_column(ForeignKey("addresses.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    reference: Mapped[UUID] = mapped_column(Uuid(), index=True)
    kind: Mapped[str]
    recipient: Mapped[str]
    body: Mapped[str]
    media_url: Mapped[str | None]
    payload: Mapped[JsonMap | None]
    segments: Mapped[int]
    important: Mapped[bool] = mapped_column(default=False)
    secret: Mapped[bool] = mapped_column(default=False, server_default=false())
    status: Mapped[str] = mapped_column(default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[Moment]
    lease_token: Mapped[int | None]
    provider_id: Mapped[str | None]
    error_code: Mapped[str | None]
    error: Mapped[str | None]
    trace: Mapped[UUID] = mapped_column(Uuid())
    created_at: Mapped[Moment]
    sent_at: Mapped[Moment | None]


class EarlyReceiptRow(Base):
    """A receipt that came before the answer to the send was written down. Kept for a day."""

    __tablename__ = "early_receipts"

    provider_id: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str | None]
    at: Mapped[Moment]


class ConversationRow(Base):
    """One per person and shop, whatever the channel; its row is the lock on both.

    `turns` counts what was done under the lock. `places`: role -> where the flow stands. `shown`:
    address id -> the last menu as shown there.
    `ussd`: address id -> the running session. `locale`: the language found out, `tongues`: how much
    of each has been heard. `held_by`: "bot" or "human". `last_address_id` is where
    the person wrote last, `last_inbound_at` opens WhatsApp's 24-hour window. `updated_at`: when they
    last wrote, or were shown something to choose from."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("shop_id", "person_id"),)

    id: Mapped[Key]
    shop_id: Mapped[ShopKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    turns: Mapped[int] = mapped_column(default=0, server_default="0")
    places: Mapped[JsonMap] = mapped_column(default=dict)
    shown: Mapped[JsonMap] = mapped_column(default=dict)
    ussd: Mapped[JsonMap] = mapped_column(default=dict)
    locale: Mapped[str | None]
    tongues: Mapped[JsonMap] = mapped_column(default=dict, server_default="{}")
    held_by: Mapped[str] = mapped_column(default="bot")
    last_inbound_at: Mapped[Moment | None]
    last_address_id: Mapped[UUID | None] = mapped_column(ForeignKey("addresses.id"))
    last_whatsapp_at: Mapped[Moment | None]
    updated_at: Mapped[Moment]


class FactRow(Base):
    """What happened, for counting."""

    __tablename__ = "facts"
    __table_args__ = (
        Index(None, "shop_id", "name", "at"),
        _by_moment("facts", "at"),
        _by_person("facts"),
    )
    __mapper_args__: dict[str, Any] = {"primary_key": ["id", "at"]}  # noqa: RUF012

    id: Mapped[SerialKey]
    shop_id: Mapped[UUID | None] = mapped_column(ForeignKey("shops.id"))
    person_id: Mapped[UUID | None] = mapped_column(Uuid())
    name: Mapped[str]
    values: Mapped[JsonMap] = mapped_column(default=dict)
    at: Mapped[Moment]
