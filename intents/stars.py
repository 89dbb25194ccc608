"""Reads how many stars somebody gives in words: "five stars", "nyota tano"."""

from collections.abc import Iterator, Sequence

from intents.folding import Token, tidy, tokenise
from intents.language_files import speech
from intents.number_words import NumberWords
from intents.numbers import Number, read_number

STARS = range(1, 6)


def read_stars(text: str, locales: Sequence[str]) -> int | None:
    """The one number that is said, where it can be stars; words that mean other things too are none."""
    language = speech(tuple(dict.fromkeys((*locales, "en"))))
    tokens = tokenise(tidy(text), language)
    said = [n for n in _numbers(tokens, language.numbers) if not (n.article or n.weak)]
    if len(said) != 1 or said[0].value not in STARS:
        return None
    return int(said[0].value)


def _numbers(tokens: Sequence[Token], words: NumberWords) -> Iterator[Number]:
    at = 0
    while at < len(tokens):
        number = read_number(tokens, at, words)
        if number is not None:
            yield number
        at = number.last if number is not None else at + 1
