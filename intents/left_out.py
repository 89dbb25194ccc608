"""Guesses about left-out texts and left-out classes: what confidence is calibrated on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.confidence import Calibration, Guess, evidence
from intents.features import Features
from intents.linear import train
from intents.recipe import Recipe
from intents.vocabulary import Vocabulary

_FOLDS = 5
_CLASS_FOLDS = 4
# Where there are many texts, fewer rounds show enough, and each takes longer.
_TEXTS_IN_ALL = 12_000

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What training gets: texts, their classes, and which of them are variations of one sentence."""

    texts: Sequence[Features]
    labels: Numbers
    groups: Numbers


def calibrate(lesson: Lesson, recipe: Recipe) -> Calibration:
    """Texts of one group are left out together. Too few of them for that: an uncalibrated curve."""
    random = np.random.default_rng(recipe.seed)
    classes = len(np.unique(lesson.labels))
    if classes < 2 or len(np.unique(lesson.groups)) < 2 * _FOLDS:
        return Calibration()
    guesses = list(_guesses(lesson, _folds(lesson.groups, _FOLDS, random), recipe))
    unseen: list[Guess] = []
    if recipe.unseen and classes > 2 * _CLASS_FOLDS:
        folds = _folds(lesson.labels, _CLASS_FOLDS, random)
        unseen = list(_guesses(lesson, folds, recipe))
    return Calibration.of(guesses, unseen, recipe.unseen)


def _folds(groups: Numbers, count: int, random: np.random.Generator) -> Numbers:
    """The fold of each text, so that no group is split."""
    distinct, inverse = np.unique(groups, return_inverse=True)
    place: Numbers = random.permutation(len(distinct)) % count
    return place[inverse]


def _guesses(lesson: Lesson, folds: Numbers, recipe: Recipe) -> Iterator[Guess]:
    """What a model trained on the other folds says of each text."""
    rounds = max(1, min(int(folds.max()) + 1, _TEXTS_IN_ALL // len(lesson.texts) + 1))
    for fold in range(rounds):
        inside = np.flatnonzero(folds != fold).tolist()
        outside = np.flatnonzero(folds == fold).tolist()
        vocabulary = Vocabulary.of([lesson.texts[i] for i in inside], recipe.most)
        known, numbered = np.unique(lesson.labels[inside], return_inverse=True)
        if not outside or len(known) < 2:
            continue
        vectors = [vocabulary.vector(lesson.texts[i], recipe.mixture) for i in inside]
        groups = lesson.groups[inside]
        weights = train(vectors, numbered, groups, vocabulary.size, recipe.cost, recipe.seed)
        places = {label: place for place, label in enumerate(known.tolist())}
        for index in outside:
            vector = vocabulary.vector(lesson.texts[index], recipe.mixture)
            margins = vector.values @ weights[vector.rows]
            true = places.get(int(lesson.labels[index]))
            yield Guess(margins, evidence(margins, vector), true)
