"""Words that are a whole message and work for everyone: STOP, START, back, home, more."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from intents.folding import fold, tidy
from intents.language import Phrase
from intents.language_files import speech

_AROUND = " \t\r\n.!,;:*\"'"


class Navigation(StrEnum):
    """Ways through pages and menus."""

    BACK = "back"
    HOME = "home"
    MORE = "more"


def is_stop(text: str, locales: Sequence[str]) -> bool:
    """Whether the message is nothing but a word that ends all sending."""
    return _phrase(text) in speech(tuple(locales)).stop


def is_start(text: str, locales: Sequence[str]) -> bool:
    """Whether the message is nothing but a word that ends a STOP."""
    return _phrase(text) in speech(tuple(locales)).start


def words_for_navigation(locales: Sequence[str]) -> Mapping[str, Navigation]:
    """The words for back, home and more in these languages, folded, by what they mean."""
    known = speech(tuple(locales)).navigation
    return {" ".join(phrase): Navigation(way) for phrase, way in known.items()}


def read_navigation(text: str, locales: Sequence[str]) -> Navigation | None:
    """Where a message wants to go, if it is nothing but such a word."""
    way = speech(tuple(locales)).navigation.get(_phrase(text))
    return Navigation(way) if way is not None else None


def _phrase(text: str) -> Phrase:
    return tuple(fold(part) for part in tidy(text).strip(_AROUND).split()[:6])
