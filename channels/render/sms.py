"""SMS: few segments, numbered lines, pages of at most three segments."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from channels.channel import Medium
from channels.render.gsm import fits, plain, segments, tidy, transliterate
from channels.render.lines import Voice, body, options, split
from channels.render.pages import Shape, paginate
from channels.render.reader import Reader
from channels.render.rendered import Draft, Rendered, page_draft
from channels.render.words import WHOLE, Squeeze, Words
from channels.shown import Page, Shown
from flows.message import Elastic, Message, Value
from flows.reply import Reply

MOST_SEGMENTS = 3

# Tried in turn until a text with an Elastic fits one segment: how many letters other words keep, and
# how few parts of the list that allows.
SQUEEZES: tuple[tuple[int | None, int], ...] = (
    (None, 3), (40, 2), (24, 1), (16, 1), (12, 1), (8, 0), (4, 0), (0, 0),
)  # fmt: skip


def numbered(reply: Reply, reader: Reader, words: Words, now: datetime) -> Rendered:
    """The first page as one SMS. A text that carries an Elastic is always a single GSM-7 segment."""
    stretch = max((_parts(message) for message in reply.messages), default=0)
    if stretch and reply.menu is None:
        text = _one_segment(reply, _plain(reader, words), stretch)
        return Rendered((Draft(text),), None)
    pages = _lettered(reply, reader, words)
    if not pages[0].text:
        return Rendered((), None)
    answerable = len(pages) > 1 or bool(pages[0].options)
    shown = Shown(reader.role, now, pages) if answerable else None
    return Rendered((page_draft(pages[0], Medium.SMS),), shown)


def _lettered(reply: Reply, reader: Reader, words: Words) -> tuple[Page, ...]:
    """The pages in the language's own letters where the shop pays for them. Who reads never pays:
    what plain letters say at once is not torn into pages for the sake of its accents."""
    cheap = _pages(reply, _plain(reader, words))
    if reader.gsm_only:
        return cheap
    own = _pages(reply, Voice(reader, words, Medium.SMS, _own))
    return own if len(own) <= len(cheap) else cheap


def _plain(reader: Reader, words: Words) -> Voice:
    letters = partial(plain, tones=words.has_tones(reader.locale))
    return Voice(replace(reader, gsm_only=True), words, Medium.SMS, letters)


def _pages(reply: Reply, voice: Voice) -> tuple[Page, ...]:
    shape = Shape(
        fits=lambda text: fits(text, MOST_SEGMENTS),
        mark="",
        more=voice.say(Message("page-more")),
        previous=voice.say(Message("page-previous")),
    )
    above = split(body(reply, voice))
    # Descriptions are welcome where they cost nothing.
    short, long = (
        paginate([*above, *options(reply, voice, described=described)], shape)
        for described in (False, True)
    )
    return long if _cost(long) <= _cost(short) else short


def _cost(pages: tuple[Page, ...]) -> int:
    return sum(segments(page.text).count for page in pages)


def _one_segment(reply: Reply, voice: Voice, stretch: int) -> str:
    text = ""
    for squeeze in _squeezes(stretch):
        text = "\n".join(body(reply, voice, squeeze))
        if fits(text):
            return text
    return _head(text)


def _own(text: str) -> str:
    return tidy(transliterate(text, accents=False))


def _squeezes(stretch: int) -> Iterator[Squeeze]:
    yield WHOLE
    for letters, fewest in SQUEEZES:
        for parts in range(stretch, min(fewest, stretch) - 1, -1):
            yield Squeeze(parts, letters)


def _head(text: str) -> str:
    """As much of `text` as one segment holds: the catalogue's own words alone were too long."""
    while not fits(text):
        text = text[:-1]
    return text


def _parts(value: Value) -> int:
    """The length of the longest Elastic in a message."""
    match value:
        case Elastic():
            return len(value.parts)
        case Message():
            return max(map(_parts, value.values.values()), default=0)
        case tuple():
            return max(map(_parts, value), default=0)
        case _:
            return 0
