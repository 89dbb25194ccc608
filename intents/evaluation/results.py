"""Everything that one run of the sets measures, as one object that goes to JSON as it is."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np

from intents.evaluation.answering import answers
from intents.evaluation.calibration import Bin, reliability
from intents.evaluation.figures import (
    ALL,
    RESAMPLES,
    Figure,
    Metric,
    columns,
    figures,
    frame_accuracy,
    intent_accuracy,
    wrong_action_rate,
)
from intents.evaluation.judging import Fault, Judged, judge_all
from intents.evaluation.rows import Row
from intents.evaluation.shop_names import ShopNames
from intents.evaluation.stress import STRESSES

EVERY = "all"
UNDER_STRESS: Mapping[str, Metric] = {
    "frame_accuracy": frame_accuracy,
    "intent_accuracy": intent_accuracy,
    "wrong_action_rate": wrong_action_rate,
}
# A message that was cut has no frame of its own.
OF_A_PART: Mapping[str, Metric] = {"intent_accuracy": intent_accuracy}


class Measure(TypedDict):
    """One figure with its 95 % interval and the number of messages."""

    value: float | None
    low: float | None
    high: float | None
    n: int


class Confusion(TypedDict):
    """Messages of one intent that were taken for another."""

    meant: str
    said: str
    count: int
    ids: list[str]


class Milliseconds(TypedDict):
    """How long one message takes."""

    mean: float
    p50: float
    p99: float


Measures = dict[str, dict[str, Measure]]


class Results(TypedDict):
    """By language, and over all of them as "all"."""

    sets: str
    messages: int
    sure_to_change: float
    figures: Measures
    calibration: dict[str, list[Bin]]
    stress: dict[str, Measures]
    faults: dict[str, dict[str, int]]
    confusions: list[Confusion]
    milliseconds: Milliseconds


def run(
    rows: Sequence[Row],
    shops: Mapping[str, ShopNames],
    sets: str,
    sure: float,
    resamples: int = RESAMPLES,
) -> tuple[Results, Sequence[Judged]]:
    """Ask, judge and count. `sets` names the sets by their hash."""
    judged = judge_all(answers(rows, shops), shops, sure)
    stressed = {
        name: judge_all(answers(rows, shops, change), shops, sure)
        for name, change in STRESSES.items()
    }
    results = Results(
        sets=sets,
        messages=len(rows),
        sure_to_change=sure,
        figures=_measures(judged, ALL, resamples),
        calibration={name: reliability(columns(part)) for name, part in _parts(judged).items()},
        stress={
            name: _measures(part, OF_A_PART if name == "three_words" else UNDER_STRESS, resamples)
            for name, part in stressed.items()
        },
        faults={name: faults(part) for name, part in _parts(judged).items()},
        confusions=confusions(judged),
        milliseconds=_milliseconds(judged),
    )
    return results, judged


def faults(judged: Sequence[Judged]) -> dict[str, int]:
    """How many frames are wrong, by the first part that is."""
    counts = Counter(each.fault for each in judged)
    return {fault.value: counts[fault] for fault in Fault}


def confusions(judged: Sequence[Judged]) -> list[Confusion]:
    """Pairs of intents that were taken for each other, the most frequent first."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for each in judged:
        if not each.intent:
            row = each.answer.row
            found[row.gold.intent.value, each.answer.said.intent.value].append(row.id)
    pairs = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        Confusion(meant=meant, said=said, count=len(ids), ids=ids) for (meant, said), ids in pairs
    ]


def _parts(judged: Sequence[Judged]) -> Mapping[str, Sequence[Judged]]:
    """All of them, and each language's."""
    languages = sorted({each.answer.row.language for each in judged})
    of = {name: [e for e in judged if e.answer.row.language == name] for name in languages}
    return {EVERY: judged, **of}


def _measures(judged: Sequence[Judged], metrics: Mapping[str, Metric], resamples: int) -> Measures:
    return {
        name: {
            metric: _measure(figure)
            for metric, figure in figures(columns(part), metrics, resamples).items()
        }
        for name, part in _parts(judged).items()
    }


def _measure(figure: Figure) -> Measure:
    return Measure(value=figure.value, low=figure.low, high=figure.high, n=figure.n)


def _milliseconds(judged: Sequence[Judged]) -> Milliseconds:
    spent = np.array([each.answer.milliseconds for each in judged])
    middle, slow = np.percentile(spent, [50, 99])
    return Milliseconds(
        mean=round(float(spent.mean()), 3), p50=round(float(middle), 3), p99=round(float(slow), 3)
    )
