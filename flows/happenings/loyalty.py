"""What happened to somebody's points."""

from dataclasses import dataclass
from datetime import datetime

from flows.money import Money


@dataclass(frozen=True, slots=True)
class PointsRunningOut:
    """So many points of `person`, who has not spent them, are lost from `at` on."""

    person: str
    points: int
    worth: Money
    at: datetime
