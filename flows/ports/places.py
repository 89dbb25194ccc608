"""What a seller may say of where the shop delivers to, and under what sky."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from flows.money import Money
from flows.ports.refusals import Refusal


class Weather(StrEnum):
    """What makes deliveries dearer while it lasts."""

    RAIN = "rain"
    STORM = "storm"


@dataclass(frozen=True, slots=True)
class AskedArea:
    """A place that so many different people wanted goods brought to, and the shop does not go to."""

    name: str
    people: int


@dataclass(frozen=True, slots=True)
class OwnArea:
    """An area that was named by phone, beside those of the shop's file."""

    name: str
    fee: Money


class PlacesPort(Protocol):
    """For a member of the shop's staff."""

    def asked(self) -> Sequence[AskedArea]:
        """Since the seller was last told of it, most people first, at most five."""

    def own(self) -> Sequence[OwnArea]: ...
    def add(self, name: str, fee: Decimal) -> OwnArea | Refusal:
        """Deliver there from now on, for `fee` in major units; again with another fee to change it.
        Refuses BadAmount."""

    def drop(self, name: str) -> OwnArea | Refusal:
        """The reverse; refuses NotCovered what was not named by phone."""

    def change_weather(self, weather: Weather | None) -> datetime | None:
        """Until when it counts, unless it is said again; None for fine weather."""
