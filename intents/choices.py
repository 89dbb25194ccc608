"""Words that choose what is offered: "pick up", "cash", "mtn", "change the address"."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from intents.folding import fold, tidy
from intents.language import Language, Phrase
from intents.language_files import speech

_BETWEEN = re.compile(r"[\s.,;:!?*\"]+")
_MOST_WORDS = 10


def read_choice(text: str, locales: Sequence[str]) -> frozenset[str]:
    """The names of the options that a message may mean, if it names an option and says nothing else.

    Small words around it do not count ("i will pick it up please"); whether one of the options is
    offered is for the caller to see.
    """
    language = speech(tuple(locales))
    words = tuple(fold(part) for part in _BETWEEN.split(tidy(text)) if part)
    said = _bare(words, language) if len(words) <= _MOST_WORDS else ()
    return _names(tuple(locales)).get(said, frozenset())


@lru_cache(maxsize=64)
def _names(locales: tuple[str, ...]) -> Mapping[Phrase, frozenset[str]]:
    """What each bare phrase may stand for."""
    language = speech(locales)
    found: dict[Phrase, frozenset[str]] = {}
    for name, phrases in language.choices.items():
        for phrase in phrases:
            bare = _bare(phrase, language)
            found[bare] = found.get(bare, frozenset()) | {name}
    found.pop((), None)
    return found


def _bare(words: Phrase, language: Language) -> Phrase:
    spelt = (part for word in words for part in language.spellings.get(word, (word,)))
    return tuple(word for word in spelt if word not in language.choice_fillers)
