"""Reads goods as a seller writes them under a picture: "Ankara gown 15000 x5", "Rice 5kg 24k per bag".

The price is the figure with a currency or "k", else the larger of the last two; what stands by "x" or by
a unit of goods is how many there are. All before them is the name, sizes and model numbers included.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from intents.folding import Token, tidy, tokenise
from intents.language import Language
from intents.language_files import speech
from intents.numbers import Number, read_number
from intents.tokens import word_at
from intents.visible import visible

LONGEST_NAME, LONGEST_TEXT = 60, 400
MOST_COUNTED = 10_000_000
# Signs of a count, before or behind it.
TIMES = frozenset({"x", "×", "*", "qty", "stock"})
# What may stand between an amount and the unit that it is for: "15,000/= per bag".
AFTER_AMOUNT = frozenset(
    {"/", "=", "-", "/=", "per", "each", "par", "la", "kwa", "every", "one", "buli"}
)
_BETWEEN = " \t\r\n.,;:=@-/|()"


@dataclass(frozen=True, slots=True)
class Listing:
    """Something to sell. `price` in major units; `count` None: it is not counted. `unit` as written."""

    name: str
    price: Decimal
    count: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number in the text that is no size. `first` and `last` take in the signs beside it."""

    value: Decimal
    first: int
    last: int
    priced: bool = False
    counted: bool = False
    unit: str | None = None


def read_listing(text: str, locales: Sequence[str]) -> Listing | None:
    """What is offered in the first line of a text, or in all of it; None where that names no goods or no
    price."""
    language = speech(tuple(locales))
    lines = [part for part in text[:LONGEST_TEXT].splitlines() if part.strip()]
    return (
        listing_in(lines[0], language) or listing_in(" ".join(lines), language) if lines else None
    )


def listing_in(text: str, language: Language) -> Listing | None:
    """The same of one line, in a language's own words."""
    line = tidy(text).strip()
    tokens = tokenise(line, language)
    figures = list(_figures(tokens, language))
    price, count = _told(figures)
    if price is None or price.value <= 0 or _torn(tokens, price):
        return None
    name = _name(line, tokens, [f for f in (price, count) if f is not None], language)
    if not name:
        return None
    pieces = int(count.value) if count is not None else None
    return Listing(name, price.value, pieces, price.unit or (count.unit if count else None))


def _torn(tokens: Sequence[Token], price: _Figure) -> bool:
    """Whether letters are glued to the digits that are no part of a price: "15OOO", "1e9"."""
    return _glued(tokens, price.last) or (
        _glued(tokens, price.first - 1) and tokens[price.first - 1].end == tokens[price.first].start
    )


def _glued(tokens: Sequence[Token], at: int) -> bool:
    """Whether letters at this place follow digits with nothing between them, and are no sign of a count."""
    if not 0 < at < len(tokens) or not tokens[at].word.isalpha() or tokens[at].word in TIMES:
        return False
    return tokens[at - 1].end == tokens[at].start and tokens[at - 1].word[-1:].isdigit()


def _figures(tokens: Sequence[Token], language: Language) -> Iterator[_Figure]:
    at = 0
    while at < len(tokens):
        found = read_number(tokens, at, language.numbers)
        if found is None or found.article or found.weak:
            at += 1
            continue
        if word_at(tokens, found.last) not in language.measures:
            figure = _figure(tokens, found, language)
            yield figure
            at = max(figure.last, found.last)
        else:
            at = found.last + 1


def _figure(tokens: Sequence[Token], found: Number, language: Language) -> _Figure:
    """The number with what stands beside it."""
    before, after = word_at(tokens, found.first - 1), word_at(tokens, found.last)
    if before in TIMES:
        unit = after if after in language.units else None
        return _Figure(
            found.value, found.first - 1, found.last + bool(unit), counted=True, unit=unit
        )
    if after in TIMES and not word_at(tokens, found.last + 1)[:1].isdigit():
        return _Figure(found.value, found.first, found.last + 1, counted=True)
    if after in language.units and after not in language.currencies:
        return _Figure(found.value, found.first, found.last + 1, counted=True, unit=after)
    first = found.first - (before in language.currencies)
    last = found.last + (after in language.currencies)
    priced = first < found.first or last > found.last or found.suffixed
    end = last
    while word_at(tokens, end) in AFTER_AMOUNT:
        end += 1
    following = word_at(tokens, end)
    if end > last and following in language.units | language.measures.keys():
        return _Figure(found.value, first, end + 1, priced=True, unit=following)
    return _Figure(found.value, first, end, priced=priced or end > last)


def _told(figures: Sequence[_Figure]) -> tuple[_Figure | None, _Figure | None]:
    """Which is the price, and which the count."""
    count = next((f for f in reversed(figures) if f.counted and _whole(f.value)), None)
    bare = [f for f in figures if not f.counted]
    priced = [f for f in bare if f.priced]
    if priced:
        price = priced[-1]
        behind = next((f for f in bare if f.first >= price.last and _whole(f.value)), None)
        return price, count or behind
    if len(bare) > 1 and count is None and bare[-2].value >= bare[-1].value:
        return bare[-2], bare[-1] if _whole(bare[-1].value) else None
    return (bare[-1] if bare else None), count


def _name(line: str, tokens: Sequence[Token], taken: Sequence[_Figure], language: Language) -> str:
    """What stands before the figures, or where that is nothing, behind them."""
    first, last = min(f.first for f in taken), max(f.last for f in taken)
    words = list(tokens[:first])
    while len(words) > 1 and words[-1].word in language.price_marks:
        words.pop()
    if words:
        name = line[words[0].start : words[-1].end]
    else:
        name = line[tokens[last].start :] if last < len(tokens) else ""
    name = visible(name).strip(_BETWEEN)
    fits = any(sign.isalpha() for sign in name) and len(name) <= LONGEST_NAME
    if not fits:
        return ""
    plain = name.partition(" ")[0].islower()
    return name[:1].upper() + name[1:] if plain else name


def _whole(value: Decimal) -> bool:
    return value == value.to_integral_value() and 0 < value <= MOST_COUNTED
