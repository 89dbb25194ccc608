"""What the engine knows about a language: words and numbers, all of it from locales/<language>/."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from typing import Any

from intents.intent import Intent

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How a language says numbers. `values` add up, `scales` multiply what stands before them.

    `groups` are sets that are counted ("dozen"), `articles` count as 1, `joiners` stand inside a
    number ("two hundred and five"), `suffixes` are glued to digits ("5k").
    """

    values: Mapping[str, int] = field(default_factory=dict)
    scales: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    fractions: Mapping[str, Decimal] = field(default_factory=dict)
    suffixes: Mapping[str, int] = field(default_factory=dict)
    articles: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure. `loose` tells whether goods are sold by it (weight) or only described (inches)."""

    dimension: str
    factor: Decimal
    loose: bool


@dataclass(frozen=True, slots=True)
class Language:
    """One language's data, or several merged into one for a shop that speaks them all. All words folded.

    `carriers` surround a wish and name no goods; `function` are those that no product's name may
    claim; `familiar` are all words of the training sentences. `whole` are messages with one meaning;
    `choices` are what options are called, by their names.
    """

    code: str
    numbers: NumberWords = field(default_factory=NumberWords)
    names: frozenset[str] = frozenset()
    spellings: Mapping[str, Phrase] = field(default_factory=dict)
    carriers: frozenset[str] = frozenset()
    function: frozenset[str] = frozenset()
    familiar: frozenset[str] = frozenset()
    polite: frozenset[str] = frozenset()
    heads: frozenset[Phrase] = frozenset()
    separators: frozenset[str] = frozenset()
    linkers: frozenset[str] = frozenset()
    partitives: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    demonstratives: frozenset[str] = frozenset()
    endings: tuple[tuple[str, str], ...] = ()
    measures: Mapping[str, Measure] = field(default_factory=dict)
    units: frozenset[str] = frozenset()
    currencies: frozenset[str] = frozenset()
    price_marks: frozenset[str] = frozenset()
    order_marks: frozenset[Phrase] = frozenset()
    coupon_marks: frozenset[Phrase] = frozenset()
    area_marks: frozenset[Phrase] = frozenset()
    area_ends: frozenset[Phrase] = frozenset()
    openers: frozenset[Phrase] = frozenset()
    swaps: tuple[Phrase, ...] = ()
    whole: Mapping[Phrase, Intent] = field(default_factory=dict)
    verbs: Mapping[Phrase, Intent] = field(default_factory=dict)
    commands: Mapping[Phrase, str] = field(default_factory=dict)
    navigation: Mapping[Phrase, str] = field(default_factory=dict)
    choices: Mapping[str, frozenset[Phrase]] = field(default_factory=dict)
    choice_fillers: frozenset[str] = frozenset()
    stop: frozenset[Phrase] = frozenset()
    start: frozenset[Phrase] = frozenset()


def merge(languages: Sequence[Language]) -> Language:
    """One language out of several; where they disagree the earlier one wins."""
    return reduce(_merge_two, languages) if languages else Language(code="und")


def _merge_two(first: Language, second: Language) -> Language:
    joined: dict[str, Any] = {
        name: _join(getattr(first, name), getattr(second, name)) for name in _MERGED
    }
    return Language(
        code=first.code, numbers=_merge_numbers(first.numbers, second.numbers), **joined
    )


def _merge_numbers(first: NumberWords, second: NumberWords) -> NumberWords:
    joined: dict[str, Any] = {
        name: _join(getattr(first, name), getattr(second, name)) for name in NumberWords.__slots__
    }
    return NumberWords(**joined)


def _join(first: object, second: object) -> object:
    match first, second:
        case frozenset(), frozenset():
            return first | second
        case tuple(), tuple():
            return tuple(dict.fromkeys((*first, *second)))
        case Mapping(), Mapping():
            both = {key: second[key] for key in second if key in first}
            united = {
                key: first[key] | value
                for key, value in both.items()
                if isinstance(value, frozenset)
            }
            return {**second, **first, **united}
    raise TypeError(f"cannot merge {type(first).__name__} and {type(second).__name__}")


_MERGED = tuple(name for name in Language.__slots__ if name not in {"code", "numbers"})
