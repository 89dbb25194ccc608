"""From a Reply to what a medium can show."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from channels.channel import Medium
from channels.render import sms, tappable, ussd, whatsapp
from channels.render.reader import Reader
from channels.render.rendered import Draft, Rendered, page_draft
from channels.render.words import MissingTextError, Words
from flows.reply import Reply

Renderer: TypeAlias = Callable[[Reply, Reader, Words, datetime], Rendered]

# A provider that can more than its medium's plain form has an entry of its own.
RENDERERS: Mapping[tuple[Medium, str | None], Renderer] = {
    (Medium.WHATSAPP, None): whatsapp.numbered,
    (Medium.WHATSAPP, "meta"): tappable.tappable,
    (Medium.SMS, None): sms.numbered,
    (Medium.USSD, None): ussd.paged,
}


def render(
    reply: Reply, medium: Medium, reader: Reader, words: Words, now: datetime, *, provider: str
) -> Rendered:
    """`reply` in the reader's language, within the limits of `medium` at `provider`."""
    renderer = RENDERERS.get((medium, provider)) or RENDERERS[medium, None]
    return renderer(reply, reader, words, now)


__all__ = ["Draft", "MissingTextError", "Reader", "Rendered", "Words", "page_draft", "render"]
