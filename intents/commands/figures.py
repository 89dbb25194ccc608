"""Words with a sum of money or a code: "PAYOUT 50000", "CASH Okello 12000", "CODE 123 456"."""

import re
from collections.abc import Sequence

from intents.command import Command, Word
from intents.commands.parts import Part, unpointed
from intents.language import Language

_FIGURE = re.compile(r"[+-]?\d[\d.,]*k?$", re.IGNORECASE)
_CODE = re.compile(r"[0-9]{6}$")
# A rider's name and an amount have no more words: "Okello Moses Junior UGX 50000".
_LONGEST_NAME = 5


def is_figure(said: str) -> bool:
    """Whether it is a number as sellers write it: "+5", "4,500", "12k"."""
    return _FIGURE.match(said) is not None


def with_figure(
    word: Word, exact: bool, text: str, after: Sequence[Part], _language: Language
) -> Command | None:
    """A figure at the end, or nothing."""
    rest = unpointed(text, after)
    if rest and not is_figure(rest.split()[-1]):
        return None
    return Command(word, rest=rest, exact=exact)


def with_rider(
    word: Word, exact: bool, text: str, after: Sequence[Part], _language: Language
) -> Command | None:
    """Whoever brought it, by name or phone, and how much. Nobody: who holds how much. A sentence is no
    rider's name."""
    rest = unpointed(text, after)
    if len(rest.split()) > _LONGEST_NAME:
        return None
    return Command(word, rest=rest, exact=exact and bool(rest) and text[-1:] != "?")


def with_code(
    word: Word, exact: bool, text: str, after: Sequence[Part], _language: Language
) -> Command | None:
    """Six digits, perhaps in groups: four would be a delivery's."""
    digits = re.sub(r"[ -]", "", unpointed(text, after))
    return Command(word, rest=digits, exact=exact) if _CODE.match(digits) else None
