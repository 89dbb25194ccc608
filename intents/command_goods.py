"""Words with which goods may stand, or nothing: LINK, "LINK rice 5kg"."""

from collections.abc import Sequence
from typing import Protocol

from intents.command import Command, Word
from intents.language import Language

# A name has no more words: what is longer is a sentence.
LONGEST_NAME = 6
_TRAILING = " \t\r\n.!?,;"


class Part(Protocol):
    """A word of the text, by where it begins."""

    @property
    def start(self) -> int: ...


def perhaps_goods(
    word: Word, exact: bool, text: str, after: Sequence[Part], _language: Language
) -> Command | None:
    """`rest` is the name or sku of goods, "" where none are named."""
    rest = text[after[0].start :].strip(_TRAILING) if after else ""
    return Command(word, rest=rest, exact=exact) if len(rest.split()) <= LONGEST_NAME else None
