"""Reads wishes: whole messages that are one of a language's set phrases (`wishes.toml`).

A phrase is a few words. "#" in it stands for a whole number, "..." at its end for words of the writer's own.
Long words are known with a slip, and polite words around a phrase do no harm.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from intents.errors import LanguageDataError
from intents.folding import Token, fold, tidy, tokenise
from intents.language import Language, Phrase
from intents.language_files import LOCALES, speech
from intents.wish import Wish, Wished

NUMBER, REST = "#", "..."
# A word of so many letters is known with one slip.
LONG = 5
# No chat spelling is put right.
AS_WRITTEN = Language("und")


def read_wish(text: str, locales: Sequence[str]) -> Wished | None:
    """The wish that a whole message is, in any of these languages or English; None for other messages."""
    language = speech(tuple(locales))
    tidied = tidy(text)
    known = phrases(tuple(dict.fromkeys((*locales, "en"))))
    # A word as it is written counts before a slip of it.
    for slips in (False, True):
        for said in _readings(tidied, language):
            found = _found(known, said, tidied, slips=slips)
            if found is not None:
                return found
    return None


def _readings(tidied: str, language: Language) -> Sequence[list[Token]]:
    """With chat spellings ("dem") as they are and as what they stand for, and with polite words and
    without: either may belong to a phrase."""
    every: list[list[Token]] = []
    for spoken in (AS_WRITTEN, language):
        tokens = [t for t in tokenise(tidied, spoken) if t.word[0].isalnum()]
        for said in (tokens, _without_manners(tokens, language)):
            if said and said not in every:
                every.append(said)
    return every


def _found(
    known: Mapping[Phrase, Wish], tokens: Sequence[Token], tidied: str, *, slips: bool
) -> Wished | None:
    for phrase, wish in known.items():
        matched = _matched(phrase, tokens, slips=slips)
        if matched is not None:
            number, first = matched
            rest = tidied[tokens[first].start :].strip() if first < len(tokens) else ""
            return Wished(wish, number, rest)
    return None


@lru_cache(maxsize=64)
def phrases(locales: tuple[str, ...], root: Path = LOCALES) -> Mapping[Phrase, Wish]:
    """Phrases by what they wish for, those with most words first. Raises LanguageDataError."""
    found: dict[Phrase, Wish] = {}
    for code in locales:
        for phrase, wish in _read(root / code / "wishes.toml").items():
            found.setdefault(phrase, wish)
    return dict(sorted(found.items(), key=lambda pair: (REST in pair[0], -len(pair[0]))))


@lru_cache(maxsize=64)
def _read(path: Path) -> Mapping[Phrase, Wish]:
    """One language's; none where it has no such file."""
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            tuple(part if part in (NUMBER, REST) else fold(part) for part in phrase.split()): Wish(
                name
            )
            for name, listed in table.items()
            for phrase in listed
        }
    except (tomllib.TOMLDecodeError, ValueError, TypeError, AttributeError) as error:
        raise LanguageDataError(f"{path}: {error}") from error


def _without_manners(tokens: list[Token], language: Language) -> list[Token]:
    first, last = 0, len(tokens)
    while first < last and tokens[first].word in language.polite:
        first += 1
    while last > first and tokens[last - 1].word in language.polite:
        last -= 1
    return tokens[first:last]


def _matched(
    phrase: Phrase, tokens: Sequence[Token], *, slips: bool
) -> tuple[int | None, int] | None:
    """The number said, and where the words of the writer's own begin."""
    open_end = phrase[-1] == REST
    fixed = phrase[:-1] if open_end else phrase
    if len(tokens) < len(fixed) + open_end or (not open_end and len(tokens) != len(fixed)):
        return None
    number = None
    for part, token in zip(fixed, tokens, strict=False):
        if part == NUMBER:
            number = _whole(token.word)
            if number is None:
                return None
        elif part != token.word and not (slips and _near(part, token.word)):
            return None
    return number, len(fixed)


def _whole(word: str) -> int | None:
    digits = word.replace(",", "")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


def _near(part: str, word: str) -> bool:
    return len(part) >= LONG and OSA.distance(part, word, score_cutoff=1) <= 1
