"""How goods reach the customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from flows.money import Money


class Fulfilment(StrEnum):
    PICKUP = "pickup"
    STANDARD = "standard"
    EXPRESS = "express"


@dataclass(frozen=True, slots=True)
class DeliveryOption:
    """`fee` is what it costs, or the least it costs where it depends on the area (`varies`).

    `eta` is as the shop wrote it ("60-90 min"), or None.
    """

    kind: Fulfilment
    fee: Money
    eta: str | None = None
    varies: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A place the shop delivers to. `zone` is None for shops without zones (any place is taken)."""

    name: str
    zone: str | None = None


class DeliveryPort(Protocol):
    def options(self) -> Sequence[DeliveryOption]:
        """What the shop offers, pickup first. Never empty."""

    def find(self, text: str) -> Sequence[Area]:
        """Matched fuzzily: one area when sure, up to 4 when several are near, none: not covered."""

    def areas(self) -> Sequence[str]:
        """Names of the areas covered, as the shop wrote them; empty when any place is taken."""

    def fee(self, kind: Fulfilment, area: Area | None) -> Money: ...
