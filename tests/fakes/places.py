"""Where a shop delivers to, as a seller says it by phone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from flows.money import Money
from flows.ports.places import AskedArea, OwnArea, Weather
from flows.ports.refusals import NotCovered, Refusal


@dataclass
class FakePlaces:
    """`now` is the turn's; weather lasts three hours."""

    now: datetime
    wanted: list[AskedArea] = field(default_factory=list)
    areas: dict[str, OwnArea] = field(default_factory=dict)
    weather: Weather | None = None

    def asked(self) -> Sequence[AskedArea]:
        return self.wanted

    def own(self) -> Sequence[OwnArea]:
        return list(self.areas.values())

    def add(self, name: str, fee: Decimal) -> OwnArea | Refusal:
        self.areas[name] = OwnArea(name, Money.of(fee, "UGX"))
        return self.areas[name]

    def drop(self, name: str) -> OwnArea | Refusal:
        return self.areas.pop(name, None) or NotCovered(name)

    def change_weather(self, weather: Weather | None) -> datetime | None:
        self.weather = weather
        return self.now + timedelta(hours=3) if weather else None
