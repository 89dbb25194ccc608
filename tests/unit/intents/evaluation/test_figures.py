"""Each figure on a handful of answers, worked out by hand."""

from collections.abc import Sequence

import pytest

from intents.evaluation.calibration import reliability
from intents.evaluation.figures import (
    ALL,
    Columns,
    calibration_error,
    columns,
    figures,
    frame_accuracy,
    intent_accuracy,
    item_f1,
    macro_f1,
    out_of_scope_recall,
    threshold,
    wrong_action_rate,
)
from intents.evaluation.judging import Judged, judge
from intents.evaluation.results import confusions
from intents.intent import Intent
from intents.understanding import Action
from tests.unit.intents.evaluation.made import SHOP, act, answer, row, thing

HI, BYE, ADD, OUT = Intent.GREET, Intent.GOODBYE, Intent.ADD_TO_CART, Intent.OUT_OF_SCOPE
Pair = tuple[Intent, Intent, float]


def judged(meant: Action, said: Action, sure: float = 0.9, id: str = "en-001") -> Judged:  # noqa: A002
    return judge(answer(row(meant, id=id), said, sure=sure), SHOP, 0.7)


def table(pairs: Sequence[Pair]) -> Columns:
    return columns([judged(act(meant), act(said), sure) for meant, said, sure in pairs])


def test_accuracies_and_wrong_actions_are_shares_of_messages() -> None:
    milk, three = act(ADD, thing("milk", "2")), act(ADD, thing("milk", "3"))
    found = columns(
        [judged(milk, milk), judged(milk, three), judged(act(HI), act(BYE)), judged(milk, milk)]
    )
    assert frame_accuracy(found) == 0.5
    assert intent_accuracy(found) == 0.75
    assert wrong_action_rate(found) == 0.25
    # One of the two items named wrongly: 2 shared of 3 named and 3 meant.
    assert item_f1(found) == pytest.approx(2 * 2 / (3 + 3))


def test_macro_f1_is_the_mean_over_the_intents_that_were_meant() -> None:
    found = table([(HI, HI, 1), (HI, HI, 1), (HI, BYE, 1), (BYE, BYE, 1), (BYE, ADD, 1)])
    # greet: 2 hits of 3 meant and 2 named, goodbye: 1 hit of 2 meant and 2 named; add was not meant.
    assert macro_f1(found) == pytest.approx((4 / 5 + 2 / 4) / 2)


def test_out_of_scope_is_found_at_the_threshold_that_costs_two_points() -> None:
    inside: list[Pair] = [(HI, HI, 0.5 + number / 1000) for number in range(100)]
    outside: list[Pair] = [(OUT, OUT, 0.99), (OUT, HI, 0.4), (OUT, HI, 0.501), (OUT, BYE, 0.502)]
    found = table([*inside, *outside])
    # Two of a hundred may be lost: those with 0.500 and 0.501.
    assert threshold(found) == pytest.approx(0.502)
    assert out_of_scope_recall(found) == 0.75


def test_what_was_wrong_before_costs_nothing_at_the_threshold() -> None:
    found = table([(HI, BYE, 0.1), *[(HI, HI, 0.8)] * 49, (OUT, HI, 0.5)])
    # One in fifty may be lost, but all that are right have 0.8: none is.
    assert threshold(found) == pytest.approx(0.8)
    assert out_of_scope_recall(found) == 1


def test_without_messages_out_of_scope_there_is_no_recall() -> None:
    assert out_of_scope_recall(table([(HI, HI, 1)])) is None
    assert item_f1(table([(HI, HI, 1)])) is None


def test_calibration_compares_confidence_with_being_right_bin_by_bin() -> None:
    found = table([(HI, HI, 0.95), (HI, HI, 1.0), (HI, BYE, 0.95), (HI, HI, 0.25)])
    # 0.9 to 1: 2.9 sure, 2 right; 0.2 to 0.3: 0.25 sure, 1 right.
    assert calibration_error(found) == pytest.approx((0.9 + 0.75) / 4)
    assert reliability(found) == [
        {"above": 0.2, "n": 1, "confidence": 0.25, "right": 1.0},
        {"above": 0.9, "n": 3, "confidence": 0.9667, "right": 0.6667},
    ]


def test_an_interval_holds_the_value_and_is_the_same_every_time() -> None:
    found = table([(HI, HI, 0.9)] * 15 + [(HI, BYE, 0.9)] * 5 + [(OUT, OUT, 0.9)] * 4)
    once, again = figures(found), figures(found)
    assert once == again
    assert once.keys() == ALL.keys()
    accuracy = once["intent_accuracy"]
    assert accuracy.n == 24
    assert accuracy.value == round(19 / 24, 4)
    assert accuracy.low is not None
    assert accuracy.high is not None
    assert once["out_of_scope_recall"].n == 4
    # Three standard errors of a share are 0.083 each.
    assert 0.55 < accuracy.low < 19 / 24 < accuracy.high < 1


def test_an_interval_shrinks_with_more_messages() -> None:
    few, many = (
        figures(table([(HI, HI, 0.9), (HI, BYE, 0.9)] * times), {"it": intent_accuracy})["it"]
        for times in (10, 100)
    )
    assert few.high and few.low is not None and many.high and many.low is not None  # noqa: PT018
    assert many.high - many.low < (few.high - few.low) / 2


def test_confusions_are_told_with_their_messages_the_most_frequent_first() -> None:
    found = confusions(
        [
            judged(act(HI), act(BYE), id="en-001"),
            judged(act(BYE), act(HI), id="en-002"),
            judged(act(BYE), act(HI), id="sw-003"),
            judged(act(HI), act(HI), id="en-004"),
        ]
    )
    assert found == [
        {"meant": "goodbye", "said": "greet", "count": 2, "ids": ["en-002", "sw-003"]},
        {"meant": "greet", "said": "goodbye", "count": 1, "ids": ["en-001"]},
    ]
