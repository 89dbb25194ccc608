"""The same messages as tired thumbs and cheap keyboards write them."""

import random
import unicodedata
from collections.abc import Callable, Mapping

from intents.evaluation.rows import Row

NOISE = 0.08
SEED = 7
FEW_WORDS = 3

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Letters whose hook or stroke is not a mark of its own.
_BARE = str.maketrans(
    {**dict(zip("ɓɗƙƴƁƊƘƳŋŊ", "bdkyBDKYnN", strict=True)), "œ": "oe", "Œ": "Oe", "æ": "ae"}
)


def _beside() -> Mapping[str, str]:
    """The letters next to each on its row of the keyboard."""
    found = {}
    for row in _ROWS:
        for place, letter in enumerate(row):
            found[letter] = row[max(place - 1, 0) : place] + row[place + 1 : place + 2]
    return found


NEIGHBOURS = _beside()


def without_diacritics(row: Row) -> str:
    """Every letter bare."""
    parts = unicodedata.normalize("NFD", row.text)
    bare = "".join(c for c in parts if not unicodedata.combining(c)).translate(_BARE)
    return unicodedata.normalize("NFC", bare)


def noisy(row: Row) -> str:
    """One letter in twelve or so swapped with the next, dropped, doubled or struck beside. Figures
    stay: another figure would be another wish. The same message always gets the same noise."""
    chance = random.Random(f"{SEED}-{row.id}")
    out: list[str] = []
    at = 0
    while at < len(row.text):
        pair = row.text[at : at + 2]
        at += 1
        if pair[0].isalpha() and chance.random() < NOISE:
            act = chance.choice(_ACTS if pair.isalpha() and len(pair) == 2 else _ALONE)
            out.append(act(pair, chance))
            at += act is _swapped
        else:
            out.append(pair[0])
    return "".join(out)


def first_words(row: Row) -> str:
    """The first three words."""
    return " ".join(row.text.split()[:FEW_WORDS])


def _swapped(pair: str, chance: random.Random) -> str:
    return pair[1] + pair[0]


def _dropped(pair: str, chance: random.Random) -> str:
    return ""


def _doubled(pair: str, chance: random.Random) -> str:
    return pair[0] * 2


def _struck_beside(pair: str, chance: random.Random) -> str:
    return chance.choice(NEIGHBOURS.get(pair[0].lower(), pair[0]))


# What can happen to a letter that no other follows.
_ALONE = (_dropped, _doubled, _struck_beside)
_ACTS = (_swapped, *_ALONE)

STRESSES: Mapping[str, Callable[[Row], str]] = {
    "no_diacritics": without_diacritics,
    "noise": noisy,
    "three_words": first_words,
}
