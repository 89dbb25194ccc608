"""How goods reach the customer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from flows.money import Money

_WRITTEN = re.compile(r"(-?\d{1,2}\.\d{5}),(-?\d{1,3}\.\d{5})")


class Fulfilment(StrEnum):
    PICKUP = "pickup"
    STANDARD = "standard"
    EXPRESS = "express"


@dataclass(frozen=True, slots=True)
class DeliveryOption:
    """`fee` is what it costs, or the least it costs where it depends on the area (`varies`).

    `eta` is as the shop wrote it ("60-90 min"), longer in bad weather, or None.
    """

    kind: Fulfilment
    fee: Money
    eta: str | None = None
    varies: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth, in decimal degrees."""

    latitude: float
    longitude: float

    @property
    def written(self) -> str:
        """To a metre: "0.34760,32.58250"."""
        return f"{self.latitude:.5f},{self.longitude:.5f}"

    @classmethod
    def read(cls, written: str) -> "Point | None":
        """The reverse of `written`; None for anything else."""
        found = _WRITTEN.fullmatch(written)
        return cls(float(found[1]), float(found[2])) if found else None


@dataclass(frozen=True, slots=True)
class Area:
    """A place the shop delivers to. `zone` is None for shops without zones (any place is taken). `at` is
    where exactly, when the customer has shown it on a map."""

    name: str
    zone: str | None = None
    at: Point | None = None


class DeliveryPort(Protocol):
    def options(self, goods: Money | None = None) -> Sequence[DeliveryOption]:
        """What the shop offers, pickup first, at what it costs now for that much of `goods`. Never
        empty."""

    def find(self, text: str) -> Sequence[Area]:
        """Matched fuzzily: one area when sure, up to 4 when several are near, none: not covered."""

    def missed(self, text: str) -> None:
        """Somebody wanted goods brought to where the shop does not go: have it counted."""

    def around(self, point: Point) -> Area | None:
        """The area in which a place lies, with the place; None where the shop does not know that."""

    def beyond(self, point: Point) -> bool:
        """Whether a place is so far from everywhere that the shop goes to that it cannot be meant. False
        where that is not known."""

    def areas(self) -> Sequence[str]:
        """Names of the areas covered, as the shop wrote them; empty when any place is taken."""

    def fee(self, kind: Fulfilment, area: Area | None, goods: Money | None = None) -> Money:
        """What it costs now. `goods` is what the goods cost, where that is known: they may be brought
        for less or for nothing."""

    def dearer(self, kind: Fulfilment, before: Area, after: Area, goods: Money) -> Money | None:
        """What it costs to bring the goods `after` instead of `before`, if that is more: hours and
        weather left out, which are as they were when the fee was agreed. None where it is no dearer."""
