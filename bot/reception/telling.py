"""A word to somebody who is not yet with a shop."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.addressee import reader_at
from bot.outbox.queue import Letter, put
from bot.reception.door import Door
from channels.channel import Medium
from channels.render import Reader, Words, render
from flows.message import Message
from flows.reply import Reply
from store.models import PersonRow
from store.scope import Woken


def tell(
    session: Session,
    door: Door,
    person: PersonRow,
    message: Message,
    words: Words,
    now: datetime,
    woken: Woken,
) -> None:
    """In the language of the first shop here."""
    recipient = person.phone or person.whatsapp_user_id
    if recipient is None:
        return
    first = door.lines[0].shop if door.lines else None
    reader = (
        reader_at(first, str(first.locales[0]), "customer")
        if first is not None
        else Reader("en", "UTC", "customer")
    )
    medium, provider = Medium(door.address.channel), door.address.provider
    rendered = render(Reply((message,)), medium, reader, words, now, provider=provider)
    for draft in rendered.texts:
        letter = Letter(
            None, door.address, person.id, recipient, draft.text, "reply", segments=draft.segments
        )
        put(session, letter, now, woken)
