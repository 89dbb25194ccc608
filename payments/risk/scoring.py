"""Signals of an unusual payment, joined into one score."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum


class Signal(StrEnum):
    """What is unusual about it."""

    VELOCITY = "velocity"
    AMOUNT = "amount"
    NEW_WALLET = "new-wallet"
    HOUR = "hour"


class Verdict(StrEnum):
    """CLEAR: nothing. REVIEW: it goes on, and a person looks at it. HOLD: a person looks first. BLOCK: it
    does not go on, unless a person says so."""

    CLEAR = "clear"
    REVIEW = "review"
    HOLD = "hold"
    BLOCK = "block"


POINTS: Mapping[Signal, Decimal] = {
    Signal.VELOCITY: Decimal("0.7"),
    Signal.AMOUNT: Decimal("0.6"),
    Signal.NEW_WALLET: Decimal("0.4"),
    Signal.HOUR: Decimal("0.5"),
}


def score(signals: set[Signal], points: Mapping[Signal, Decimal] = POINTS) -> Decimal:
    """1 - (1-a)(1-b)...: 0 without any signal, and never quite 1."""
    left = Decimal(1)
    for signal in signals:
        left *= 1 - points[signal]
    return 1 - left


def verdict(
    found: Decimal,
    review: Decimal = Decimal("0.8"),
    hold: Decimal = Decimal("0.9"),
    block: Decimal = Decimal("0.95"),
) -> Verdict:
    """From `review` on a person looks; above `hold` they look first; above `block` it is refused."""
    if found > block:
        return Verdict.BLOCK
    if found > hold:
        return Verdict.HOLD
    return Verdict.REVIEW if found >= review else Verdict.CLEAR
