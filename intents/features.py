"""A text as the classifier sees it: the hashes of its character n-grams, its words and its pairs of words.

A hash is that of a polynomial over the characters' code points modulo 2**64; all substrings of a
length come from one running sum, without a loop over the text. Its lowest bits tell its kind.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Floats = NDArray[np.float32]
Places = NDArray[np.int64]

KINDS = 3
"""Character n-grams, words, and pairs of neighbouring words, in this order."""

_LONGEST = 1024
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_WORD_TAG = np.uint64(0xC2B2AE3D27D4EB4F)
_PAIR_TAG = np.uint64(0x165667B19E3779F9)
_KIND_BITS, _KIND_WIDTH = np.uint64(3), np.uint64(2)
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
    """Distinct hashes in ascending order, and how often each stands in the text."""

    hashes: Hashes
    counts: Floats

    @property
    def kinds(self) -> Places:
        """The kind of each."""
        return kinds(self.hashes)


def kinds(hashes: Hashes) -> Places:
    """Which kind of n-gram each hash stands for: 0, 1 or 2, as in KINDS."""
    return (hashes & _KIND_BITS).astype(np.int64)


def features(text: str, longest: int, powers: Powers) -> Features:
    """What a folded text with single spaces is made of, in character n-grams of 1 to `longest`.

    Figures all count as the same figure.
    """
    padded = f" {text.strip()[: _LONGEST - 2]} "
    codes = np.frombuffer(padded.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    codes[(codes >= _ZERO) & (codes <= _NINE)] = _ZERO
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(codes * powers.up[: len(codes)], out=sums[1:])
    spaces = codes == _SPACE
    found = _character_grams(spaces, sums, longest, powers)
    found += _word_grams(np.flatnonzero(spaces), sums, powers)
    return _counted(np.concatenate(found))


def _character_grams(
    spaces: NDArray[np.bool_], sums: Hashes, longest: int, powers: Powers
) -> list[Hashes]:
    """One array for each length. A space may open or close an n-gram, it never stands within one."""
    before = np.zeros(len(spaces) + 1, dtype=np.int64)
    np.cumsum(spaces, out=before[1:])
    found = []
    for length in range(1, min(longest, len(spaces)) + 1):
        grams = (sums[length:] - sums[:-length]) * powers.down[: len(sums) - length]
        if length == 1:
            grams = grams[~spaces]
        elif length > 2:
            grams = grams[before[length - 1 : -1] == before[1 : len(grams) + 1]]
        found.append(grams + np.uint64(length) << _KIND_WIDTH)
    return found


def _word_grams(spaces: Places, sums: Hashes, powers: Powers) -> list[Hashes]:
    """The words, and the pairs of neighbouring words."""
    starts, ends = spaces[:-1] + 1, spaces[1:]
    down = powers.down[starts]
    words = (sums[ends] - sums[starts]) * down * _WORD_TAG
    pairs = (sums[ends[1:]] - sums[starts[:-1]]) * down[:-1] * _PAIR_TAG
    return [words << _KIND_WIDTH | np.uint64(1), pairs << _KIND_WIDTH | np.uint64(2)]


def _counted(grams: Hashes) -> Features:
    """The distinct ones in order. (numpy.unique does the same, at more than twice the time.)"""
    grams.sort()
    starts = np.flatnonzero(np.concatenate([[True], grams[1:] != grams[:-1]]))
    counts = np.diff(starts, append=len(grams))
    return Features(grams[starts], counts.astype(np.float32))
