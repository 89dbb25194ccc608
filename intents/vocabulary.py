"""The n-grams that training has seen, and a text measured against them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from intents.features import KINDS, Features, Floats, Hashes, Places, kinds


@dataclass(frozen=True, slots=True)
class Mixture:
    """How much each kind of n-gram counts in a text's vector, the bias, and what unknown ones do.

    `unknown` is the part of an unknown n-gram's weight that goes into its text's length: the larger,
    the weaker are known n-grams among unknown ones.
    """

    characters: float = 1.0
    words: float = 0.5
    pairs: float = 0.5
    bias: float = 1.0
    unknown: float = 0.7


@dataclass(frozen=True, slots=True)
class Vector:
    """A text against a vocabulary. `known` is the share of each kind's weight that the vocabulary has."""

    rows: Places
    values: Floats
    known: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The n-grams of the training texts, sorted, with the weight of each (rarer is heavier)."""

    hashes: Hashes
    rarity: Floats
    rarest: np.float32 = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rarest", self.rarity.max())

    @property
    def size(self) -> int:
        """Rows of a weight matrix over it; the last is the bias."""
        return len(self.hashes) + 1

    @classmethod
    def of(cls, texts: Sequence[Features], most: int) -> "Vocabulary":
        """From the training texts. Beyond `most` n-grams the rarest are left out."""
        hashes, counts = np.unique(np.concatenate([t.hashes for t in texts]), return_counts=True)
        least = 1
        while np.count_nonzero(counts >= least) > most:
            least += 1
        kept = counts >= least
        rarity = np.log((1 + len(texts)) / (1 + counts[kept])) + 1
        return cls(hashes[kept], rarity.astype(np.float32))

    def vector(self, text: Features, mixture: Mixture) -> Vector:
        """The text's rows and values. Each kind has the length that the mixture gives it."""
        places = np.minimum(np.searchsorted(self.hashes, text.hashes), len(self.hashes) - 1)
        known = self.hashes[places] == text.hashes
        kind = kinds(text.hashes)
        damped = 1 + np.log(text.counts)
        values = damped * np.where(known, self.rarity[places], self.rarest)
        squares = values * values
        inside = np.bincount(kind, squares * known, KINDS)
        outside = np.bincount(kind, squares * ~known, KINDS)
        shares = (mixture.characters, mixture.words, mixture.pairs)
        scale = shares / np.sqrt(inside + mixture.unknown * outside + 1e-9)
        rows = np.append(places[known], self.size - 1)
        scaled = np.append(values[known] * scale[kind[known]], mixture.bias)
        share = inside / (inside + outside + 1e-9)
        return Vector(rows, scaled.astype(np.float32), tuple(share.tolist()))
