"""The durable inbox: what was received is written down once, whatever the provider repeats."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import BigInteger, Sequence, bindparam, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.blanking import BLANK
from channels.channel import Inbound
from flows.heard import Attachment, Basket, BasketItem, MediaKind
from store.late import change
from store.models import InboxRow, ReceivedRow
from store.pictures.ticket import Ticket
from store.prepared import PREPARED
from store.received import by_month, known_in

INBOX = InboxRow.metadata.tables["inbox"]
NEXT = Sequence("inbox_id_seq").next_value()
# A turn looks this far back for what waits, so that it reads one month or two and not all of them. What
# has waited longer is answered all the same, by the catch-up thread.
LOOKED_BACK = timedelta(days=7)
# As far as the clocks of two machines might be apart.
LOOKED_AHEAD = timedelta(hours=1)
RECEIVED_LATELY = InboxRow.received_at.between(bindparam("since"), bindparam("until"))
KNOWN_BY = ("address_id", "message_id", "received_at")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a message belongs. `shop_id` None: no shop's yet (a hint or a question answers it).

    `role` is set where routing already knows as whom the person writes, and `choice` what it means.
    """

    address_id: UUID
    person_id: UUID
    shop_id: UUID | None
    text: str
    role: str | None = None
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """Why a message has no turn; `answer` is the page of one that was dialled, `trace` what ties to it
    whatever else it leads to."""

    failure: str
    trace: UUID
    answer: str | None = None


def lately(now: datetime, since: datetime | None = None) -> dict[str, datetime]:
    """What RECEIVED_LATELY asks for. `since`: where that may be longer ago than usual."""
    usual = now - LOOKED_BACK
    return {"since": min(since, usual) if since else usual, "until": now + LOOKED_AHEAD}


def keep(
    session: Session,
    inbound: Inbound,
    to: Destination,
    now: datetime,
    aside: Aside | None = None,
) -> int | None:
    """Insert the message; its number, or None when it had been received before. One that is put aside
    is done with at once."""
    values = _values(inbound, to, now)
    if to.shop_id is None or aside is not None:
        values["done_at"] = now
    if aside is not None:
        values |= {"answer": aside.answer, "failure": aside.failure, "trace": aside.trace}
    return _insert(session, to.person_id, values)


def keep_answered(
    session: Session, inbound: Inbound, to: Destination, now: datetime
) -> InboxRow | None:
    """Insert a message that this very transaction answers; None when it had been received before. What
    changes of it afterwards is for `keep_answer`."""
    values = _values(inbound, to, now) | {"done_at": now}
    number = _insert(session, to.person_id, values)
    if number is None:
        return None
    return InboxRow(id=number, **values)


def keep_answer(session: Session, row: InboxRow) -> None:
    """What has become of a message since `keep_answered` inserted it."""
    values = {} if row.answer is None else {"answer": row.answer}
    if row.text == BLANK:
        values["text"] = row.text
    change(session, InboxRow, {"id": row.id, "received_at": row.received_at}, values)


def _values(inbound: Inbound, to: Destination, now: datetime) -> dict[str, object]:
    return {
        "address_id": to.address_id,
        "message_id": inbound.message_id,
        "shop_id": to.shop_id,
        "person_id": to.person_id,
        "medium": inbound.medium.value,
        "text": to.text,
        "payload": payload(inbound, to),
        "trace": uuid.uuid4(),
        "received_at": now,
        "done_at": None,
        "tries": 0,
        "answer": None,
        "failure": None,
    }


def _insert(session: Session, person_id: UUID, values: Mapping[str, object]) -> int | None:
    connection = session.connection()
    if by_month(session):
        key = int.from_bytes(person_id.bytes[8:], signed=True)
        number = connection.scalar(IN_LINE, {**values, "lock": key})
    else:
        number = connection.scalar(IF_NEW, values)
    return None if number is None else int(number)


def _in_line() -> postgresql.Insert:
    """A person's messages get their numbers one after the other, each once the one before can be seen:
    the number is drawn while a lock is held that ends with the transaction. On SQLite there is one
    writer anyway. Only what is new among the received goes into the inbox: in one statement, so both
    or neither. (The version before this one did not write down there what it received; its messages
    are in a month that has a unique key of its own.)"""
    row = {
        column.name: cast(bindparam(column.name, type_=column.type), column.type)
        for column in INBOX.columns
        if column.name != "id"
    }
    locked = func.pg_advisory_xact_lock(bindparam("lock", type_=BigInteger)).table_valued("locked")
    known_by = [row[name] for name in KNOWN_BY]
    new = (
        postgresql.insert(ReceivedRow)
        .from_select(["number", *KNOWN_BY], select(NEXT, *known_by).select_from(locked))
        .on_conflict_do_nothing()
        .returning(ReceivedRow.number)
        .cte("new")
    )
    return (
        postgresql.insert(INBOX)
        .from_select(["id", *row], select(new.c.number, *row.values()), include_defaults=False)
        .on_conflict_do_nothing()
    )


# Put together once: every message that comes in goes through one of them.

IN_LINE = _in_line().returning(INBOX.c.id).execution_options(**PREPARED)
IF_NEW = sqlite.insert(INBOX).on_conflict_do_nothing().returning(INBOX.c.id)


def kept(session: Session, address_id: UUID, message_id: str) -> InboxRow | None:
    """A message as it was written down."""
    known = known_in(session)
    found = session.scalars(
        select(known).where(known.address_id == address_id, known.message_id == message_id)
    ).first()
    if isinstance(found, ReceivedRow):
        # With the month as a literal, only that one is looked into.
        return session.get(InboxRow, (found.number, found.received_at))
    return found if isinstance(found, InboxRow) else None


def payload(inbound: Inbound, to: Destination) -> dict[str, object]:
    """What of a message has no column of its own, as JSON."""
    found: dict[str, object] = {}
    choice = to.choice or inbound.choice
    if choice:
        found["choice"] = choice
    if inbound.sender.name:
        found["name"] = inbound.sender.name
    if inbound.sender.user_id:
        found["user_id"] = inbound.sender.user_id
    if inbound.session:
        found["session"] = inbound.session.id
    if inbound.reply_to:
        found["reply_to"] = inbound.reply_to
    if inbound.sent_at:
        found["sent_at"] = inbound.sent_at.isoformat()
    if to.role:
        found["role"] = to.role
    if inbound.attachment:
        found["attachment"] = _described(inbound.attachment)
    if inbound.basket:
        found["basket"] = [[item.sku, item.quantity] for item in inbound.basket.items]
    return found


def _described(attachment: Attachment) -> dict[str, object]:
    return {
        "kind": attachment.kind.value,
        "url": attachment.url,
        "caption": attachment.caption,
        "latitude": attachment.latitude,
        "longitude": attachment.longitude,
        **({"media": attachment.media} if attachment.media else {}),
    }


def attachment(row: InboxRow) -> Attachment | None:
    """The attachment of a kept message. What it is fetched by is good at the address that it came to."""
    match row.payload.get("attachment"):
        case {
            "kind": str(kind), "url": url, "caption": caption, "latitude": lat, "longitude": lon,
            **further,
        }:  # fmt: skip
            return Attachment(
                MediaKind(kind),
                url if isinstance(url, str) else None,
                caption if isinstance(caption, str) else "",
                lat if isinstance(lat, float) else None,
                lon if isinstance(lon, float) else None,
                _ticket(row, further.get("media")),
            )
    return None


def _ticket(row: InboxRow, media: object) -> str | None:
    return str(Ticket(row.address_id, media)) if isinstance(media, str) else None


def basket(row: InboxRow) -> Basket | None:
    """The basket of a kept message; its words are the message's text."""
    match row.payload.get("basket"):
        case [*items]:
            listed = tuple(BasketItem(str(sku), int(quantity)) for sku, quantity in items)
            return Basket(listed, row.text)
    return None
