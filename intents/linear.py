"""A linear model of many classes: one against the rest, squared hinge, by dual coordinate descent.

Method: Hsieh, Chang, Lin, Keerthi, Sundararajan, "A Dual Coordinate Descent Method for Large-scale
Linear SVM" (ICML 2008), algorithm 1 with the L2 loss; all classes step together, as they share the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.features import Features, Floats, Hashes

Rows = NDArray[np.int64]

_EPOCHS = 25
_SETTLED = 0.02
_COST = 1.0
_WORD_WEIGHT = 0.8
_BIAS = 0.3
# How much an unknown n-gram weakens the known ones around it.
_UNKNOWN = 0.25


@dataclass(frozen=True, slots=True)
class Vector:
    """A text against a vocabulary. `known` is the share of its weight that the vocabulary has."""

    rows: Rows
    values: Floats
    known: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The n-grams of the training texts, sorted, with the weight of each (rarer is heavier)."""

    characters: Hashes
    character_weights: Floats
    words: Hashes
    word_weights: Floats

    @property
    def size(self) -> int:
        """Rows of a weight matrix over it; the last is the bias."""
        return len(self.characters) + len(self.words) + 1

    @classmethod
    def of(cls, texts: Sequence[Features]) -> "Vocabulary":
        """From the training texts. A character n-gram seen in one text alone is left out."""
        count = len(texts)
        chars, char_df = np.unique(
            np.concatenate([t.characters for t in texts]), return_counts=True
        )
        words, word_df = np.unique(np.concatenate([t.words for t in texts]), return_counts=True)
        kept = char_df > 1
        return cls(chars[kept], _rarity(char_df[kept], count), words, _rarity(word_df, count))

    def vector(self, text: Features) -> Vector:
        """The text's rows and values, each block of length one before weighting."""
        chars, char_values, char_known = _block(
            text.characters, text.character_counts, self.characters, self.character_weights
        )
        words, word_values, word_known = _block(
            text.words, text.word_counts, self.words, self.word_weights
        )
        rows = np.concatenate([chars, words + len(self.characters), [self.size - 1]])
        values = np.concatenate([char_values, word_values * _WORD_WEIGHT, [_BIAS]])
        return Vector(rows, values.astype(np.float32), (char_known + word_known) / 2)


def train(
    vectors: Sequence[Vector],
    labels: NDArray[np.int64],
    classes: int,
    size: int,
    random: np.random.Generator,
) -> Floats:
    """Weights of shape (size, classes). The same input and generator give the same weights."""
    weights = np.zeros((size, classes), dtype=np.float32)
    alphas = np.zeros((len(vectors), classes), dtype=np.float32)
    signs = np.full((len(vectors), classes), -1.0, dtype=np.float32)
    signs[np.arange(len(vectors)), labels] = 1.0
    slack = np.float32(0.5 / _COST)
    lengths = np.array([float(v.values @ v.values) for v in vectors], dtype=np.float32) + slack
    for _ in range(_EPOCHS):
        moved = 0.0
        for index in random.permutation(len(vectors)):
            vector = vectors[index]
            sign, alpha = signs[index], alphas[index]
            slope = sign * (vector.values @ weights[vector.rows]) - 1 + slack * alpha
            stepped = np.maximum(alpha - slope / lengths[index], 0)
            step = (stepped - alpha) * sign
            largest = float(np.abs(step).max())
            if largest > 1e-6:
                weights[vector.rows] += vector.values[:, None] * step
                alphas[index] = stepped
                moved = max(moved, largest)
        if moved < _SETTLED:
            break
    return weights


def _rarity(document_counts: NDArray[np.int64], texts: int) -> Floats:
    weights: Floats = (np.log((1 + texts) / (1 + document_counts)) + 1).astype(np.float32)
    return weights


def _block(
    grams: Hashes, counts: Floats, vocabulary: Hashes, weights: Floats
) -> tuple[Rows, Floats, float]:
    """Known n-grams as rows and values. Unknown ones count towards the length as the rarest would."""
    if not len(grams) or not len(vocabulary):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32), 0.0
    places = np.minimum(np.searchsorted(vocabulary, grams), len(vocabulary) - 1)
    known = vocabulary[places] == grams
    damped = 1 + np.log(counts)
    rows, values = places[known], damped[known] * weights[places[known]]
    inside = float(values @ values)
    outside = float((damped[~known] ** 2).sum()) * float(weights.max()) ** 2
    share = inside / (inside + outside)
    return rows, values / np.sqrt(inside + _UNKNOWN * outside + 1e-9), share
