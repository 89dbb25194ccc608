"""WhatsApp through Meta: buttons and lists to tap, within the limits of channels/interactive.py.

What is tapped comes back by its id. Who writes instead is understood too: every option keeps a number
and its label in what is remembered of the menu.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from channels.channel import Medium
from channels.interactive import (
    LONGEST_BODY,
    LONGEST_BUTTON,
    LONGEST_DESCRIPTION,
    LONGEST_OPENER,
    LONGEST_ROW,
    LONGEST_TEXT,
    MOST_BUTTONS,
    MOST_ROWS,
    Button,
    Buttons,
    Interactive,
    Row,
    Rows,
)
from channels.render.ids import turn_id, wire_id
from channels.render.lines import Voice, body, options
from channels.render.reader import Reader
from channels.render.rendered import Rendered, page_draft
from channels.render.whatsapp import covered, numbered_within, pictures, unbroken, width
from channels.render.words import Words
from channels.shown import Page, Shown
from flows.message import Message
from flows.reply import Menu, Reply

CUT = ".."

# Plain text may be longer than what stands above buttons, and carries its options by number.
in_text = numbered_within(LONGEST_TEXT)


@dataclass(frozen=True, slots=True)
class Item:
    """One option in words. `number` is what may be typed for it."""

    number: str
    id: str
    label: str
    description: str


def tappable(reply: Reply, reader: Reader, words: Words, now: datetime) -> Rendered:
    """One message: its text with buttons, or a list, under it. A text that is too long for that is
    written with its options as numbered lines."""
    voice = Voice(reader, words, Medium.WHATSAPP, unbroken)
    paragraphs = body(reply, voice)
    if reply.menu is None or width("\n\n".join(paragraphs)) > LONGEST_BODY:
        return in_text(reply, reader, words, now)
    opener = _opener(reply.menu, voice)
    text = "\n\n".join(paragraphs) or opener
    pages = tuple(
        Page(
            text=text if index == 0 else (paragraphs or [opener])[-1],
            options={item.number: item.id for item in items},
            labels={item.number: item.label for item in items},
            interactive=_offer(items, opener, further),
        )
        for index, (items, further) in enumerate(_pages(_items(reply, voice), voice, now))
    )
    shown = Shown(reader.role, now, pages)
    texts = (page_draft(pages[0], Medium.WHATSAPP), *pictures(reply, voice))
    return covered(Rendered(texts, shown), reply.cover)


def _items(reply: Reply, voice: Voice) -> list[Item]:
    """The menu's options, each id once."""
    plain, described = (options(reply, voice, described=told) for told in (False, True))
    known: dict[str, Item] = {}
    for short, long in zip(plain, described, strict=True):
        description = long.text.removeprefix(short.text).removeprefix(" - ")
        label = short.text.strip() or short.number
        known.setdefault(short.id, Item(short.number, short.id, label, description.strip()))
    return list(known.values())


def _opener(menu: Menu, voice: Voice) -> str:
    """The words on the button that opens a list."""
    titles = (menu.title, Message("list-opener"))
    said = (" ".join(voice.say(title).split()) for title in titles if title is not None)
    return next((text for text in said if text and width(text) <= LONGEST_OPENER), CUT)


def _pages(
    items: Sequence[Item], voice: Voice, now: datetime
) -> Iterator[tuple[Sequence[Item], Row | None]]:
    """As many options as a list has room for, and the row that leads to more of them."""
    page = 0
    while len(items) > MOST_ROWS:
        page += 1
        title, _ = divided(voice.say(Message("page-more")), LONGEST_ROW)
        yield items[: MOST_ROWS - 1], Row(turn_id(page, now), title)
        items = items[MOST_ROWS - 1 :]
    yield items, None


def _offer(items: Sequence[Item], opener: str, further: Row | None) -> Interactive:
    if further is None and _fit_buttons(items):
        return Buttons(tuple(Button(wire_id(item.id), item.label) for item in items))
    rows = tuple(map(row_of, items))
    return Rows(opener, (*rows, further) if further else rows)


def _fit_buttons(items: Sequence[Item]) -> bool:
    """Buttons say nothing but their title, whole, and no two of them the same."""
    return (
        len(items) <= MOST_BUTTONS
        and all(width(item.label) <= LONGEST_BUTTON and not item.description for item in items)
        and len({item.label for item in items}) == len(items)
    )


def row_of(item: Item) -> Row:
    """What of a label has no room in the title goes on in the description."""
    title, rest = divided(item.label, LONGEST_ROW)
    told = " - ".join(filter(None, (rest, item.description)))
    return Row(wire_id(item.id), title, shortened(told, LONGEST_DESCRIPTION) or None)


def divided(text: str, most: int) -> tuple[str, str]:
    """`text` in two, the first with at most `most` characters, between words where that is possible."""
    if width(text) <= most:
        return text, ""
    end = len(text)
    while width(text[:end]) > most:
        end -= 1
    space = text.rfind(" ", 0, end + 1)
    # Half a word that begins the text says more than nothing.
    end = space if space > 0 else end
    opened = text.rfind("(", 0, end)
    if opened > 0 and ")" not in text[opened:end]:
        # What is in brackets stays together: "Fast delivery" and "(UGX 10,000)".
        end = opened
    return text[:end].rstrip(), text[end:].lstrip()


def shortened(text: str, most: int) -> str:
    """`text`, with a mark where its end had to be left out."""
    if width(text) <= most:
        return text
    head, _ = divided(text, most - len(CUT))
    return head + CUT
