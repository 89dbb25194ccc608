"""What is known so far of an order to be placed, or of what is to be changed about a placed one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from flows.place import Datum, Place
from flows.ports.delivery import Area, Fulfilment, Point
from flows.visit import Visit

# The questions of the checkout. Who looks elsewhere in between comes back to them.
STATES = frozenset(
    {"fulfilment", "area", "landmark", "slot", "contact", "rail", "payer", "summary"}
)


class Task(StrEnum):
    """What the answers are for."""

    ORDER = "order"
    ADDRESS = "address"
    PAY = "pay"
    TOP_UP = "top-up"


@dataclass(frozen=True, slots=True)
class Draft:
    """None is "not asked yet"; a `landmark` of "" was asked and left out. `number` is the order's for
    the tasks that concern a placed one. `payer` is E.164. `amount` is what a top-up puts in, in minor
    units. `slot` is the minute since 1970 at which the window begins; 0: as soon as may be."""

    task: Task = Task.ORDER
    number: int = 0
    kind: Fulfilment | None = None
    area: str | None = None
    zone: str | None = None
    landmark: str | None = None
    at_point: Point | None = None
    rail: str | None = None
    payer: str | None = None
    amount: int = 0
    slot: int | None = None

    @property
    def place(self) -> Area | None:
        if self.kind is Fulfilment.PICKUP or self.area is None:
            return None
        return Area(self.area, self.zone, self.at_point)

    def at(self, area: Area) -> "Draft":
        """Another area needs another landmark. A place that was shown stays until another one is."""
        shown = area.at or self.at_point
        return replace(self, area=area.name, zone=area.zone, landmark=None, at_point=shown)

    def data(self) -> Mapping[str, Datum]:
        """For a state to remember."""
        return {
            "task": self.task.value,
            "number": self.number,
            "kind": self.kind.value if self.kind else None,
            "area": self.area,
            "zone": self.zone,
            "landmark": self.landmark,
            "at_point": self.at_point.written if self.at_point else None,
            "rail": self.rail,
            "payer": self.payer,
            "amount": self.amount,
            "slot": self.slot,
        }


def draft_of(visit: Visit) -> Draft:
    """What the present state remembers of it."""

    def word(name: str) -> str | None:
        value = visit.data.get(name)
        return value if isinstance(value, str) else None

    kind, slot = word("kind"), visit.data.get("slot")
    return Draft(
        Task(word("task") or Task.ORDER),
        visit.number("number"),
        Fulfilment(kind) if kind else None,
        word("area"),
        word("zone"),
        word("landmark"),
        Point.read(word("at_point") or ""),
        word("rail"),
        word("payer"),
        visit.number("amount"),
        slot if isinstance(slot, int) else None,
    )


def left_at(place: Place) -> Place | None:
    """The question of a checkout from which somebody went to look at something else."""
    for index in reversed(range(len(place.trail))):
        spot = place.trail[index]
        if spot.state in STATES and spot.data.get("task") == Task.ORDER.value:
            return Place(spot, place.trail[:index])
    return None
