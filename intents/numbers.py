"""Reads numbers: "2", "1,000", "2.5", "1/2", "5k", "twenty five", "half a dozen", "two and a half"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from intents.folding import Token
from intents.language import NumberWords

_FRACTION = re.compile(r"(\d{1,6})[/\u2044](\d{1,6})$")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+$")
_DECIMAL = re.compile(r"(\d+)[.,](\d{1,2})$|(\d+)\.(\d+)$")
_HALVES = re.compile(r"1[/\u2044]2$|1[/\u2044]4$|3[/\u2044]4$")
_DIGITS_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens[first:last]. `article`: said as "a". `suffixed`: "5k", which is money."""

    value: Decimal
    first: int
    last: int
    article: bool = False
    suffixed: bool = False


def read_figure(word: str) -> Decimal | None:
    """Digits as a number: grouped by thousands, with decimals, or a fraction. None for anything else."""
    if not word[:1].isdigit() or len(word) > 2 * _DIGITS_AT_MOST:
        return None
    if found := _FRACTION.match(word):
        above, below = int(found[1]), int(found[2])
        return Decimal(above) / Decimal(below) if below else None
    if _GROUPED.match(word):
        return Decimal(word.replace(",", "").replace(".", ""))
    if found := _DECIMAL.match(word):
        return Decimal(f"{found[1] or found[3]}.{found[2] or found[4]}")
    return Decimal(word) if word.isdecimal() and len(word) <= _DIGITS_AT_MOST else None


def read_number(tokens: Sequence[Token], at: int, words: NumberWords) -> Number | None:
    """The longest number that begins at this token, or None."""
    figure = read_figure(tokens[at].word)
    if figure is not None:
        return _after_figure(tokens, at, figure, words)
    return _spoken(tokens, at, words)


def _after_figure(
    tokens: Sequence[Token], at: int, value: Decimal, words: NumberWords
) -> Number | None:
    """ "5k", "2 dozen", "2 thousand", "1 1/2", "2 and a half", or the figure alone."""
    following = _word(tokens, at + 1)
    if following in words.suffixes and tokens[at].end == tokens[at + 1].start:
        return Number(value * words.suffixes[following], at, at + 2, suffixed=True)
    if following in words.scales:
        return Number(value * words.scales[following], at, at + 2)
    if _HALVES.match(following) and value == value.to_integral_value():
        return Number(value + (read_figure(following) or 0), at, at + 2)
    return _finish(tokens, Number(value, at, at + 1), words)


def _spoken(tokens: Sequence[Token], at: int, words: NumberWords) -> Number | None:
    """A number in words. "a" is 1 where nothing more follows it that belongs to the number."""
    first = tokens[at].word
    if first in words.fractions:
        return _finish(tokens, Number(words.fractions[first], at, at + 1), words)
    if first in words.groups:
        return Number(Decimal(words.groups[first]), at, at + 1)
    if first in words.articles:
        following = _word(tokens, at + 1)
        if following in words.scales or following in words.groups or following in words.fractions:
            inner = _spoken(tokens, at + 1, words)
            return inner and Number(inner.value, at, inner.last)
        return Number(Decimal(1), at, at + 1, article=True)
    value, last = _add_up(tokens, at, words)
    return _finish(tokens, Number(Decimal(value), at, last), words) if last > at else None


def _add_up(tokens: Sequence[Token], at: int, words: NumberWords) -> tuple[int, int]:
    """The sum of number words from here on, and where it ends (`at` itself when there is none)."""
    total, current, last = 0, 0, at
    room, highest = 10**12, 10**12
    while True:
        word = _word(tokens, last)
        following = _word(tokens, last + 1)
        if word in words.values and words.values[word] < room:
            current += words.values[word]
            room = 10 if 20 <= words.values[word] < 100 and words.values[word] % 10 == 0 else 0
        elif word in words.scales and words.scales[word] < highest:
            scale = words.scales[word]
            current = max(current, 1) * scale
            room = scale
            if scale >= 1000:
                total, current, highest = total + current, 0, scale
        elif last > at and _joins(word, following, words) and 10 <= room < 10**12:
            pass
        else:
            return total + current, last
        last += 1


def _joins(word: str, following: str, words: NumberWords) -> bool:
    """Whether "and" or a hyphen stands within a number: "hundred and five", "twenty-five"."""
    return (word in words.joiners or word == "-") and following in words.values


def _finish(tokens: Sequence[Token], number: Number, words: NumberWords) -> Number:
    """What may end a number: a group ("half a dozen", "2 dozen") or a fraction ("two and a half")."""
    at = number.last
    if _word(tokens, at) in words.groups:
        return Number(number.value * words.groups[_word(tokens, at)], number.first, at + 1)
    if _word(tokens, at) in words.articles and _word(tokens, at + 1) in words.groups:
        return Number(number.value * words.groups[_word(tokens, at + 1)], number.first, at + 2)
    if number.value == number.value.to_integral_value() and _word(tokens, at) in words.joiners:
        at += 2 if _word(tokens, at + 1) in words.articles else 1
        if _word(tokens, at) in words.fractions:
            return Number(number.value + words.fractions[_word(tokens, at)], number.first, at + 1)
    return number


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if at < len(tokens) else ""
