"""Words that stand alone, with the number of an order, or with somebody's phone."""

import re
from collections.abc import Sequence

from intents.command import Command, Word
from intents.commands.parts import FILLERS, Part, Reading, as_written, is_order_number, order_number
from intents.commands.rules import RULES
from intents.language import Language

_PHONE = re.compile(r"(?:\+\d{7,15}|\d{10,15})\b")


def alone(
    word: Word, exact: bool, text: str, after: Sequence[Part], _language: Language
) -> Command | None:
    """Nothing may stand behind it."""
    if after:
        return None
    return Command(word, exact=exact and not RULES[word].spoken and text[-1:] != "?")


def with_number(
    word: Word, exact: bool, _text: str, after: Sequence[Part], language: Language
) -> Command | None:
    """An order's number, or nothing."""
    number, rest = order_number(after)
    if rest:
        # "OK 1001 and 1002": the first, which the answer names. A bare word could mean a third order.
        between = FILLERS | language.separators | language.linkers
        if number is None or not all(
            is_order_number(part) or part.word in between for part in rest
        ):
            return None
    return Command(word, number, exact=exact and (number is not None or not RULES[word].spoken))


def with_text(
    word: Word, exact: bool, text: str, after: Sequence[Part], _language: Language
) -> Command | None:
    """An order's number, and text behind it. Text alone only with a word that no talk begins with."""
    number, rest = order_number(after)
    if number is None and rest and RULES[word].spoken:
        return None
    sure = number is not None or not RULES[word].spoken
    return Command(word, number, as_written(text, rest), exact and sure)


def by_phone(otherwise: Reading) -> Reading:
    """A phone stays in `rest`, as written; where there is none, the form is that of an order."""

    def read(
        word: Word, exact: bool, text: str, after: Sequence[Part], language: Language
    ) -> Command | None:
        if after and _PHONE.match(text, after[0].start):
            return Command(word, rest=as_written(text, after), exact=exact)
        return otherwise(word, exact, text, after, language)

    return read
