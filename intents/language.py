"""What the engine knows about a language: words and numbers, all of it from locales/<language>/."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from typing import Any

from intents.intent import Intent
from intents.number_words import NumberWords, Phrase, merge_numbers

__all__ = ["Language", "Measure", "NumberWords", "Phrase", "merge"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure. `loose` tells whether goods are sold by it (weight) or only described (inches)."""

    dimension: str
    factor: Decimal
    loose: bool


@dataclass(frozen=True, slots=True)
class Language:
    """One language's data, or several merged into one for a shop that speaks them all. All words folded.

    `names` are its own, `others` what it calls other languages, by their codes.
    `carriers` surround a wish and name no goods; `function` are those that no product's name may
    claim; `familiar` are all words of the training sentences, `goods` those that their slots name goods with.
    `called` says in English what goods, colours and sizes are, `elisions` are glued to them.
    `whole` are messages with one meaning;
    `choices` are what options are called, by their names; `ordinals` choose by place, -1 is the last.
    """

    code: str
    numbers: NumberWords = field(default_factory=NumberWords)
    names: frozenset[str] = frozenset()
    others: Mapping[Phrase, str] = field(default_factory=dict)
    spellings: Mapping[str, Phrase] = field(default_factory=dict)
    carriers: frozenset[str] = frozenset()
    function: frozenset[str] = frozenset()
    familiar: frozenset[str] = frozenset()
    goods: frozenset[str] = frozenset()
    called: Mapping[str, str] = field(default_factory=dict)
    elisions: frozenset[str] = frozenset()
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
    negations: frozenset[Phrase] = frozenset()
    swaps: tuple[Phrase, ...] = ()
    whole: Mapping[Phrase, Intent] = field(default_factory=dict)
    verbs: Mapping[Phrase, Intent] = field(default_factory=dict)
    commands: Mapping[Phrase, str] = field(default_factory=dict)
    navigation: Mapping[Phrase, str] = field(default_factory=dict)
    choices: Mapping[str, frozenset[Phrase]] = field(default_factory=dict)
    choice_fillers: frozenset[str] = frozenset()
    place_fillers: frozenset[str] = frozenset()
    ordinals: Mapping[Phrase, int] = field(default_factory=dict)
    stop: frozenset[Phrase] = frozenset()
    start: frozenset[Phrase] = frozenset()


def merge(languages: Sequence[Language]) -> Language:
    """One language out of several; where they disagree the earlier one wins."""
    return reduce(_merge_two, languages) if languages else Language(code="und")


def _merge_two(first: Language, second: Language) -> Language:
    owned, little = _owned(first), _little(first)
    joined: dict[str, Any] = {}
    for name in _MERGED:
        more = getattr(second, name)
        if name in _SILENCING:
            more = more - first.goods
        elif name == "spellings":
            more = {word: meant for word, meant in more.items() if word not in owned}
        elif name == "units":
            more = more - (first.function - little)
        elif name == "area_marks":
            more = frozenset(p for p in more if len(p) > 1 or p[0] not in owned)
        elif name in _MARKING:
            more = more - (owned - little)
        joined[name] = _join(getattr(first, name), more)
    # A brand may be called by a number ("Three Crowns"), which stays one.
    numbers = merge_numbers(first.numbers, second.numbers, owned - first.goods)
    return Language(code=first.code, numbers=numbers, **joined)


def _owned(language: Language) -> frozenset[str]:
    """The words that have a meaning in a language, so that no other language gives them a second one."""
    return language.function | language.goods | frozenset(language.spellings) | _little(language)


def _little(language: Language) -> frozenset[str]:
    """The words that stand between others or beside figures."""
    return frozenset().union(*(getattr(language, name) for name in _MARKING))


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
# Words that name no goods. What one language calls goods ("thé") no other one silences ("the").
_SILENCING = ("carriers", "function", "polite", "choice_fillers", "place_fillers")
# Words that stand between others or beside figures.
_MARKING = (
    "separators", "linkers", "partitives", "pronouns", "demonstratives", "price_marks", "currencies",
    "units",
)  # fmt: skip
