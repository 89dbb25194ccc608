"""What people say to any shop, in any language: no shop may be called by such a word alone."""

from collections.abc import Iterable
from functools import lru_cache

from intents.commands.further_words import further_words
from intents.language import Phrase
from intents.language_files import known_locales, read_language


@lru_cache(maxsize=1)
def everyday_words() -> frozenset[str]:
    """Folded: what begins a command, an answer or a set phrase, numbers in words, and names of goods."""
    locales = known_locales()
    found = set(_first(further_words(locales)))
    for language in map(read_language, locales):
        for phrases in (
            language.whole, language.verbs, language.commands, language.navigation,
            language.ordinals, language.stop, language.start,
        ):  # fmt: skip
            found.update(_first(phrases))
        found |= language.function | language.goods
        found.update(_first(language.numbers.pieces))
    return frozenset(found)


def _first(phrases: Iterable[Phrase]) -> Iterable[str]:
    return (phrase[0] for phrase in phrases if phrase)
