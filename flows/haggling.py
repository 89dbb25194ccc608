"""What is answered to somebody who wants it cheaper: a rule without memory, and without the floor in any
of its answers. Amounts are of one piece, in minor units."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from flows.tender import steps

# How far down from the list price to the floor each counter-offer goes, in percent: the first leaves
# room, every further one concedes less, and none gets to the floor.
DOWN = (40, 65, 80)
MOST_COUNTERS = len(DOWN)
# A step coarser than this part of the room between price and floor would swallow a concession.
STEPS_IN_ROOM = 8


@dataclass(frozen=True, slots=True)
class Agreed:
    price: int


@dataclass(frozen=True, slots=True)
class Counter:
    """`last`: no lower one follows."""

    price: int
    last: bool


@dataclass(frozen=True, slots=True)
class Final:
    """Nothing lower is offered any more; `price` still stands."""

    price: int


Answer: TypeAlias = Agreed | Counter | Final


def haggle(
    listed: int, floor: int, counters: Sequence[int], offer: int | None, currency: str
) -> Answer:
    """The answer to `offer`, or to "cheaper, please" where none was named, after these `counters`.

    An offer that is at least what would be countered is taken as it was made, though never above what was
    offered already. After the last counter any offer from the floor upwards is taken.
    """
    standing = min((listed, *counters))
    ahead = [price for price in ladder(listed, floor, currency) if price < standing]
    if len(counters) >= MOST_COUNTERS or not ahead:
        taken = offer is not None and offer >= floor
        return Agreed(min(offer, standing)) if offer is not None and taken else Final(standing)
    if offer is not None and offer >= ahead[0]:
        return Agreed(min(offer, standing))
    return Counter(ahead[0], last=len(counters) + 1 == MOST_COUNTERS or len(ahead) == 1)


def ladder(listed: int, floor: int, currency: str) -> tuple[int, ...]:
    """The counter-offers in order, in amounts that people pay: each lower than the one before by no more
    than that was lower, all of them below the price and above the floor. Fewer, or none, where there
    is no room."""
    room = listed - floor
    known = steps(listed, currency)
    step = next((each for each in known if each * STEPS_IN_ROOM <= room), known[-1])
    made = [listed]
    for down in DOWN:
        wanted = _rounded(listed * 100 - room * down, 100 * step) * step
        conceded = min((before - after for before, after in pairwise(made)), default=room)
        least = max(wanted, made[-1] - conceded)
        price = -(-least // step) * step
        if floor < price < made[-1]:
            made.append(price)
    return tuple(made[1:])


def _rounded(value: int, unit: int) -> int:
    """How many units, the nearest whole number, half up."""
    return (2 * value + unit) // (2 * unit)
