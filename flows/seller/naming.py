"""Which of the shop's goods a seller names: by sku, name or alias, with slips."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from intents.understanding import Catalogue, Entry, Said, VastCatalogue

# From here on a name is near; this far above the next it is meant.
NEAR = 72.0
SURE = 88.0
APART = 6.0

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Meant:
    """`sure` when one is plainly meant; else `entries` are those that may be, best first. `exact`: it
    was written as it is called."""

    sure: Entry | None = None
    entries: tuple[Entry, ...] = ()
    exact: bool = False


def meant(text: str, names: Catalogue, *, kinds: bool = True) -> Meant:
    """A product that comes in several kinds gives its kinds: stock and price are theirs. Without
    `kinds` it stays the product: a name may be that of all of them."""
    entries = spoken_of(text, names)
    said = text.strip().casefold()
    exact = _called(said, entries)
    found, plain = (exact, True) if exact else _near(said, entries)
    listed = _sold(found, entries) if kinds else found
    if plain and len(listed) == 1:
        return Meant(listed[0], exact=bool(exact))
    return Meant(entries=listed, exact=bool(exact))


def _called(said: str, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """By sku, else by all of a name's words."""
    exact = tuple(entry for entry in entries if entry.sku.casefold() == said)
    words = _words(said)
    return exact or tuple(e for e in entries if words in map(_words, _labels(e)))


def _near(said: str, entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], bool]:
    """Names that are near, best first, and whether the best is plainly meant."""
    scored = sorted(
        ((_score(said, entry), index) for index, entry in enumerate(entries)),
        key=lambda pair: (-pair[0], pair[1]),
    )
    near = [(score, entries[index]) for score, index in scored if score >= NEAR]
    if near and near[0][0] >= SURE and (len(near) == 1 or near[0][0] - near[1][0] >= APART):
        return (near[0][1],), True
    return tuple(entry for _, entry in near), False


def variants_of(sku: str, names: Catalogue) -> tuple[Entry, ...]:
    """The kinds of a product, in the shop's order."""
    return _kinds(sku, spoken_of(sku, names))


def spoken_of(text: str, names: Catalogue) -> Sequence[Entry]:
    """All that can be meant, or of a big shop what these words may mean."""
    if not isinstance(names, VastCatalogue):
        return names.entries
    said = text.strip()
    words = tuple(dict.fromkeys(_WORD.findall(said.casefold())))
    unsure = frozenset(word for word in words if word.isalpha())
    return names.near(Said(words, unsure, together={"".join(words): words}, skus=(said,))).entries


def _kinds(sku: str, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.parent == sku)


def _sold(found: Sequence[Entry], entries: Sequence[Entry]) -> tuple[Entry, ...]:
    sold: dict[str, Entry] = {}
    for entry in found:
        for kind in _kinds(entry.sku, entries) or (entry,):
            sold.setdefault(kind.sku, kind)
    return tuple(sold.values())


def _labels(entry: Entry) -> tuple[str, ...]:
    return (entry.name, *entry.aliases, entry.sku)


def _words(text: str) -> tuple[str, ...]:
    """In any order; sizes stay whole."""
    return tuple(sorted(_WORD.findall(text.casefold())))


def _score(said: str, entry: Entry) -> float:
    """0 to 100. Sizes and numbers compare exactly: the 5kg bag is never the 25kg sack."""
    words = _words(said)
    sizes = {word for word in words if any(map(str.isdigit, word))}
    best = 0.0
    for label in _labels(entry):
        theirs = _words(label)
        if sizes <= set(theirs):
            spelt = fuzz.ratio(" ".join(words), " ".join(theirs))
            within = fuzz.token_set_ratio(" ".join(words), " ".join(theirs))
            best = max(best, spelt, within * 0.9)
    return best
