"""From what was counted to parts, from parts to a score, and from a score to a grade."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from flows.ports.ratings import LEAST_SHOWN
from flows.ports.scores import Grade, Part, RiderPart
from store.score_terms import ScoreTerms
from store.scores.counted import Counted
from store.scores.ridden import Ridden

P = TypeVar("P", bound=StrEnum)

# Hundredths of a point: five of them.
FULL = 500


@dataclass(frozen=True, slots=True)
class Judged(Generic[P]):
    """In hundredths of a point; what nothing is known of is no part. `score` None: too little."""

    grade: Grade
    score: int | None
    parts: Mapping[P, int]
    cases: int


def judge_shop(counted: Counted, terms: ScoreTerms) -> Judged[Part]:
    taken_on = counted.delivered + counted.called_off
    good = counted.delivered - min(counted.not_as_ordered, counted.delivered)
    found = {
        Part.COMPLETION: _share(counted.delivered, counted.orders),
        Part.DELIVERY: _share(counted.in_time, counted.promised),
        Part.RATING: _share(counted.stars, 5 * counted.raters)
        if counted.raters >= LEAST_SHOWN
        else None,
        Part.STOCK: _share(good, taken_on),
        Part.RESPONSE: _share(counted.answer_points, 5 * counted.answered),
        Part.PRICE: _share(counted.price_points, FULL * counted.priced),
    }
    return _judged(found, terms.sellers, counted.orders, terms)


def judge_rider(ridden: Ridden, terms: ScoreTerms) -> Judged[RiderPart]:
    ended = ridden.delivered + ridden.failed
    found = {
        RiderPart.COMPLETION: _share(ended, ended + ridden.given_up),
        RiderPart.TIME: _share(ridden.in_time, ridden.promised),
        RiderPart.FAILURES: _share(ridden.delivered, ended),
    }
    return _judged(found, terms.riders, ended + ridden.given_up, terms)


def grade_of(score: int, grades: Mapping[Grade, Decimal]) -> Grade:
    """The best one whose points are there."""
    for grade, least in sorted(grades.items(), key=lambda row: -row[1]):
        if score >= least * 100:
            return grade
    return Grade.PROBATION


def weighed(parts: Mapping[P, int], weights: Mapping[P, Decimal]) -> int | None:
    """The parts by their weights, those that are missing left out; None without any that weighs."""
    whole = sum((weights[part] for part in parts), Decimal())
    if not whole:
        return None
    total = sum((weights[part] * got for part, got in parts.items()), Decimal())
    return int((total / whole).quantize(Decimal(1), ROUND_HALF_UP))


def _judged(
    found: Mapping[P, int | None], weights: Mapping[P, Decimal], cases: int, terms: ScoreTerms
) -> Judged[P]:
    parts = {part: got for part, got in found.items() if got is not None and weights[part]}
    score = weighed(parts, weights) if cases >= terms.least_orders else None
    grade = Grade.NEW if score is None else grade_of(score, terms.grades)
    return Judged(grade, score, parts, cases)


def _share(part: int, whole: int) -> int | None:
    """Of five points, rounded half up; None of nothing."""
    return (2 * FULL * part + whole) // (2 * whole) if whole else None
