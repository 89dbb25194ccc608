"""A reply as lines of words, before any medium's limits are known."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from channels.channel import Medium
from channels.render.pages import Line, numbers
from channels.render.reader import Reader
from channels.render.words import WHOLE, Squeeze, Words
from flows.message import Message
from flows.reply import Reply


@dataclass(frozen=True, slots=True)
class Voice:
    """How one reader is spoken to on one medium. `plain` leaves only letters that the medium takes."""

    reader: Reader
    words: Words
    medium: Medium
    plain: Callable[[str], str] = str

    def say(self, message: Message, squeeze: Squeeze = WHOLE) -> str:
        return self.plain(self.words.text(message, self.reader, self.medium, squeeze)).strip()


def body(reply: Reply, voice: Voice, squeeze: Squeeze = WHOLE) -> list[str]:
    """The paragraphs. A medium without pictures says at least their captions."""
    said: tuple[Message, ...] = reply.messages
    if not said and voice.medium is not Medium.WHATSAPP:
        said = tuple(picture.caption for picture in reply.pictures if picture.caption)
    return [text for message in said if (text := voice.say(message, squeeze))]


def options(reply: Reply, voice: Voice, *, described: bool) -> list[Line]:
    """The menu, numbered from 1 through all its pages."""
    if reply.menu is None:
        return []
    lines = []
    for number, option in zip(numbers(), reply.menu.options, strict=False):
        label = voice.say(option.label)
        if described and option.description is not None:
            label = f"{label} - {voice.say(option.description)}".strip(" -")
        # A line break inside a label would look like another option.
        lines.append(Line(re.sub(r"\s+", " ", label), number, option.id))
    return lines


def split(paragraphs: list[str]) -> list[Line]:
    """Paragraphs as single lines."""
    return [Line(line.rstrip()) for text in paragraphs for line in text.split("\n")]
