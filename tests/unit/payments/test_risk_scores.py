"""What is unusual in a payment, joined into a score, and what follows from it."""

from decimal import Decimal
from itertools import combinations

import pytest

from payments.risk.scoring import POINTS, Signal, Verdict, score, verdict

VELOCITY, AMOUNT, NEW, HOUR = Signal.VELOCITY, Signal.AMOUNT, Signal.NEW_WALLET, Signal.HOUR


@pytest.mark.parametrize(
    ("signals", "points", "says"),
    [
        (set(), "0", Verdict.CLEAR),
        ({VELOCITY}, "0.7", Verdict.CLEAR),
        ({AMOUNT}, "0.6", Verdict.CLEAR),
        ({NEW}, "0.4", Verdict.CLEAR),
        ({HOUR}, "0.5", Verdict.CLEAR),
        ({NEW, HOUR}, "0.7", Verdict.CLEAR),
        ({AMOUNT, NEW}, "0.76", Verdict.CLEAR),
        ({AMOUNT, HOUR}, "0.8", Verdict.REVIEW),
        ({VELOCITY, NEW}, "0.82", Verdict.REVIEW),
        ({VELOCITY, HOUR}, "0.85", Verdict.REVIEW),
        ({VELOCITY, AMOUNT}, "0.88", Verdict.REVIEW),
        ({AMOUNT, NEW, HOUR}, "0.88", Verdict.REVIEW),
        ({VELOCITY, NEW, HOUR}, "0.91", Verdict.HOLD),
        ({VELOCITY, AMOUNT, NEW}, "0.928", Verdict.HOLD),
        ({VELOCITY, AMOUNT, HOUR}, "0.94", Verdict.HOLD),
        ({VELOCITY, AMOUNT, NEW, HOUR}, "0.964", Verdict.BLOCK),
    ],
    ids=lambda value: "+".join(sorted(value)) or "nothing" if isinstance(value, set) else None,
)
def test_signals_are_joined(signals: set[Signal], points: str, says: Verdict) -> None:
    assert score(signals) == Decimal(points)
    assert verdict(score(signals)) is says


@pytest.mark.parametrize(
    ("points", "says"),
    [
        ("0.799", Verdict.CLEAR),
        ("0.8", Verdict.REVIEW),
        ("0.9", Verdict.REVIEW),
        ("0.901", Verdict.HOLD),
        ("0.95", Verdict.HOLD),
        ("0.951", Verdict.BLOCK),
    ],
)
def test_the_lines_between_verdicts(points: str, says: Verdict) -> None:
    assert verdict(Decimal(points)) is says


def test_one_more_signal_never_makes_it_look_better() -> None:
    for size in range(len(POINTS)):
        for some in combinations(POINTS, size):
            for more in set(POINTS) - set(some):
                assert score({*some, more}) > score(set(some))
