"""The emulator's one call back to the merchant, as MTN makes it: a PUT, sent once, never again."""

import threading
from collections.abc import Mapping

import requests

from payments.mtn_momo.emulator.faults import Faults
from payments.transport import is_loopback, pooled_session

WAIT_SECONDS = 5.0


class Callbacks:
    """Sends in the background, so that whoever pressed Approve does not wait for the merchant."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._session = pooled_session("http://127.0.0.1")
        self._timers: list[threading.Timer] = []
        self._lock = threading.Lock()
        self.statuses: list[int | None] = []

    def send(self, url: str, body: Mapping[str, object]) -> None:
        """PUT `body` to `url`. Raises ValueError when that is not on this machine."""
        if not is_loopback(url):
            raise ValueError(f"the emulator calls nobody outside this machine: {url}")
        if self._faults.drop_callbacks:
            return
        for _ in range(2 if self._faults.double_callbacks else 1):
            timer = threading.Timer(self._faults.late_callbacks, self._put, (url, dict(body)))
            timer.daemon = True
            with self._lock:
                self._timers = [running for running in self._timers if running.is_alive()]
                self._timers.append(timer)
                timer.start()

    def wait(self, seconds: float = WAIT_SECONDS) -> None:
        """Until every callback under way has been answered."""
        with self._lock:
            timers = list(self._timers)
        for timer in timers:
            timer.join(seconds)

    def _put(self, url: str, body: Mapping[str, object]) -> None:
        try:
            response = self._session.put(url, json=body, timeout=WAIT_SECONDS)
            status: int | None = response.status_code
        except requests.RequestException:
            status = None
        self.statuses.append(status)
