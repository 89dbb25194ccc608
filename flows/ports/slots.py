"""When goods are brought, where a shop lets its customers choose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Slot:
    """From `starts` until `ends` (UTC). `day` counts from the shop's own today, 0."""

    starts: datetime
    ends: datetime
    day: int = 0


class SlotsPort(Protocol):
    def offered(self) -> Sequence[Slot]:
        """Those that can still be had, soonest first; none where the shop has no slots."""
