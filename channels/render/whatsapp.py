"""WhatsApp through a provider without interactive messages: one text with numbered lines.

Source: Twilio, Messages resource, "Body": at most 1,600 characters.
"""

from datetime import datetime

from channels.channel import Medium
from channels.render.lines import Voice, body, options, split
from channels.render.pages import Shape, paginate
from channels.render.reader import Reader
from channels.render.rendered import Draft, Rendered
from channels.render.words import Words
from channels.shown import Shown
from flows.message import Message
from flows.reply import Reply

BODY_LIMIT = 1600
OPTIONS_PER_PAGE = 10


def _fits(text: str) -> bool:
    # Counted in UTF-16 units, the stricter of the two ways in which an emoji can be counted.
    return len(text.encode("utf-16-le", "replace")) // 2 <= BODY_LIMIT


def numbered(reply: Reply, reader: Reader, words: Words, now: datetime) -> Rendered:
    """One text, with "1. Label" for every option, and a draft for each picture asked for."""
    voice = Voice(reader, words, Medium.WHATSAPP)
    shape = Shape(
        fits=_fits,
        mark=".",
        more=voice.say(Message("page-more")),
        previous=voice.say(Message("page-previous")),
        most=OPTIONS_PER_PAGE,
    )
    paragraphs = body(reply, voice)
    menu = options(reply, voice, described=True)
    above = split(["\n\n".join(paragraphs) + ("\n" if menu else "")]) if paragraphs else []
    pictures = tuple(
        Draft(voice.say(picture.caption) if picture.caption else "", media_url=picture.url)
        for picture in reply.pictures
    )
    if not (above or menu):
        return Rendered(pictures, None)
    pages = paginate([*above, *menu], shape)
    answerable = bool(menu) or len(pages) > 1
    shown = Shown(reader.role, now, pages) if answerable else None
    return Rendered((Draft(pages[0].text), *pictures), shown)
