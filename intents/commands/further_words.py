"""Words of sellers and riders that no sentence is trained with: `commands.toml` beside `words.toml`."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from intents.command import Word
from intents.errors import LanguageDataError
from intents.folding import fold
from intents.language import Phrase
from intents.language_files import LOCALES


@lru_cache(maxsize=64)
def further_words(locales: tuple[str, ...], root: Path = LOCALES) -> Mapping[Phrase, Word]:
    """Phrases by what they mean in these languages and in English. Raises LanguageDataError."""
    found: dict[Phrase, Word] = {}
    for code in dict.fromkeys((*locales, "en")):
        for phrase, word in _read(root / code / "commands.toml").items():
            found.setdefault(phrase, word)
    return found


@lru_cache(maxsize=64)
def _read(path: Path) -> Mapping[Phrase, Word]:
    """One language's; none where it has no such file."""
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            tuple(fold(part) for part in phrase.split()): Word(name)
            for name, phrases in table.items()
            for phrase in phrases
        }
    except (tomllib.TOMLDecodeError, ValueError, TypeError, AttributeError) as error:
        raise LanguageDataError(f"{path}: {error}") from error
