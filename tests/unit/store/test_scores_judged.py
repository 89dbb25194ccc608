"""From counts to parts, from parts to a score, and from a score to a grade."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from flows.ports.scores import Grade, Part, RiderPart
from store.score_terms import ScoreTerms
from store.scores.counted import Counted
from store.scores.judging import grade_of, judge_rider, judge_shop
from store.scores.ridden import Ridden

TERMS = ScoreTerms()
PERFECT = Counted(
    delivered=10,
    promised=8,
    in_time=8,
    answered=4,
    answer_points=20,
    raters=3,
    stars=15,
    priced=2,
    price_points=1000,
)


def test_a_shop_that_does_everything_right_is_platinum() -> None:
    judged = judge_shop(PERFECT, TERMS)
    assert (judged.grade, judged.score, judged.cases) == (Grade.PLATINUM, 500, 10)
    assert set(judged.parts) == set(Part)


@pytest.mark.parametrize(
    ("changed", "part", "points", "score"),
    [
        ({"delivered": 8, "unfulfilled": 2}, Part.COMPLETION, 400, 475),
        ({"in_time": 4}, Part.DELIVERY, 250, 450),
        ({"stars": 9}, Part.RATING, 300, 460),
        ({"not_as_ordered": 5}, Part.STOCK, 250, 463),
        ({"answer_points": 10}, Part.RESPONSE, 250, 475),
        ({"price_points": 0}, Part.PRICE, 0, 450),
    ],
)
def test_every_part_weighs_what_its_rule_says(
    changed: dict[str, int], part: Part, points: int, score: int
) -> None:
    judged = judge_shop(replace(PERFECT, **changed), TERMS)
    assert judged.parts[part] == points
    assert judged.score == score


def test_a_part_without_data_is_left_out_and_the_others_weigh_more() -> None:
    bare = Counted(delivered=6, unfulfilled=2, raters=2, stars=2)
    judged = judge_shop(bare, TERMS)
    # 0.25 x 3.75 and 0.15 x 5, of 0.40; two ratings are too few to be shown.
    assert judged.parts == {Part.COMPLETION: 375, Part.STOCK: 500}
    assert judged.score == 422


def test_what_weighs_nothing_is_no_part() -> None:
    terms = replace(TERMS, sellers={**TERMS.sellers, Part.PRICE: Decimal()})
    assert Part.PRICE not in judge_shop(PERFECT, terms).parts


def test_with_too_few_orders_there_is_no_score() -> None:
    judged = judge_shop(Counted(delivered=3, unfulfilled=1), TERMS)
    assert (judged.grade, judged.score, judged.cases) == (Grade.NEW, None, 4)


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (500, Grade.PLATINUM),
        (450, Grade.PLATINUM),
        (449, Grade.GOLD),
        (400, Grade.GOLD),
        (399, Grade.SILVER),
        (350, Grade.SILVER),
        (349, Grade.BRONZE),
        (300, Grade.BRONZE),
        (299, Grade.PROBATION),
        (0, Grade.PROBATION),
    ],
)
def test_grades_begin_where_their_rule_says(score: int, grade: Grade) -> None:
    assert grade_of(score, TERMS.grades) is grade


def test_a_rider_is_judged_by_what_became_of_the_jobs() -> None:
    judged = judge_rider(Ridden(UUID(int=1), 6, 2, 2, 6, 3), TERMS)
    assert judged.parts == {
        RiderPart.COMPLETION: 400,
        RiderPart.TIME: 250,
        RiderPart.FAILURES: 375,
    }
    # 0.4 x 4 + 0.35 x 2.5 + 0.25 x 3.75
    assert (judged.score, judged.grade, judged.cases) == (341, Grade.BRONZE, 10)
