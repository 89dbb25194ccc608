"""Which language a message asks for, by the names that languages have in each other."""

from collections.abc import Sequence
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from intents.folding import Token, fold, tidy
from intents.language import Phrase
from intents.language_files import known_locales, read_language
from intents.phrases import length_at

# Languages that people may ask for although no folder under locales/ has them.
_ASKED_FOR = (
    "en", "sw", "fr", "lg", "ha", "yo", "ig", "rw", "am", "ar", "pt", "so", "ln", "zu", "xh", "om",
    "ti", "ak", "pcm", "wo", "nyn", "luo", "ki", "sn", "ny",
)  # fmt: skip


def find_locale(tokens: Sequence[Token], locales: tuple[str, ...]) -> str | None:
    """The code of the language that is named last, in any of the languages that are spoken here: "I do not
    speak English, go on in Hausa".
    """
    known = language_names(locales)
    for at in reversed(range(len(tokens))):
        if length := length_at(tokens, at, known.keys()):
            return known[tuple(token.word for token in tokens[at : at + length])]
    return None


@lru_cache(maxsize=64)
def language_names(locales: tuple[str, ...]) -> dict[Phrase, str]:
    """Names of languages by what they are called in these locales (CLDR, and each words.toml)."""
    names: dict[Phrase, str] = {}
    codes = tuple(dict.fromkeys((*locales, *known_locales(), *_ASKED_FOR)))
    for speaker in dict.fromkeys((*locales, "en", *known_locales())):
        try:
            called = Locale.parse(speaker).languages
        except (UnknownLocaleError, ValueError):
            continue
        for code in codes:
            for name in (called.get(code), _own_name(code)):
                if name:
                    names.setdefault(_phrase(name), code)
    for code in known_locales():
        names.update({(name,): code for name in read_language(code).names})
        for phrase, other in read_language(code).others.items():
            names.setdefault(phrase, other)
    return names


@lru_cache(maxsize=256)
def _own_name(code: str) -> str | None:
    try:
        return Locale.parse(code).get_language_name(code)
    except (UnknownLocaleError, ValueError):
        return None


def _phrase(name: str) -> Phrase:
    return tuple(fold(part) for part in tidy(name).split())
