"""Words that stand after STOCK, in every language, from locales/*/losses.toml and levels.toml."""

import tomllib
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

from intents.errors import LanguageDataError
from intents.folding import fold
from intents.language import Phrase
from intents.language_files import LOCALES

# Why goods are gone, as it is called in what is handed on.
REASONS = ("damaged", "expired")
# The numbers at which a seller is told that goods run low.
LEVELS = ("low", "critical")


@lru_cache(maxsize=1)
def loss_words(root: Path = LOCALES) -> Mapping[Phrase, str]:
    """The reasons. Raises LanguageDataError."""
    return _read(root, "losses.toml", REASONS)


@lru_cache(maxsize=1)
def level_words(root: Path = LOCALES) -> Mapping[Phrase, str]:
    """The levels. Raises LanguageDataError."""
    return _read(root, "levels.toml", LEVELS)


def _read(root: Path, name: str, known: Collection[str]) -> Mapping[Phrase, str]:
    found: dict[Phrase, str] = {}
    for path in sorted(root.glob(f"*/{name}")):
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            for meaning, phrases in table.items():
                if meaning not in known:
                    raise ValueError(f"{meaning} is not known")
                found.update({tuple(map(fold, phrase.split())): meaning for phrase in phrases})
        except (tomllib.TOMLDecodeError, ValueError, TypeError, AttributeError) as error:
            raise LanguageDataError(f"{path}: {error}") from error
    return found
