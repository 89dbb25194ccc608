"""When a shop does business, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flows.ports.refusals import Refusal
from intents.times_said import DAYS, Until


@dataclass
class FakeOpening:
    """`said` tells what was asked for; `ends` is when the next pause does."""

    said: list[object] = field(default_factory=list)
    ends: datetime | Refusal | None = None
    week: tuple[str, ...] = ()

    def pause(self, until: Until) -> datetime | Refusal | None:
        self.said.append(until)
        return self.ends

    def hours(self) -> Sequence[str]:
        return self.week

    def set_hours(self, week: Mapping[str, str]) -> Sequence[str] | None:
        self.said.append(dict(week))
        self.week = tuple(week.get(day, "") for day in DAYS)
        return self.week

    def always(self) -> None:
        self.week = ()
