"""The way of webhooks from an emulated provider to the server, on which they may be lost, doubled, held
up or overtaken."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from channels.emulated.webhooks import Answered

# Nothing stays held back for longer than this, in seconds, when nothing comes to overtake it.
LONGEST_HOLD = 20.0


class Kind(StrEnum):
    """What is under way. SENT goes the other way: to the provider's API."""

    MESSAGE = "message"
    PAGE = "page"
    RECEIPT = "receipt"
    NOTICE = "notice"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something under way: the address of the person at one end, and what it says."""

    kind: Kind
    who: str
    words: str


class Fate(StrEnum):
    """LOST: on the way, so that a provider which tries again does. GONE: at every try. TWICE: both at
    the same moment. LATE: after a while. OVERTAKEN: not before another of its kind has passed."""

    LOST = "lost"
    GONE = "gone"
    TWICE = "twice"
    LATE = "late"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class Hitch:
    """What happens to one parcel; `seconds` is how late it is."""

    fate: Fate
    seconds: float = 0.0


Carry: TypeAlias = Callable[[], Answered]


def smooth(_: Parcel) -> Hitch | None:
    """A road on which nothing happens."""
    return None


class Road:
    """Thread-safe. `again` are the pauses, in seconds, after which the provider tries once more what was
    not answered 2xx; empty for one that never does. `hitch` is asked about each parcel that leaves,
    but not about one that overtakes another."""

    def __init__(self, again: Sequence[float] = (), longest_hold: float = LONGEST_HOLD) -> None:
        self.hitch: Callable[[Parcel], Hitch | None] = smooth
        self._again = again
        self._longest_hold = longest_hold
        self._lock = threading.Lock()
        self._held: dict[Kind, threading.Event] = {}
        self._closed = threading.Event()

    def bring(self, parcel: Parcel, carry: Carry) -> Answered:
        """Calls `carry`, which is one try, as often and as late as provider and road have it. What the
        server said last; status 0 where it heard nothing, or nothing yet."""
        if self._closed.is_set():
            return carry()
        overtaken = self._take_held(parcel.kind)
        if overtaken is not None:
            return self._pass_by(overtaken, carry)
        hitch = self.hitch(parcel)
        if hitch is None:
            return self._reliably(carry)
        match hitch.fate:
            case Fate.LOST:
                return self._once_more(Answered(0, "lost on the way"), carry)
            case Fate.GONE:
                return Answered(0, "lost for ever")
            case Fate.TWICE:
                return self._twice(carry)
            case Fate.LATE:
                self._closed.wait(hitch.seconds)
                return self._reliably(carry)
            case Fate.OVERTAKEN:
                return self._hold_back(parcel, carry)

    def release(self) -> None:
        """Lets go on what is held back."""
        with self._lock:
            held = list(self._held.values())
            self._held.clear()
        for gone_by in held:
            gone_by.set()

    def close(self) -> None:
        """Nothing waits any more: what is under way arrives now, and is not tried again."""
        self._closed.set()
        self.release()

    def _reliably(self, carry: Carry) -> Answered:
        return self._once_more(carry(), carry)

    def _once_more(self, answered: Answered, carry: Carry) -> Answered:
        for pause in self._again:
            if answered.ok or self._closed.wait(pause):
                break
            answered = carry()
        return answered

    def _twice(self, carry: Carry) -> Answered:
        twin = threading.Thread(target=carry, name="twin", daemon=True)
        twin.start()
        answered = self._reliably(carry)
        twin.join()
        return answered

    def _take_held(self, kind: Kind) -> threading.Event | None:
        with self._lock:
            return self._held.pop(kind, None)

    def _pass_by(self, overtaken: threading.Event, carry: Carry) -> Answered:
        try:
            return self._reliably(carry)
        finally:
            overtaken.set()

    def _hold_back(self, parcel: Parcel, carry: Carry) -> Answered:
        gone_by = threading.Event()
        with self._lock:
            other = self._held.pop(parcel.kind, None)
            if other is None:
                self._held[parcel.kind] = gone_by
        if other is not None:
            return self._pass_by(other, carry)
        if parcel.kind is Kind.RECEIPT:
            # Nobody waits for it, and the next one leaves only when this call has returned.
            threading.Thread(
                target=self._wait, args=(parcel.kind, gone_by, carry), name="held", daemon=True
            ).start()
            return Answered(0, "held back")
        return self._wait(parcel.kind, gone_by, carry)

    def _wait(self, kind: Kind, gone_by: threading.Event, carry: Carry) -> Answered:
        if not gone_by.wait(self._longest_hold):
            with self._lock:
                if self._held.get(kind) is gone_by:
                    del self._held[kind]
        return self._reliably(carry)
