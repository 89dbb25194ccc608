"""Reads numbers: "2", "1,000", "1/2", "5k", "twenty five", "mia mbili na hamsini", "half a dozen".

What a language's words are worth stands in its numbers.toml; the few ways to put them together are here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from intents.folding import Token
from intents.number_words import NumberWords, Piece, Role
from intents.tokens import word_at

_FRACTION = re.compile(r"(\d{1,6})[/\u2044](\d{1,6})$")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+$")
_DECIMAL = re.compile(r"(\d+)[.,](\d{1,2})$|(\d+)\.(\d+)$")
_HALVES = re.compile(r"1[/\u2044]2$|1[/\u2044]4$|3[/\u2044]4$")
_DIGITS_AT_MOST = 12
_ANY = 10**12
# The largest figure that may count a scale: "elfu 50".
_COUNTS = 1000


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens[first:last]. `article`: said as "a". `suffixed`: "5k", which is money.

    `weak`: one word that means other things too ("neuf" is nine, or new).
    """

    value: Decimal
    first: int
    last: int
    article: bool = False
    suffixed: bool = False
    weak: bool = False


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
    """The longest number that begins at this token, or None; None behind the last."""
    if at >= len(tokens):
        return None
    figure = read_figure(tokens[at].word)
    if figure is not None:
        return _after_figure(tokens, at, figure, words)
    return _spoken(tokens, at, words)


def and_a_half(tokens: Sequence[Token], at: int, words: NumberWords) -> tuple[Decimal, int] | None:
    """What "and a half" adds at this token, and where it ends: after "2 kilos", "two", "kilo moja"."""
    if not words.joins(word_at(tokens, at)):
        return None
    at += 2 if word_at(tokens, at + 1) in words.articles else 1
    piece = words.piece(tokens, at)
    if piece is None or piece.role is not Role.FRACTION:
        return None
    return piece.value, at + piece.length


def _after_figure(
    tokens: Sequence[Token], at: int, value: Decimal, words: NumberWords
) -> Number | None:
    """ "5k", "2 dozen", "2 thousand", "1 1/2", "2 and a half", or the figure alone."""
    following = word_at(tokens, at + 1)
    if following in words.suffixes and tokens[at].end == tokens[at + 1].start:
        return Number(value * words.suffixes[following], at, at + 2, suffixed=True)
    piece = words.piece(tokens, at + 1)
    if piece is not None and piece.role is Role.SCALE:
        return Number(value * piece.value, at, at + 1 + piece.length)
    if _HALVES.match(following) and value == value.to_integral_value():
        return Number(value + (read_figure(following) or 0), at, at + 2)
    return _finish(tokens, Number(value, at, at + 1), words)


def _spoken(tokens: Sequence[Token], at: int, words: NumberWords) -> Number | None:
    """A number in words. "a" is 1 where nothing more follows it that belongs to the number."""
    if tokens[at].word in words.articles:
        following = words.piece(tokens, at + 1)
        if following is not None and following.role in _AFTER_ARTICLE:
            inner = _spoken(tokens, at + 1, words)
            return inner and Number(inner.value, at, inner.last)
        return Number(Decimal(1), at, at + 1, article=True)
    piece = words.piece(tokens, at)
    if piece is None:
        return None
    if piece.role is Role.FRACTION:
        return _finish(tokens, Number(piece.value, at, at + piece.length), words)
    if piece.role is Role.GROUP:
        return _grouped(tokens, Number(Decimal(1), at, at), words)
    value, last = _Sum(tokens, words).read(at)
    if last == at:
        return None
    alone = last == at + piece.length
    return _finish(tokens, Number(Decimal(value), at, last, weak=alone and piece.weak), words)


_AFTER_ARTICLE = frozenset({Role.SCALE, Role.GROUP, Role.FRACTION})


class _Sum:
    """Adds up number words: values within the room that is left, scales with the count on either side."""

    def __init__(self, tokens: Sequence[Token], words: NumberWords) -> None:
        self._tokens = tokens
        self._words = words
        self._total, self._current = 0, 0
        self._room, self._highest = _ANY, _ANY

    def read(self, at: int) -> tuple[int, int]:
        """The sum of number words from here on, and where it ends (`at` itself when there is none)."""
        last = at
        while True:
            piece = self._words.piece(self._tokens, last)
            if piece is not None and (taken := self._take(piece, last)):
                last = taken
            elif last > at and (skipped := self._joined(last)):
                last = skipped
            else:
                return self._total + self._current, last

    def _take(self, piece: Piece, at: int) -> int:
        """Where the number goes on after this piece, or 0 where it does not belong to it."""
        value = int(piece.value)
        after = at + piece.length
        if piece.role is Role.VALUE and value < self._room:
            self._current += value
            self._room = piece.room
            return after
        if piece.role is Role.SCALE and value < self._highest:
            self._current = max(self._current, 1) * value
            self._room = value
            if value >= 1000:
                self._total, self._current, self._highest = self._total + self._current, 0, value
            return after
        if piece.role is Role.LEADING and value < self._room:
            count, after = self._count(value, after)
            self._current += value * count
            self._room = value
            return after
        return 0

    def _count(self, scale: int, at: int) -> tuple[int, int]:
        """How many of a scale that stands before its count: "elfu tatu", "mia 5", "elfu kumi na mbili"."""
        figure = read_figure(word_at(self._tokens, at))
        if figure is not None:
            whole = figure == figure.to_integral_value() and figure < _COUNTS
            return (int(figure), at + 1) if whole else (1, at)
        piece = self._words.piece(self._tokens, at)
        if piece is None or piece.value >= scale:
            return 1, at
        if piece.role is Role.VALUE and (piece.value < 10 or scale >= 1000):
            return self._unit(int(piece.value), piece.room, at + piece.length)
        if piece.role is Role.LEADING and scale >= 1000:
            # "Amakumi abiri" counts thousands as one word would.
            inner, last = self._count(int(piece.value), at + piece.length)
            return self._unit(int(piece.value) * inner, int(piece.value), last)
        return 1, at

    def _unit(self, count: int, room: int, at: int) -> tuple[int, int]:
        """The "na mbili" of "elfu kumi na mbili": what is joined to a count of tens is part of it."""
        joined = self._words.joins(word_at(self._tokens, at))
        following = self._words.piece(self._tokens, at + 1) if joined else None
        if following is None or following.role is not Role.VALUE or following.value >= room:
            return count, at
        return count + int(following.value), at + 1 + following.length

    def _joined(self, at: int) -> int:
        """Where the next piece stands after "and" or a hyphen within a number, or 0."""
        if not self._words.joins(word_at(self._tokens, at)):
            return 0
        piece = self._words.piece(self._tokens, at + 1)
        inside = piece is not None and piece.role in (Role.VALUE, Role.LEADING)
        return at + 1 if piece and inside and piece.value < self._room < _ANY else 0


def _finish(tokens: Sequence[Token], number: Number, words: NumberWords) -> Number:
    """What may end a number: a group ("half a dozen", "2 dozen") or a fraction ("two and a half")."""
    grouped = _grouped(tokens, number, words)
    if grouped is not number:
        return grouped
    if number.value == number.value.to_integral_value():
        more = and_a_half(tokens, number.last, words)
        if more is not None:
            return Number(number.value + more[0], number.first, more[1])
    return number


def _grouped(tokens: Sequence[Token], number: Number, words: NumberWords) -> Number:
    """ "2 dozen", "half a dozen", and in other tongues "dazeni mbili"."""
    at = number.last
    if at > number.first and word_at(tokens, at) in words.articles:
        at += 1
    piece = words.piece(tokens, at)
    if piece is None or piece.role is not Role.GROUP:
        return number
    grouped = Number(number.value * piece.value, number.first, at + piece.length)
    if at == number.first and words.after_noun:
        count = words.piece(tokens, grouped.last)
        if count is not None and count.role in (Role.VALUE, Role.FRACTION):
            return replace(
                grouped, value=piece.value * count.value, last=grouped.last + count.length
            )
        figure = read_figure(word_at(tokens, grouped.last))
        if figure is not None:
            return replace(grouped, value=piece.value * figure, last=grouped.last + 1)
    return grouped
