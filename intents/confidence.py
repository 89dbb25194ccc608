"""How sure a guess is: a probability, fitted on guesses about texts that the model had not seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.features import Features, Floats
from intents.linear import Vector, Vocabulary, train

FOLDS = 5
_CLASS_FOLDS = 3
# Texts of an intent that the model was never shown stand for what is out of scope. Together they
# weigh this much against the ones that it could have known.
_UNSEEN_WEIGHT = 0.3
_RIDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve over what a guess looks like: its margin, its lead, and how known its words are."""

    weights: tuple[float, ...] = (0.0, 2.0, 2.0, 0.0)

    def probability(self, margins: Floats, vector: Vector) -> float:
        """That the class with the highest margin is right."""
        exponent = float(np.dot(_evidence(margins, vector), self.weights))
        return float(1 / (1 + np.exp(-np.clip(exponent, -30, 30))))


def calibrate(
    texts: Sequence[Features],
    labels: NDArray[np.int64],
    groups: NDArray[np.int64],
    random: np.random.Generator,
) -> Calibration:
    """Fit on left-out texts and left-out classes. Texts of one group are left out together."""
    if len(set(groups.tolist())) < 2 * FOLDS:
        return Calibration()
    seen = _guesses(texts, labels, _folds(groups, FOLDS, random), random)
    evidence, right = [e for e, _ in seen], [r for _, r in seen]
    weights = [1.0] * len(seen)
    if len(set(labels.tolist())) > 2 * _CLASS_FOLDS:
        unseen = _guesses(texts, labels, _folds(labels, _CLASS_FOLDS, random), random)
        evidence += [e for e, _ in unseen]
        right += [False] * len(unseen)
        weights += [_UNSEEN_WEIGHT * len(seen) / len(unseen)] * len(unseen)
    return Calibration(_logistic(np.array(evidence), np.array(right, float), np.array(weights)))


def _evidence(margins: Floats, vector: Vector) -> tuple[float, ...]:
    ordered = np.sort(margins)
    second = float(ordered[-2]) if len(ordered) > 1 else -1.0
    return 1.0, float(ordered[-1]), float(ordered[-1]) - second, vector.known


def _folds(groups: NDArray[np.int64], count: int, random: np.random.Generator) -> NDArray[np.int64]:
    """The fold of each text, so that no group is split."""
    distinct, inverse = np.unique(groups, return_inverse=True)
    place: NDArray[np.int64] = random.permutation(len(distinct)) % count
    return place[inverse]


def _guesses(
    texts: Sequence[Features],
    labels: NDArray[np.int64],
    folds: NDArray[np.int64],
    random: np.random.Generator,
) -> list[tuple[tuple[float, ...], bool]]:
    """What a model trained on the other folds says of each text, and whether it is right."""
    found = []
    for fold in np.unique(folds):
        inside = np.flatnonzero(folds != fold).tolist()
        outside = np.flatnonzero(folds == fold).tolist()
        vocabulary = Vocabulary.of([texts[i] for i in inside])
        vectors = [vocabulary.vector(texts[i]) for i in inside]
        known, numbered = np.unique(labels[inside], return_inverse=True)
        weights = train(vectors, numbered, len(known), vocabulary.size, random)
        for index in outside:
            vector = vocabulary.vector(texts[index])
            margins = vector.values @ weights[vector.rows]
            right = bool(known[int(margins.argmax())] == labels[index])
            found.append((_evidence(margins, vector), right))
    return found


def _logistic(
    evidence: NDArray[np.float64], right: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[float, ...]:
    """Weighted logistic regression with a small ridge, by Newton's method."""
    fitted = np.zeros(evidence.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(evidence @ fitted, -30, 30)))
        slope = evidence.T @ (weights * (chance - right)) + _RIDGE * fitted
        curve = evidence.T * (weights * chance * (1 - chance)) @ evidence
        step = np.linalg.solve(curve + _RIDGE * np.eye(len(fitted)), slope)
        fitted = fitted - step
        if float(np.abs(step).max()) < 1e-6:
            break
    return tuple(float(weight) for weight in fitted)
