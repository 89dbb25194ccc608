"""What people call the weather: `locales/<code>/weather.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from intents.errors import LanguageDataError
from intents.folding import fold
from intents.language_files import LOCALES


def read_weather(text: str, locales: Sequence[str]) -> str | None:
    """ "rain", "storm" or "fine" by a word for it in these languages or English; None for other words."""
    said = " ".join(fold(text).split())
    codes = dict.fromkeys((*locales, "en"))
    return next((found for code in codes if (found := _words(code).get(said))), None)


@lru_cache(maxsize=64)
def _words(code: str, root: Path = LOCALES) -> Mapping[str, str]:
    """One language's; none where it has no such file. Raises LanguageDataError."""
    path = root / code / "weather.toml"
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return {fold(word): name for name, listed in table.items() for word in listed}
    except (tomllib.TOMLDecodeError, TypeError, AttributeError) as error:
        raise LanguageDataError(f"{path}: {error}") from error
