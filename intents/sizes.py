"""Amounts against what things are sold in: "500 g" of what is sold by the kilo, "2 kilo" of 1 kg packs."""

from collections.abc import Sequence
from decimal import Decimal

from intents.folding import fold, tidy, tokenise
from intents.language import Measure
from intents.language_files import speech
from intents.numbers import read_number


def is_measure(unit: str | None, locales: Sequence[str]) -> bool:
    """Whether a unit, as said, is a weight, volume or length that goods are sold by."""
    return _measure(unit, locales) is not None


def converted(
    quantity: Decimal, unit: str | None, sold_by: str | None, locales: Sequence[str]
) -> Decimal | None:
    """So much of a measure in the unit that goods are sold by; None where these do not compare."""
    said, sold = _measure(unit, locales), _measure(sold_by, locales)
    if said is None or sold is None or said.dimension != sold.dimension:
        return None
    return quantity * said.factor / sold.factor


def packs(quantity: Decimal, unit: str | None, size: str, locales: Sequence[str]) -> int | None:
    """How many packs of a size ("1kg") make up so much of a measure; None where none quite do."""
    said = _measure(unit, locales)
    language = speech(tuple(locales))
    tokens = tokenise(tidy(size), language)
    number = read_number(tokens, 0, language.numbers) if tokens else None
    if said is None or number is None or number.last != len(tokens) - 1:
        return None
    measure = language.measures.get(tokens[-1].word)
    if measure is None or measure.dimension != said.dimension or not number.value:
        return None
    count = quantity * said.factor / (number.value * measure.factor)
    return int(count) if count >= 1 and count == count.to_integral_value() else None


def _measure(unit: str | None, locales: Sequence[str]) -> Measure | None:
    measure = speech(tuple(locales)).measures.get(fold(tidy(unit or "")))
    return measure if measure is not None and measure.loose else None
