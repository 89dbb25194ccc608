"""What still gets through to a person whose WhatsApp window is closed: an approved template.

Source: Meta, WhatsApp Business Platform, "Customer service windows" (outside it only templates) and
"Template messages" (a value holds neither line breaks nor runs of blanks).
"""

from uuid import UUID

from sqlalchemy.orm import Session

from channels.channel import Medium
from channels.interactive import Template
from channels.render import Reader, Words
from channels.render.tappable import shortened
from flows.message import Message
from store.models import AddressRow
from store.templates import template_for

LONGEST_VALUE = 300
# Meta refuses an empty value.
NOTHING = "-"


def filled(
    session: Session,
    shop_id: UUID,
    address: AddressRow,
    message: Message,
    words: Words,
    reader: Reader,
) -> Template | None:
    """The template that says `message` in the reader's language, with its values; None where the shop
    has none, or one that wants what the message does not carry."""
    if address.provider != "meta":
        return None
    row = template_for(session, shop_id, message.key, reader.locale)
    if row is None:
        return None
    known = message.values if message.count is None else {**message.values, "count": message.count}
    if not set(row.placeholders) <= known.keys():
        return None
    values = (words.value(known[name], reader, Medium.WHATSAPP) for name in row.placeholders)
    return Template(row.name, row.language, tuple(map(_plain, values)))


def _plain(value: str) -> str:
    return shortened(" ".join(value.split()), LONGEST_VALUE) or NOTHING
