"""The set phrases of languages (`wishes.toml`), kept so that a message finds its own without a search."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from intents.errors import LanguageDataError
from intents.folding import fold
from intents.language import Phrase
from intents.language_files import LOCALES
from intents.wish import Wish

NUMBER, REST = "#", "..."
# A word of so many letters is known with one slip.
LONG = 5


@dataclass(frozen=True, slots=True)
class WishPhrases:
    """What each phrase wishes for: those that are a `whole` message by how many words they have, those with
    an `open` end, most words first, and every word of theirs that is known with a slip."""

    wishes: Mapping[Phrase, Wish]
    whole: Mapping[int, Sequence[Phrase]]
    open: Sequence[Phrase]
    long: Sequence[str]


@lru_cache(maxsize=64)
def phrases(locales: tuple[str, ...], root: Path = LOCALES) -> WishPhrases:
    """Of all these languages; the first one's meaning counts. Raises LanguageDataError."""
    wishes: dict[Phrase, Wish] = {}
    for code in locales:
        for phrase, wish in _read(root / code / "wishes.toml").items():
            wishes.setdefault(phrase, wish)
    return arranged(wishes)


def arranged(wishes: Mapping[Phrase, Wish]) -> WishPhrases:
    """The same, so that they are found."""
    whole: defaultdict[int, list[Phrase]] = defaultdict(list)
    for phrase in wishes:
        if phrase[-1] != REST:
            whole[len(phrase)].append(phrase)
    return WishPhrases(
        wishes,
        whole,
        sorted((phrase for phrase in wishes if phrase[-1] == REST), key=len, reverse=True),
        sorted({word for phrase in wishes for word in phrase if len(word) >= LONG}),
    )


@lru_cache(maxsize=64)
def _read(path: Path) -> Mapping[Phrase, Wish]:
    """One language's; none where it has no such file."""
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            tuple(part if part in (NUMBER, REST) else fold(part) for part in phrase.split()): Wish(
                name
            )
            for name, listed in table.items()
            for phrase in listed
        }
    except (tomllib.TOMLDecodeError, ValueError, TypeError, AttributeError) as error:
        raise LanguageDataError(f"{path}: {error}") from error
