"""Words that choose what is offered: by name ("pick up", "cash", "mtn") or by place ("the second one")."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from intents.folding import fold, tidy, tokenise
from intents.language import Language, Phrase
from intents.language_files import speech
from intents.numbers import read_number

LAST = -1
"""The place of whatever stands last."""

_BETWEEN = re.compile(r"[\s.,;:!?*\"]+")
_AROUND = " \t\r\n.!,;:*\"'#"
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


def read_place(text: str, locales: Sequence[str]) -> int | None:
    """Which option of a list a message points at by its place, from 1 on, or LAST: "the second
    one", "option 2", "two". None where it says anything else.
    """
    language = speech(tuple(locales))
    tokens = tokenise(tidy(text).strip(_AROUND), language)
    if not 0 < len(tokens) <= _MOST_WORDS:
        return None
    silent = language.choice_fillers | language.place_fillers
    # "First" may stand around an option, and be one: "pick up first", "the first".
    places = {phrase[0] for phrase in language.ordinals if len(phrase) == 1}
    for hushed in (frozenset[str](), silent - places, silent):
        phrase = tuple(token.word for token in tokens if token.word not in hushed)
        if phrase in language.ordinals:
            return language.ordinals[phrase]
    kept = [token for token in tokens if token.word not in silent]
    number = read_number(kept, 0, language.numbers) if kept else None
    whole = number is not None and number.last == len(kept) and not number.article
    if number is None or not whole or number.value != number.value.to_integral_value():
        return None
    return int(number.value)


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
