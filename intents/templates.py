"""The training sentences as written under locales/<language>/utterances/, one file for each intent."""

import re
from collections.abc import Mapping
from pathlib import Path

from intents.errors import LanguageDataError
from intents.intent import Intent

SLOT = re.compile(r"\{([a-z]+)\}")


def templates(folder: Path) -> Mapping[Intent, tuple[str, ...]]:
    """A language's sentences with their slots ("add {quantity} {product}"), by intent.

    Blank lines and lines that begin with "# " are left out. A file that no intent is named like is refused.
    """
    found: dict[Intent, tuple[str, ...]] = {}
    for path in sorted((folder / "utterances").glob("*.txt")):
        try:
            intent = Intent(path.stem)
            lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        except (ValueError, OSError) as error:
            raise LanguageDataError(f"{path}: {error}") from error
        found[intent] = tuple(line for line in lines if line and not line.startswith("# "))
    return found


def without_slots(template: str) -> str:
    """A template's own words."""
    return SLOT.sub(" ", template)
