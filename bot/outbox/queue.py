"""Putting a message into the outbox, in the transaction that it belongs to."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from channels.interactive import Payload, dump
from store.late import put_down
from store.models import AddressRow, OutboxRow
from store.scope import Woken


@dataclass(frozen=True, slots=True)
class Letter:
    """One message in words, to one person, through one of our addresses.

    `kind` is "reply", "alert" or "bulk"; `important` may fall over to SMS; `trace` ties it to the
    message that caused it; `payload` is what it carries besides its words. The words of a `secret`
    one are kept no longer than it takes to send them. `due_at` None: it may leave at once.
    """

    shop_id: UUID | None
    address: AddressRow
    person_id: UUID
    recipient: str
    text: str
    kind: str
    media_url: str | None = None
    payload: Payload | None = None
    segments: int = 1
    important: bool = False
    secret: bool = False
    trace: UUID | None = None
    due_at: datetime | None = None


def keep_back(session: Session, letter: Letter, now: datetime, why: str) -> None:
    """Write down a message that no road leads out for: among those that failed, where it is seen."""
    put_down(session, OutboxRow, _row(letter, now) | {"status": "failed", "error": why})


def put(session: Session, letter: Letter, now: datetime, woken: Woken) -> None:
    """Queue it, and have its address woken after the commit."""
    put_down(session, OutboxRow, _row(letter, now))
    woken.addresses.add(letter.address.id)
    woken.kinds.add(letter.kind)


def _row(letter: Letter, now: datetime) -> dict[str, object]:
    return {
        "shop_id": letter.shop_id,
        "address_id": letter.address.id,
        "person_id": letter.person_id,
        "reference": uuid.uuid4(),
        "kind": letter.kind,
        "recipient": letter.recipient,
        "body": letter.text,
        "media_url": letter.media_url,
        "payload": dump(letter.payload) if letter.payload else None,
        "segments": letter.segments,
        "important": letter.important,
        "secret": letter.secret,
        "status": "queued",
        "attempts": 0,
        "error": None,
        "due_at": letter.due_at or now,
        "trace": letter.trace or uuid.uuid4(),
        "created_at": now,
    }
