"""WhatsApp through a provider without interactive messages: one text with numbered lines.

Source: Twilio, Messages resource, "Body": at most 1,600 characters.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from channels.channel import Medium
from channels.interactive import LONGEST_BODY, Rows
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


# French sets a space before these; a line must not begin with them.
_BEFORE_SIGN = re.compile(r" (?=[?!:;»](?:\s|$))", re.MULTILINE)


def unbroken(text: str) -> str:
    """`text` whose signs stay with the word before them wherever a screen breaks its lines."""
    return _BEFORE_SIGN.sub("\u00a0", text)


def width(text: str) -> int:
    """Characters in UTF-16, the stricter of the two ways in which an emoji can be counted."""
    return len(text.encode("utf-16-le", "replace")) // 2


def pictures(reply: Reply, voice: Voice) -> tuple[Draft, ...]:
    """A draft for each picture that was asked for."""
    return tuple(
        Draft(voice.say(picture.caption) if picture.caption else "", media_url=picture.url)
        for picture in reply.pictures
    )


def covered(rendered: Rendered, cover: str | None) -> Rendered:
    """With the picture above the words in one message, where that holds them; else after it."""
    if cover is None:
        return rendered
    first, *others = rendered.texts
    fits = width(first.text) <= LONGEST_BODY and not isinstance(first.interactive, Rows)
    texts = (
        (replace(first, media_url=cover), *others)
        if fits
        else (first, Draft("", media_url=cover), *others)
    )
    return replace(rendered, texts=texts)


def numbered_within(limit: int) -> Callable[[Reply, Reader, Words, datetime], Rendered]:
    """A renderer of texts of at most `limit` characters."""

    def render(reply: Reply, reader: Reader, words: Words, now: datetime) -> Rendered:
        """One text, with "1. Label" for every option, and the pictures."""
        voice = Voice(reader, words, Medium.WHATSAPP, unbroken)
        shape = Shape(
            fits=lambda text: width(text) <= limit,
            mark=".",
            more=voice.say(Message("page-more")),
            previous=voice.say(Message("page-previous")),
            most=OPTIONS_PER_PAGE,
        )
        paragraphs = body(reply, voice)
        menu = options(reply, voice, described=True)
        above = split(["\n\n".join(paragraphs) + ("\n" if menu else "")]) if paragraphs else []
        if not (above or menu):
            return Rendered(pictures(reply, voice), None)
        pages = paginate([*above, *menu], shape)
        answerable = bool(menu) or len(pages) > 1
        shown = Shown(reader.role, now, pages) if answerable else None
        rendered = Rendered((Draft(pages[0].text), *pictures(reply, voice)), shown)
        return covered(rendered, reply.cover)

    return render


numbered = numbered_within(BODY_LIMIT)
