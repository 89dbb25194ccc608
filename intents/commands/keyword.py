"""The word at the head of a message, as it is spelt or with a slip."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from intents.command import Word
from intents.commands.further_words import further_words
from intents.commands.parts import Part
from intents.commands.rules import RULES
from intents.language import Phrase
from intents.language_files import speech

# "I don carry am 1003": so many parts may say one word.
_LONGEST_WORD = 4


@lru_cache(maxsize=128)
def words_of(role: str, locales: tuple[str, ...]) -> Mapping[Phrase, Word]:
    """What a role may say."""
    known = {p: Word(w) for p, w in speech(locales).commands.items()}
    every = {**further_words(locales), **known}
    return {phrase: word for phrase, word in every.items() if role in RULES[word].roles}


def keyword(parts: Sequence[Part], own: Mapping[Phrase, Word]) -> tuple[Word, int, bool] | None:
    """The word at the head: which, how many parts it takes, and whether it is spelt right."""
    for length in range(min(_LONGEST_WORD, len(parts)), 0, -1):
        said = tuple(part.word for part in parts[:length])
        if said in own:
            return own[said], length, True
    return _near(parts[0].word, own)


def _near(said: str, own: Mapping[Phrase, Word]) -> tuple[Word, int, bool] | None:
    """A misspelt word: one slip in four letters or more, two in seven. Shorter ones only as written."""
    best: tuple[int, Word] | None = None
    for phrase, word in own.items():
        if len(phrase) > 1 or len(phrase[0]) < 4 or len(said) < 3 or not RULES[word].slips:
            continue
        slips = OSA.distance(said, phrase[0])
        allowed = 2 if len(phrase[0]) >= 7 else 1
        if slips <= allowed and (best is None or slips < best[0]):
            best = (slips, word)
    return (best[1], 1, False) if best else None
