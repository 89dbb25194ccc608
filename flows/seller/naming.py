"""Which of the shop's goods a seller names: by sku, name or alias, with slips."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from intents.understanding import Catalogue, Entry

# From here on a name is near; this far above the next it is meant.
NEAR = 72.0
SURE = 88.0
APART = 6.0

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Meant:
    """`sure` when one is plainly meant; else `entries` are those that may be, best first."""

    sure: Entry | None = None
    entries: tuple[Entry, ...] = ()


def meant(text: str, names: Catalogue) -> Meant:
    """A product that comes in several kinds gives its kinds: stock and price are theirs."""
    said = text.strip().casefold()
    exact = [entry for entry in names.entries if entry.sku.casefold() == said]
    if exact:
        return _settle(exact, names)
    same = [entry for entry in names.entries if _words(said) in map(_words, _labels(entry))]
    if same:
        return _settle(same, names)
    scored = sorted(
        ((_score(said, entry), index) for index, entry in enumerate(names.entries)),
        key=lambda pair: (-pair[0], pair[1]),
    )
    near = [(score, names.entries[index]) for score, index in scored if score >= NEAR]
    if not near:
        return Meant()
    best = near[0][0]
    if best >= SURE and (len(near) == 1 or best - near[1][0] >= APART):
        return _settle([near[0][1]], names)
    return _ask([entry for _, entry in near], names)


def variants_of(sku: str, names: Catalogue) -> tuple[Entry, ...]:
    """The kinds of a product, in the shop's order."""
    return tuple(entry for entry in names.entries if entry.parent == sku)


def _settle(entries: Sequence[Entry], names: Catalogue) -> Meant:
    """One thing that comes in one kind is sure."""
    sold = _sold(entries, names)
    return Meant(sure=sold[0]) if len(sold) == 1 else Meant(entries=sold)


def _ask(entries: Sequence[Entry], names: Catalogue) -> Meant:
    return Meant(entries=_sold(entries, names))


def _sold(entries: Sequence[Entry], names: Catalogue) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for entry in entries:
        for kind in variants_of(entry.sku, names) or (entry,):
            found.setdefault(kind.sku, kind)
    return tuple(found.values())


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
