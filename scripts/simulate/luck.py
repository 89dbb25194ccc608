"""What goes wrong. It hangs on the seed and on what it happens to, never on the order of threads: one seed
is one day."""

import re
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TypeVar

from channels.emulated import Fate, Hitch, Kind, Mishap, Parcel
from payments.emulated import Asked, Faults, Hit, Trouble

T = TypeVar("T", bound=str)

# Of a thousand each. What is not named goes well.
REQUESTS = {Trouble.BUSY: 15, Trouble.BROKEN: 15, Trouble.FELL: 10, Trouble.DROPPED: 15}
CALLBACKS = {Trouble.GONE: 80, Trouble.TWICE: 50, Trouble.LYING: 20}
SENDS = {"busy": 8, "broken": 8, "dropped": 4}
ROAD = {Fate.TWICE: 15, Fate.GONE: 5}
PAGES = {Fate.TWICE: 10, Fate.GONE: 5}
LATE, AGAIN, SESSION_ENDS, RECEIPT_LATE, RECEIPT_AGAIN = 10, 10, 25, 40, 20
# Seconds: the least that something is late, and how many more it may be.
MINUTES = (30, 570)
# What differs from one run to the next: links have a port in them, and codes are drawn by chance.
_OWN = re.compile(r"https?://\S+|\b\d{4,6}\b")
MISHAPS = {
    "busy": Mishap(status=429, retry_after=2),
    "broken": Mishap(status=500),
    "dropped": Mishap(drop=True),
}
WAYS_IN = {
    Kind.MESSAGE: (ROAD, "a message to the shop"),
    Kind.PAGE: (PAGES, "a USSD page"),
}
# Seconds after which a provider that was busy asks to be asked again.
LATER = 2.0


@dataclass(slots=True)
class Luck:
    """`struck` counts what happened, by what it is called in the report. Thread-safe."""

    seed: int
    struck: Counter[str] = field(default_factory=Counter)
    _asked: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, most: int, *about: str) -> int:
        """A number below `most`, another one each time that it is asked about the same. Codes and links in it
        do not count: they are new every day."""
        about = tuple(_OWN.sub("#", words) for words in about)
        with self._lock:
            self._asked[about] += 1
            time = self._asked[about]
        said = "\n".join((str(self.seed), str(time), *about)).encode()
        return int.from_bytes(blake2b(said, digest_size=8).digest()) % most

    def wire(self, rail: str, faults: Faults) -> None:
        """An emulated payment provider fares as luck has it."""

        def request(asked: Asked) -> Hit | None:
            trouble = self._among(REQUESTS, rail, "request", *_named(asked))
            return self._hit(trouble, f"{rail}: a request")

        def callback(asked: Asked) -> Hit | None:
            trouble = self._among(CALLBACKS, rail, "callback", *_named(asked))
            return self._hit(trouble, f"{rail}: a call back")

        faults.at_request, faults.at_callback = request, callback

    def mishap(self, parcel: Parcel) -> Mishap | None:
        """Of a send to a messaging provider."""
        found = self._among(SENDS, "send", parcel.who, parcel.words)
        if found is not None:
            self.count(f"a message to a provider: {found}")
        return MISHAPS[found] if found else None

    def hitch(self, parcel: Parcel) -> Hitch | None:
        """Of a message or a page on its way to the server."""
        if parcel.kind not in WAYS_IN:
            return None
        chances, name = WAYS_IN[parcel.kind]
        fate = self._among(chances, name, parcel.who, parcel.words)
        if fate is not None:
            self.count(f"{name}: {fate}")
        return Hitch(fate) if fate else None

    def delays(self, *about: str) -> tuple[float, float]:
        """How many seconds late a message comes, and how many later once more; 0: it does not."""
        return (
            self._seconds(LATE, "a message to the shop: minutes late", *about),
            self._seconds(AGAIN, "a message to the shop: once more, minutes later", *about),
        )

    def session_ends(self, *about: str) -> float:
        """0, or that the network drops a USSD session, and after how many seconds it says so."""
        return self._seconds(SESSION_ENDS, "a USSD session: dropped", *about)

    def receipt_delays(self, *about: str) -> tuple[float, float]:
        """As `delays`, of a report on a message to somebody."""
        return (
            self._seconds(RECEIPT_LATE, "a report of delivery: minutes late", *about),
            self._seconds(RECEIPT_AGAIN, "a report of delivery: once more, minutes later", *about),
        )

    def _seconds(self, share: int, what: str, *about: str) -> float:
        if self.of(1000, what, *about) >= share:
            return 0.0
        self.count(what)
        least, more = MINUTES
        return float(least + self.of(more, what, "seconds", *about))

    def count(self, what: str) -> None:
        with self._lock:
            self.struck[what] += 1

    def _hit(self, trouble: Trouble | None, where: str) -> Hit | None:
        if trouble is None:
            return None
        self.count(f"{where}: {trouble}")
        return Hit(trouble, LATER)

    def _among(self, chances: Mapping[T, int], *about: str) -> T | None:
        drawn = self.of(1000, *about)
        for what, share in chances.items():
            if drawn < share:
                return what
            drawn -= share
        return None


def _named(asked: Asked) -> tuple[str, ...]:
    return asked.move, asked.phone, asked.amount, asked.currency
