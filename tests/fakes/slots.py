"""Windows of time, as flows meet them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flows.ports.slots import Slot

TODAY = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)


def a_slot(day: int = 0, hour: int = 0) -> Slot:
    """Two hours, so many days and hours after four in the afternoon of Kampala."""
    starts = TODAY + timedelta(days=day, hours=hour)
    return Slot(starts, starts + timedelta(hours=2), day)


@dataclass
class FakeSlots:
    """None, unless a test gives some."""

    open: tuple[Slot, ...] = ()

    def offered(self) -> Sequence[Slot]:
        return self.open
