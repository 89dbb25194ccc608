"""The day's time: a clock that stands still until it is moved, and what is to happen when."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

Deed = Callable[[], object]

# A Friday, at six in the morning in Kampala; what is sold and promised by weekday depends on it.
BEGINS = datetime(2026, 11, 20, 3, tzinfo=UTC)


@dataclass(slots=True)
class Daytime:
    """`now` is aware UTC. Deeds at the same moment are done in the order in which they were planned."""

    now: datetime = BEGINS
    _agenda: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _places: count = field(default_factory=count)  # type: ignore[type-arg]

    def clock(self) -> datetime:
        return self.now

    def at(self, moment: datetime, deed: Deed) -> None:
        heapq.heappush(self._agenda, (max(moment, self.now), next(self._places), deed))

    def after(self, seconds: float, deed: Deed) -> None:
        self.at(self.now + timedelta(seconds=seconds), deed)

    def every(self, seconds: float, deed: Deed) -> None:
        """From `seconds` from now on, as long as the day lasts."""

        def once() -> None:
            deed()
            self.after(seconds, once)

        self.after(seconds, once)

    def run(self, until: datetime, between: Deed) -> None:
        """Every deed up to `until`, and `between` after each."""
        while self._agenda and self._agenda[0][0] <= until:
            self.now, _, deed = heapq.heappop(self._agenda)
            deed()
            between()
        self.now = until
