"""The emulated providers' calls back to the merchant."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

import requests

from payments.emulated.faults import Asked, Faults, Trouble
from payments.transport import is_loopback, pooled_session

WAIT_SECONDS = 5.0
# How long a call waits to be overtaken where the fault does not say.
LONGEST_HOLD = 10.0


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the merchant. The body leaves byte for byte, as it was signed."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"


Telling = Callable[[bool], Call]
"""Makes a call; True: one that says the opposite of what happened."""


class Callbacks:
    """Sends in the background, so that whoever pressed Approve does not wait for the merchant.

    `target` is where the merchant really listens ("http://127.0.0.1:8000") when the address it gives
    to providers is another. `again` are the pauses, in seconds, after which a call that was not answered
    2xx is made once more; none for a provider that calls once. `statuses` are the answers so far, None
    where there was none."""

    def __init__(
        self, faults: Faults, target: str | None = None, again: Sequence[float] = ()
    ) -> None:
        self._faults = faults
        self._target = target
        self._again = tuple(again)
        self._session = pooled_session("http://127.0.0.1")
        self._timers: list[threading.Timer] = []
        self._held: list[_Held] = []
        self._lock = threading.Lock()
        self.statuses: list[int | None] = []

    def send(self, telling: Telling, about: Asked) -> None:
        """Make a call. Raises ValueError when that would leave this machine."""
        faults = self._faults
        hit = faults.at_callback(about)
        trouble = hit.trouble if hit else None
        call = self._checked(telling(trouble is Trouble.LYING))
        if faults.drop_callbacks or trouble is Trouble.GONE:
            return
        if hit and trouble is Trouble.OVERTAKEN:
            self._hold(call, hit.seconds or LONGEST_HOLD)
            return
        if trouble is Trouble.LOST:
            self._try_again(call, self._again)
            return
        times = 2 if faults.double_callbacks or trouble is Trouble.TWICE else 1
        late = hit.seconds if hit and trouble is Trouble.LATE else faults.late_callbacks
        for _ in range(times):
            self._after(late, call, self._again)

    def reaches(self, url: str) -> bool:
        """Whether a call to `url` would stay on this machine."""
        return is_loopback(self._really(url))

    def wait(self, seconds: float = WAIT_SECONDS) -> None:
        """Until no call is under way or will be made again, `seconds` at most."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            with self._lock:
                running = [timer for timer in self._timers if timer.is_alive()]
            if not running:
                return
            running[0].join(left)

    def _checked(self, call: Call) -> Call:
        url = self._really(call.url)
        if not is_loopback(url):
            raise ValueError(f"the emulator calls nobody outside this machine: {url}")
        return Call(url, call.body, call.headers, call.method)

    def _really(self, url: str) -> str:
        if self._target is None:
            return url
        asked, target = urlsplit(url), urlsplit(self._target)
        return urlunsplit((target.scheme, target.netloc, asked.path, asked.query, ""))

    def _hold(self, call: Call, seconds: float) -> None:
        held = _Held(call)
        with self._lock:
            self._held.append(held)
        self._start(seconds, lambda: self._let_go(held))

    def _release(self) -> None:
        """What was held back follows the one that has just arrived."""
        with self._lock:
            held = list(self._held)
        for late in held:
            self._let_go(late)

    def _let_go(self, held: "_Held") -> None:
        with self._lock:
            if held not in self._held:
                return
            self._held.remove(held)
        self._make(held.call, self._again)

    def _after(self, pause: float, call: Call, again: Sequence[float]) -> None:
        self._start(pause, lambda: self._make(call, again))

    def _try_again(self, call: Call, again: Sequence[float]) -> None:
        if again:
            self._after(again[0], call, again[1:])

    def _start(self, pause: float, deed: Callable[[], None]) -> None:
        timer = threading.Timer(pause, deed)
        timer.daemon = True
        with self._lock:
            self._timers = [running for running in self._timers if running.is_alive()]
            self._timers.append(timer)
            timer.start()

    def _make(self, call: Call, again: Sequence[float]) -> None:
        headers = {"Content-Type": "application/json", **call.headers}
        try:
            response = self._session.request(
                call.method, call.url, data=call.body, headers=headers, timeout=WAIT_SECONDS
            )
            status: int | None = response.status_code
        except requests.RequestException:
            status = None
        self.statuses.append(status)
        if status is None or not 200 <= status < 300:
            self._try_again(call, again)
        self._release()


@dataclass(eq=False, slots=True)
class _Held:
    call: Call
