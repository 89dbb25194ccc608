"""How well shops and riders do, as it is reckoned every night."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class Grade(StrEnum):
    """NEW: too little has happened for a score."""

    PLATINUM = "platinum"
    GOLD = "gold"
    SILVER = "silver"
    BRONZE = "bronze"
    PROBATION = "probation"
    NEW = "new"


class Part(StrEnum):
    """What a seller's score is made of."""

    COMPLETION = "completion"
    DELIVERY = "delivery"
    RATING = "rating"
    STOCK = "stock"
    RESPONSE = "response"
    PRICE = "price"


class RiderPart(StrEnum):
    """What a rider's score is made of."""

    COMPLETION = "completion"
    TIME = "time"
    FAILURES = "failures"


def points(hundredths: int) -> str:
    """ "4.25" of five."""
    return f"{hundredths // 100}.{hundredths % 100:02}"


@dataclass(frozen=True, slots=True)
class Score:
    """One of a shop. `score` and `parts` are in hundredths of a point, 0 to 500; a part of which nothing
    is known is left out. `orders` are those that were judged, over `days`; with fewer than `least` there is
    no score. Below `floor` points it is probation. `before` is what it was about a week earlier."""

    day: date
    grade: Grade
    score: int | None
    parts: Mapping[Part, int]
    orders: int
    days: int
    least: int
    floor: int
    before: int | None = None

    @property
    def weakest(self) -> Part | None:
        """Where there is most to be won; None where nothing is wanting."""
        worst = min(self.parts, key=lambda part: self.parts[part], default=None)
        return worst if worst is not None and self.parts[worst] < 500 else None


class ScoresPort(Protocol):
    """For a member of the shop's staff."""

    def latest(self) -> Score:
        """Of a shop without any order that could be judged: new, with none."""
