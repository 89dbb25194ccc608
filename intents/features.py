"""A text as the classifier sees it: the hashes of its character and word n-grams.

A hash is that of a polynomial over the characters' code points modulo 2**64; all substrings of a
length come from one running sum, without a loop over the text.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Floats = NDArray[np.float32]

CHARACTERS = (1, 2, 3, 4, 5)
"""Lengths of the character n-grams. None reaches over the space between two words."""

_LONGEST = 1024
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_WORD_TAG = np.uint64(0xC2B2AE3D27D4EB4F)
_PAIR_TAG = np.uint64(0x165667B19E3779F9)
_SPACE = ord(" ")
_ZERO, _NINE = ord("0"), ord("9")


def _powers(base: int) -> Hashes:
    """base**0, base**1, ... modulo 2**64, as far as a text may reach."""
    found = np.empty(_LONGEST, dtype=np.uint64)
    power = 1
    for index in range(_LONGEST):
        found[index] = power
        power = power * base % (1 << 64)
    return found


@dataclass(frozen=True, slots=True)
class Powers:
    """The powers that hashing needs, worked out once by who owns a classifier."""

    up: Hashes
    down: Hashes

    @classmethod
    def make(cls) -> "Powers":
        return cls(_powers(_BASE), _powers(_INVERSE))


@dataclass(frozen=True, slots=True)
class Features:
    """Distinct n-grams and how often each stands in the text; `words` are the whole-word ones."""

    characters: Hashes
    character_counts: Floats
    words: Hashes
    word_counts: Floats


def features(text: str, powers: Powers) -> Features:
    """The n-grams of a folded text with single spaces. Figures all count as the same figure."""
    padded = f" {text.strip()[: _LONGEST - 2]} "
    codes = np.frombuffer(padded.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    codes[(codes >= _ZERO) & (codes <= _NINE)] = _ZERO
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(codes * powers.up[: len(codes)], out=sums[1:])
    spaces = np.flatnonzero(codes == _SPACE)
    return Features(
        *_counted(_character_grams(codes, sums, powers)),
        *_counted(_word_grams(spaces, sums, powers)),
    )


def _character_grams(codes: Hashes, sums: Hashes, powers: Powers) -> Hashes:
    inside = np.zeros(len(codes) + 1, dtype=np.int64)
    np.cumsum(codes == _SPACE, out=inside[1:])
    found = []
    for length in CHARACTERS:
        starts = np.arange(len(codes) - length + 1)
        # A space may open or close an n-gram, it never stands within one.
        crossing = inside[starts + length - 1] - inside[starts + 1] if length > 2 else 0 * starts
        if length == 1:
            crossing = (codes == _SPACE).astype(np.int64)
        starts = starts[crossing == 0]
        found.append(_substrings(starts, starts + length, sums, powers) + np.uint64(length))
    return np.concatenate(found)


def _word_grams(spaces: NDArray[np.int64], sums: Hashes, powers: Powers) -> Hashes:
    starts, ends = spaces[:-1] + 1, spaces[1:]
    words = _substrings(starts, ends, sums, powers) * _WORD_TAG
    pairs = _substrings(starts[:-1], ends[1:], sums, powers) * _PAIR_TAG
    return np.concatenate([words, pairs])


def _substrings(
    starts: NDArray[np.int64], ends: NDArray[np.int64], sums: Hashes, powers: Powers
) -> Hashes:
    return (sums[ends] - sums[starts]) * powers.down[starts]


def _counted(grams: Hashes) -> tuple[Hashes, Floats]:
    distinct, counts = np.unique(grams, return_counts=True)
    return distinct, counts.astype(np.float32)
