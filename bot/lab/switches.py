"""The fault switches: which are thrown, and how often each has struck."""

import threading
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.lab.circuits import Circuit, Switch

MOST_LOGGED = 30
MOST_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Thrown:
    """One switch that is on. `id` is the circuit's and the switch's name with "/" between them. `left`:
    how often it will strike, None until it is switched off. `seconds` where it takes a time."""

    id: str
    left: int | None
    seconds: float

    @property
    def name(self) -> str:
        return self.id.partition("/")[2]

    @property
    def circuit(self) -> str:
        return self.id.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Strike:
    """A line of the log. `number` counts all of them."""

    number: int
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows: `struck` is how often, by the switch's id."""

    thrown: Sequence[Thrown]
    struck: Mapping[str, int]
    log: Sequence[Strike]


class Switches:
    """Thread-safe. Of several that are on in one circuit the one thrown first strikes first. `changed` is
    called after every change, and must ask nothing of the switches."""

    def __init__(
        self,
        circuits: Sequence[Circuit],
        now: Callable[[], datetime],
        changed: Callable[[], None],
    ) -> None:
        self.circuits = circuits
        self._known = {f"{c.id}/{s.name}": s for c in circuits for s in c.switches}
        self._now = now
        self._changed = changed
        self._lock = threading.Lock()
        self._thrown: dict[str, Thrown] = {}
        self._struck: Counter[str] = Counter()
        self._log: deque[Strike] = deque(maxlen=MOST_LOGGED)

    def throw(self, switch: str, times: int | None = 1, seconds: float | None = None) -> None:
        """Switch on for so many times, or until it is switched off. Raises KeyError for none of ours, and
        ValueError for a count or a time that makes no sense."""
        known = self._known[switch]
        lasting = _seconds(known, seconds)
        if times is not None and times < 1:
            raise ValueError("at least once")
        with self._lock:
            self._thrown[switch] = Thrown(switch, times, lasting)
        self._changed()

    def off(self, switch: str) -> None:
        """Raises KeyError for none of ours; one that is off stays so."""
        if switch not in self._known:
            raise KeyError(switch)
        with self._lock:
            self._thrown.pop(switch, None)
        self._changed()

    def clear(self) -> None:
        """All off; what struck stays in the log."""
        with self._lock:
            self._thrown.clear()
        self._changed()

    def strike(self, circuit: str, about: str) -> Thrown | None:
        """What strikes the one thing in hand, which the log calls `about`; None when nothing does."""
        with self._lock:
            thrown = next((t for t in self._thrown.values() if t.circuit == circuit), None)
            if thrown is None:
                return None
            self._count(thrown)
            number = self._struck.total()
            self._log.append(Strike(number, self._now(), f"{self._words(thrown)}: {about}"))
        self._changed()
        return thrown

    def panel(self) -> Panel:
        """As it is now."""
        with self._lock:
            return Panel(list(self._thrown.values()), dict(self._struck), list(self._log))

    def _count(self, thrown: Thrown) -> None:
        self._struck[thrown.id] += 1
        if thrown.left is None:
            return
        if thrown.left > 1:
            self._thrown[thrown.id] = replace(thrown, left=thrown.left - 1)
        else:
            del self._thrown[thrown.id]

    def _words(self, thrown: Thrown) -> str:
        known = self._known[thrown.id]
        return f"{known.struck}, {thrown.seconds:g} s" if known.seconds else known.struck


def _seconds(switch: Switch, asked: float | None) -> float:
    if switch.seconds is None:
        return 0.0
    seconds = float(switch.seconds) if asked is None else asked
    if not 0 < seconds <= MOST_SECONDS:
        raise ValueError(f"between 0 and {MOST_SECONDS:g} seconds")
    return seconds
