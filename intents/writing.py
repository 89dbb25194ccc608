"""A shop's names as they are written down for being looked up: each family with its keys."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b

from intents.language import Language
from intents.language_files import LOCALES, speech
from intents.names.index import Names
from intents.names.keying import keyed
from intents.understanding import Entry

# To be raised when the same names give other keys.
_VERSION = 1
_FILES = ("words.toml", "numbers.toml")


@dataclass(frozen=True, slots=True)
class Written:
    """A product and its variants. `keys` are the words, numbers and sizes that any of its names carries,
    `together` its names without spaces, `shortest` how many words its shortest name has."""

    sku: str
    entries: tuple[Entry, ...]
    keys: frozenset[str]
    together: frozenset[str]
    shortest: int


def written(entries: Sequence[Entry], locales: tuple[str, ...]) -> Iterator[Written]:
    """All families among the entries, in a shop that speaks these languages."""
    language = speech(locales)
    ready = _ready(entries, language)
    names = Names(ready, language)
    of_family: dict[str, list[Entry]] = {}
    for entry in ready:
        of_family.setdefault(entry.parent or entry.sku, []).append(entry)
    for sku, family in names.families.items():
        yield Written(
            sku=sku,
            entries=tuple(of_family[sku]),
            keys=frozenset(family.words | family.figures | family.apart()),
            together=frozenset(n.compact for n in family.names if n.compact in names.by_compact),
            shortest=family.shortest,
        )


@lru_cache(maxsize=512)
def spelling(locales: tuple[str, ...]) -> str:
    """Changes whenever the same names would give other keys: what was written before is then stale."""
    digest = blake2b(f"{_VERSION}".encode(), digest_size=8)
    for code in dict.fromkeys((*locales, "en")):
        digest.update(code.encode())
        for name in _FILES:
            path = LOCALES / code / name
            digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def _ready(entries: Sequence[Entry], language: Language) -> Sequence[Entry]:
    return [
        entry if entry.keyed else replace(entry, keyed=keyed(entry, language)) for entry in entries
    ]
