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
from intents.language import Language, Measure, merge
from intents.number_words import (
    NumberWords,
    Phrase,
    Piece,
    Role,
    default_room,
    number_words,
)
from intents.templates import templates, without_slots
from intents.terms import singular

LOCALES = Path(__file__).resolve().parent.parent / "locales"

Table: TypeAlias = Mapping[str, object]
Meaning = TypeVar("Meaning")


def known_locales(root: Path = LOCALES) -> tuple[str, ...]:
    """The languages that have data for understanding, by code, sorted."""
    return tuple(sorted(path.parent.name for path in root.glob("*/words.toml")))


def speech(locales: tuple[str, ...], root: Path = LOCALES) -> Language:
    """Several languages merged into one, the first of them leading; English, which people mix into every
    chat, is always among them. Languages without data are left out.
    """
    return _speech(tuple(dict.fromkeys(locales)), root)


# About half a megabyte each.
@lru_cache(maxsize=64)
def _speech(locales: tuple[str, ...], root: Path) -> Language:
    present = [code for code in locales if (root / code / "words.toml").is_file()]
    return merge([read_language(code, root) for code in dict.fromkeys([*present, "en"])])


def read_language(code: str, root: Path = LOCALES) -> Language:
    """One language's data. Raises LanguageDataError naming file and reason."""
    return _read_language(code, root)


@lru_cache(maxsize=64)
def _read_language(code: str, root: Path) -> Language:
    folder = root / code
    path = folder / "words.toml"
    try:
        known = _language(code, _table(path), _numbers(folder / "numbers.toml"))
        lines = (line for lines in templates(folder).values() for line in lines)
        words = (t.word for line in lines for t in tokenise(without_slots(line), known))
        silent = known.carriers | known.linkers | known.separators | known.polite
        called = (t.word for name in _goods(folder) for t in tokenise(tidy(name), known))
        return replace(
            known, familiar=frozenset(words), goods=frozenset(w for w in called if w not in silent)
        )
    except (KeyError, ValueError, TypeError, InvalidOperation) as error:
        raise LanguageDataError(f"{path}: {error!r}") from error


@lru_cache(maxsize=8)
def called(root: Path = LOCALES) -> Mapping[str, frozenset[str]]:
    """What goods, colours and sizes are in English, by their words in all languages: "karanga" is
    a groundnut, and as English has it a peanut too. Words stand as each language cuts their endings.
    """
    found: dict[str, frozenset[str]] = {}
    languages = [read_language(code, root) for code in known_locales(root)]
    also = read_language("en", root).called
    silent = frozenset().union(*(each.carriers | each.polite for each in languages))
    for language in languages:
        for word, english in language.called.items():
            names = {english, also.get(english, english)}
            forms = {singular(word, each) for each in languages} - silent
            for form in forms | {word}:
                found[form] = found.get(form, frozenset()) | names
    return found


@lru_cache(maxsize=8)
def elisions(root: Path = LOCALES) -> frozenset[str]:
    """Little words that are glued to goods in writing: the "d'" of "d'huile"."""
    return frozenset().union(*(read_language(code, root).elisions for code in known_locales(root)))


def _goods(folder: Path) -> list[str]:
    """What the training sentences name goods with."""
    return _list(_table(folder / "slots.toml"), "product")


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
        others=_keyed(_section(table, "languages"), str),
        spellings={_word(k): _phrase(v) for k, v in _pairs(table, "spellings")},
        carriers=_words(table, "carriers") | _words(table, "function"),
        function=_words(table, "function"),
        elisions=_words(table, "elisions"),
        called={_word(k): _word(str(v)) for k, v in _pairs(table, "goods")},
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
        negations=_phrases(table, "negations"),
        swaps=tuple(_phrase(line) for line in _list(table, "swaps")),
        whole=_keyed(_section(table, "whole"), Intent),
        verbs=_keyed(_section(table, "verbs"), Intent),
        commands=_keyed(_section(table, "commands"), Word),
        navigation=_keyed(_section(table, "navigation"), str),
        choices=_choices(_section(table, "choices")),
        choice_fillers=_words(table, "choice_fillers"),
        place_fillers=_words(table, "place_fillers"),
        ordinals={_phrase(k): int(str(v)) for k, v in _pairs(table, "ordinals")},
        stop=_phrases(table, "stop"),
        start=_phrases(table, "start"),
    )


def _numbers(path: Path) -> NumberWords:
    table = _table(path)
    weak = {_numeral(value) for value in _list(table, "weak")}
    rooms = {_numeral(words): int(str(room)) for words, room in _pairs(table, "rooms")}
    pieces: dict[Phrase, Piece] = {}
    for role, section in _SECTIONS.items():
        for words, amount in _pairs(table, section):
            phrase, value = _numeral(words), Decimal(str(amount))
            room = rooms.get(phrase, default_room(int(value))) if role is Role.VALUE else 0
            for spelt in {phrase, _hyphened(phrase)}:
                pieces[spelt] = Piece(role, value, len(spelt), room, phrase in weak)
    return number_words(
        pieces,
        suffixes={_word(k): int(str(v)) for k, v in _pairs(table, "suffixes")},
        articles=_words(table, "articles"),
        joiners=_words(table, "joiners"),
        after_noun=bool(table.get("after_noun", False)),
    )


_SECTIONS = {
    Role.FRACTION: "fractions",
    Role.GROUP: "groups",
    Role.SCALE: "scales",
    Role.LEADING: "leading_scales",
    Role.VALUE: "values",
}


def _numeral(value: object) -> Phrase:
    """A number's words; a hyphen is as good as a space."""
    return _phrase(str(value).replace("-", " "))


def _hyphened(phrase: Phrase) -> Phrase:
    """The same words with hyphens, which are tokens."""
    return tuple(part for word in phrase for part in ("-", word))[1:]


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
