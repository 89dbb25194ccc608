"""What comes over the shops in the course of the day: rain, and goods that run out and come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.channel import Medium
from scripts.simulate.day import Day
from scripts.simulate.daytime import BEGINS
from scripts.simulate.files import PLACES, Place
from scripts.simulate.handsets import Texting

# Parts of the day: an eighth of 24 hours is three.
SOLD_OUT, BACK_AGAIN = 0.15, 0.4
RAIN_BEGINS, RAIN_ENDS = 0.35, 0.475
# What comes in when goods are back.
PIECES = 60


@dataclass(frozen=True, slots=True)
class Rain:
    """`sky` is what the seller called it."""

    slug: str
    sky: str
    begins: datetime
    ends: datetime


def rains(hours: int) -> Sequence[Rain]:
    """Where and when, in a day of so many hours."""
    begins, ends = (_moment(hours, part) for part in (RAIN_BEGINS, RAIN_ENDS))
    return [Rain(place.slug, place.sky, begins, ends) for place in PLACES if place.sky]


def plan_happenings(day: Day, hours: int) -> None:
    """Each seller tells the shop by SMS, as sellers do."""
    for rain in rains(hours):
        place = next(place for place in PLACES if place.slug == rain.slug)
        _tell(day, place, rain.begins, f"WEATHER {rain.sky}")
        _tell(day, place, rain.ends, "WEATHER fine")
    for place in PLACES:
        if place.runs_out:
            _tell(day, place, _moment(hours, SOLD_OUT), f"STOCK {place.runs_out} 0")
            _tell(day, place, _moment(hours, BACK_AGAIN), f"STOCK {place.runs_out} {PIECES}")


def _moment(hours: int, part: float) -> datetime:
    return BEGINS + timedelta(hours=hours * part)


def _tell(day: Day, place: Place, moment: datetime, words: str) -> None:
    number = place.sellers[0]

    def say() -> None:
        day.did[f"seller said: {words.partition(' ')[0]}"] += 1
        Texting(day, number, place, Medium.SMS).say(words)

    day.daytime.at(moment, say)
