"""Figures over many judged answers, each with its number of messages and its 95 % interval."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.evaluation.judging import Judged
from intents.intent import Intent

RESAMPLES = 1000
SEED = 7
# What in-scope accuracy may lose for the sake of turning away what is out of scope.
PRICE = 0.02

_NUMBER = {intent: number for number, intent in enumerate(Intent)}
_OUTSIDE = _NUMBER[Intent.OUT_OF_SCOPE]
_NO_THRESHOLD = np.inf


@dataclass(frozen=True, slots=True)
class Columns:
    """Judged answers as columns. Intents are numbers."""

    gold: NDArray[Any]
    said: NDArray[Any]
    confidence: NDArray[Any]
    frame: NDArray[Any]
    wrong: NDArray[Any]
    shared: NDArray[Any]
    listed: NDArray[Any]

    def at(self, places: NDArray[Any]) -> "Columns":
        return Columns(*(getattr(self, name)[places] for name in self.__slots__))

    def __len__(self) -> int:
        return len(self.gold)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with the bounds of its 95 % interval; None where it is not defined."""

    value: float | None
    low: float | None
    high: float | None
    n: int


def columns(judged: Sequence[Judged]) -> Columns:
    """The columns of judged answers."""
    return Columns(
        gold=np.array([_NUMBER[each.answer.row.gold.intent] for each in judged]),
        said=np.array([_NUMBER[each.answer.said.intent] for each in judged]),
        confidence=np.array([each.answer.said.confidence for each in judged]),
        frame=np.array([each.frame for each in judged]),
        wrong=np.array([each.wrong_action for each in judged]),
        shared=np.array([each.shared for each in judged]),
        listed=np.array([each.named + each.meant for each in judged]),
    )


def frame_accuracy(table: Columns) -> float:
    return float(table.frame.mean())


def intent_accuracy(table: Columns) -> float:
    return float((table.gold == table.said).mean())


def macro_f1(table: Columns) -> float:
    """The mean over the intents that occur of the harmonic mean of precision and recall."""
    size = len(_NUMBER)
    meant = np.bincount(table.gold, minlength=size)
    named = np.bincount(table.said, minlength=size)
    hits = np.bincount(table.gold[table.gold == table.said], minlength=size)
    there = meant > 0
    return float((2 * hits[there] / (meant + named)[there]).mean())


def item_f1(table: Columns) -> float | None:
    """Items right in sku and quantity: twice the shared of all that were named and meant."""
    listed = table.listed.sum()
    return float(2 * table.shared.sum() / listed) if listed else None


def wrong_action_rate(table: Columns) -> float:
    return float(table.wrong.mean())


def threshold(table: Columns) -> float:
    """The confidence below which an answer counts as out of scope, chosen so that in-scope accuracy
    loses at most PRICE; infinite where nothing could be lost."""
    inside = table.gold != _OUTSIDE
    right = np.sort(table.confidence[inside & (table.gold == table.said)])
    spare = int(np.floor(PRICE * inside.sum() + 1e-9))
    return float(right[spare]) if spare < len(right) else _NO_THRESHOLD


def out_of_scope_recall(table: Columns) -> float | None:
    """The share of what is out of scope that is called so, or is below the threshold."""
    outside = table.gold == _OUTSIDE
    if not outside.any():
        return None
    caught = (table.said == _OUTSIDE) | (table.confidence < threshold(table))
    return float(caught[outside].mean())


BINS = 10


def calibration_error(table: Columns) -> float:
    """The mean distance of confidence from accuracy over bins of equal width, weighted by size."""
    place = np.minimum((table.confidence * BINS).astype(int), BINS - 1)
    right = (table.gold == table.said).astype(float)
    gaps = np.bincount(place, right - table.confidence, minlength=BINS)
    return float(np.abs(gaps).sum() / len(table))


Metric = Callable[[Columns], float | None]

ALL: Mapping[str, Metric] = {
    "frame_accuracy": frame_accuracy,
    "intent_accuracy": intent_accuracy,
    "macro_f1": macro_f1,
    "item_f1": item_f1,
    "wrong_action_rate": wrong_action_rate,
    "out_of_scope_recall": out_of_scope_recall,
    "calibration_error": calibration_error,
}

# What a figure is about, where that is not every message.
COUNTED: Mapping[str, Callable[[Columns], NDArray[Any]]] = {
    "item_f1": lambda table: table.listed > 0,
    "out_of_scope_recall": lambda table: table.gold == _OUTSIDE,
}


def figures(
    table: Columns, metrics: Mapping[str, Metric] = ALL, resamples: int = RESAMPLES
) -> Mapping[str, Figure]:
    """Each metric with its interval: percentiles over messages drawn with replacement, by a fixed
    seed."""
    if not len(table):
        return {name: Figure(None, None, None, 0) for name in metrics}
    chance = np.random.default_rng(SEED)
    drawn: dict[str, list[float]] = {name: [] for name in metrics}
    for _ in range(resamples):
        sample = table.at(chance.integers(0, len(table), len(table)))
        for name, metric in metrics.items():
            value = metric(sample)
            if value is not None:
                drawn[name].append(value)
    return {
        name: _figure(metric(table), drawn[name], _counted(name, table))
        for name, metric in metrics.items()
    }


def _counted(name: str, table: Columns) -> int:
    return int(COUNTED[name](table).sum()) if name in COUNTED else len(table)


def _figure(value: float | None, drawn: Sequence[float], n: int) -> Figure:
    if value is None or not drawn:
        return Figure(value, None, None, n)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(round(value, 4), round(float(low), 4), round(float(high), 4), n)
