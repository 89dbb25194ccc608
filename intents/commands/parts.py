"""A message cut into parts, of which its first are the word and the others what stands behind it."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from intents.command import Command, Word
from intents.folding import fold
from intents.language import Language

_PART = re.compile(r"[+-]?\d+(?:[.,]\d+)*|[^\W\d_]+|#")
_ORDER_NUMBER = re.compile(r"\d{1,9}$")
_TRAILING = " \t\r\n.!?,;"
# Words between a keyword and its number that say nothing: "OK order 1001".
FILLERS = frozenset({"#", "no", "number", "order", "oda", "for"})


class Part(NamedTuple):
    """A word or figure as it compares, and its place in the text."""

    word: str
    start: int
    end: int


Reading: TypeAlias = Callable[[Word, bool, str, Sequence[Part], Language], Command | None]
"""The command of a word that was spelt exactly or not, in this text, with these parts behind it; None
where they are nothing that may stand there."""


def parts_of(text: str) -> list[Part]:
    """All parts of a tidied text."""
    return [Part(fold(m.group()), m.start(), m.end()) for m in _PART.finditer(text)]


def is_order_number(part: Part) -> bool:
    """Whether it may be the number of an order."""
    return _ORDER_NUMBER.match(part.word) is not None


def order_number(after: Sequence[Part]) -> tuple[int | None, Sequence[Part]]:
    """The order number at the head, fillers left out; without one, everything is the rest."""
    for index, part in enumerate(after):
        if is_order_number(part):
            return int(part.word), after[index + 1 :]
        if part.word not in FILLERS:
            break
    return None, after


def as_written(text: str, after: Sequence[Part]) -> str:
    """What stands from here on."""
    return text[after[0].start :].strip() if after else ""


def unpointed(text: str, after: Sequence[Part]) -> str:
    """What stands from here on, without the points at its end."""
    return as_written(text, after).rstrip(_TRAILING)
