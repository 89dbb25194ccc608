"""Reads a language from its folder under locales/: numbers.toml, words.toml and utterances/."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias, TypeVar

from intents.command import Word
from intents.errors import LanguageDataError
from intents.folding import fold, tidy, tokenise
from intents.intent import Intent
from intents.language import Language, Measure, NumberWords, Phrase, merge
from intents.templates import templates, without_slots

LOCALES = Path(__file__).resolve().parent.parent / "locales"

Table: TypeAlias = Mapping[str, object]
Meaning = TypeVar("Meaning")


def known_locales(root: Path = LOCALES) -> tuple[str, ...]:
    """The languages that have data for understanding, by code, sorted."""
    return tuple(sorted(path.parent.name for path in root.glob("*/words.toml")))


@lru_cache(maxsize=64)
def speech(locales: tuple[str, ...], root: Path = LOCALES) -> Language:
    """The languages of a shop merged into one. Those without data are left out; none at all: English."""
    present = [code for code in locales if (root / code / "words.toml").is_file()]
    return merge([read_language(code, root) for code in dict.fromkeys(present or ["en"])])


@lru_cache(maxsize=64)
def read_language(code: str, root: Path = LOCALES) -> Language:
    """One language's data. Raises LanguageDataError naming file and reason."""
    folder = root / code
    path = folder / "words.toml"
    try:
        known = _language(code, _table(path), _numbers(folder / "numbers.toml"))
        lines = (line for lines in templates(folder).values() for line in lines)
        words = (t.word for line in lines for t in tokenise(without_slots(line), known))
        return replace(known, familiar=frozenset(words))
    except (KeyError, ValueError, TypeError, InvalidOperation) as error:
        raise LanguageDataError(f"{path}: {error!r}") from error


def _table(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LanguageDataError(f"{path}: {error}") from error


def _language(code: str, table: Table, numbers: NumberWords) -> Language:
    return Language(
        code=code,
        numbers=numbers,
        names=_words(table, "names"),
        spellings={_word(k): _phrase(v) for k, v in _pairs(table, "spellings")},
        carriers=_words(table, "carriers") | _words(table, "function"),
        function=_words(table, "function"),
        polite=_words(table, "polite"),
        heads=_phrases(table, "heads"),
        separators=_words(table, "separators"),
        linkers=_words(table, "linkers") | _words(table, "partitives"),
        partitives=_words(table, "partitives"),
        pronouns=_words(table, "pronouns"),
        demonstratives=_words(table, "demonstratives"),
        endings=tuple((k, str(v)) for k, v in _pairs(table, "endings")),
        measures=_measures(_section(table, "measures")),
        units=_words(table, "units"),
        currencies=_words(table, "currencies"),
        price_marks=_words(table, "price_marks"),
        order_marks=_phrases(table, "order_marks"),
        coupon_marks=_phrases(table, "coupon_marks"),
        area_marks=_phrases(table, "area_marks"),
        area_ends=_phrases(table, "area_ends"),
        openers=_phrases(table, "openers"),
        swaps=tuple(tuple(line.split()) for line in _list(table, "swaps")),
        whole=_keyed(_section(table, "whole"), Intent),
        verbs=_keyed(_section(table, "verbs"), Intent),
        commands=_keyed(_section(table, "commands"), Word),
        navigation=_keyed(_section(table, "navigation"), str),
        choices=_choices(_section(table, "choices")),
        choice_fillers=_words(table, "choice_fillers"),
        stop=_phrases(table, "stop"),
        start=_phrases(table, "start"),
    )


def _numbers(path: Path) -> NumberWords:
    table = _table(path)
    return NumberWords(
        values={_word(k): int(str(v)) for k, v in _pairs(table, "values")},
        scales={_word(k): int(str(v)) for k, v in _pairs(table, "scales")},
        groups={_word(k): int(str(v)) for k, v in _pairs(table, "groups")},
        fractions={_word(k): Decimal(str(v)) for k, v in _pairs(table, "fractions")},
        suffixes={_word(k): int(str(v)) for k, v in _pairs(table, "suffixes")},
        articles=_words(table, "articles"),
        joiners=_words(table, "joiners"),
    )


def _measures(section: Table) -> Mapping[str, Measure]:
    """Measures by word. Each dimension says whether goods are sold loose by it, and its words' factors."""
    found: dict[str, Measure] = {}
    for dimension in section:
        words = dict(_section(section, dimension))
        loose = bool(words.pop("sold_loose"))
        for word, factor in words.items():
            found[_word(word)] = Measure(dimension, Decimal(str(factor)), loose)
    return found


def _keyed(section: Table, meaning: Callable[[str], Meaning]) -> dict[Phrase, Meaning]:
    """Phrases by what they mean: `key = ["phrase", ...]`, turned round. An unknown key is refused."""
    return {_phrase(phrase): meaning(key) for key in section for phrase in _list(section, key)}


def _choices(section: Table) -> Mapping[str, frozenset[Phrase]]:
    """Phrases by option. One phrase may stand for several options: what is offered decides."""
    return {name: _phrases(section, name) for name in section}


def _section(table: Table, name: str) -> Table:
    section = table.get(name, {})
    if not isinstance(section, dict):
        raise TypeError(f"[{name}] is not a table")
    return section


def _list(table: Table, name: str) -> list[str]:
    values = table.get(name, [])
    if not isinstance(values, list):
        raise TypeError(f"{name} is not a list")
    return [str(value) for value in values]


def _pairs(table: Table, name: str) -> Iterable[tuple[str, object]]:
    return _section(table, name).items()


def _words(table: Table, name: str) -> frozenset[str]:
    return frozenset(_word(value) for value in _list(table, name))


def _phrases(table: Table, name: str) -> frozenset[Phrase]:
    return frozenset(_phrase(value) for value in _list(table, name))


def _word(value: str) -> str:
    return fold(tidy(value))


def _phrase(value: object) -> Phrase:
    return tuple(_word(part) for part in str(value).split())
