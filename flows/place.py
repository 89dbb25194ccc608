"""Where a conversation stands, and how that is kept between two messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from flows.reply import Reply

Datum: TypeAlias = "str | int | bool | Sequence[str] | None"
Data: TypeAlias = Mapping[str, Datum]

LONGEST_TRAIL = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """A state and what it remembers."""

    state: str
    data: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """`trail` is the way back, oldest first. `misses` counts misunderstandings in a row."""

    spot: Spot
    trail: tuple[Spot, ...] = ()
    misses: int = 0

    def enter(self, spot: Spot) -> "Place":
        """One step on. Coming back to a state that is on the trail cuts the loop out of it."""
        trail = (*self.trail, self.spot)
        for index, passed in enumerate(trail):
            if passed.state == spot.state:
                trail = trail[:index]
                break
        return Place(spot, trail[-LONGEST_TRAIL:])

    def leave(self) -> "Place | None":
        """One step back, None at the beginning."""
        return Place(self.trail[-1], self.trail[:-1]) if self.trail else None


@dataclass(frozen=True, slots=True)
class Step:
    """What one input led to."""

    place: Place
    reply: Reply


def dump(place: Place) -> dict[str, object]:
    """As JSON-ready values."""
    return {
        "at": [place.spot.state, dict(place.spot.data)],
        "trail": [[spot.state, dict(spot.data)] for spot in place.trail],
        "misses": place.misses,
    }


def load(kept: Mapping[str, object]) -> Place | None:
    """The reverse; None where what was kept cannot be read (an older version wrote it)."""
    try:
        at, trail, misses = kept["at"], kept["trail"], kept["misses"]
        spots = [Spot(str(state), dict(data)) for state, data in (at, *trail)]  # type: ignore[misc]
        return Place(spots[0], tuple(spots[1:]), int(misses))  # type: ignore[call-overload]
    except (KeyError, TypeError, ValueError):
        return None
