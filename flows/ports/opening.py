"""When a shop does business, by its staff's word."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from flows.ports.refusals import Refusal
from intents.times_said import Until


class OpeningPort(Protocol):
    """For a member of the shop's staff."""

    def pause(self, until: Until) -> datetime | Refusal | None:
        """Take no new orders; when that ends (UTC), None: when the seller says OPEN. Refuses NotTaking
        where the shop is not live anyway."""

    def hours(self) -> Sequence[str]:
        """By weekday as written, Monday first, "" where closed; empty when it never closes."""

    def set_hours(self, week: Mapping[str, str]) -> Sequence[str] | None:
        """Of the days ("mon") that are named; the others stay as they are. None where that cannot be."""

    def always(self) -> None:
        """Open at all hours."""
