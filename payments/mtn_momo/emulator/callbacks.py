"""The emulator's one call back to the merchant, as MTN makes it: a PUT, sent once, never again."""

import threading
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

import requests

from payments.mtn_momo.emulator.faults import Faults
from payments.transport import is_loopback, pooled_session

WAIT_SECONDS = 5.0


class Callbacks:
    """Sends in the background, so that whoever pressed Approve does not wait for the merchant.

    `target` is where the merchant really listens ("http://127.0.0.1:8000") when the address it gives
    to providers is another."""

    def __init__(self, faults: Faults, target: str | None = None) -> None:
        self._faults = faults
        self._target = target
        self._session = pooled_session("http://127.0.0.1")
        self._timers: list[threading.Timer] = []
        self._lock = threading.Lock()
        self.statuses: list[int | None] = []

    def send(self, url: str, body: Mapping[str, object]) -> None:
        """PUT `body` to `url`. Raises ValueError when that is not on this machine."""
        url = self._really(url)
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

    def reaches(self, url: str) -> bool:
        """Whether a callback to `url` would stay on this machine."""
        return is_loopback(self._really(url))

    def wait(self, seconds: float = WAIT_SECONDS) -> None:
        """Until every callback under way has been answered."""
        with self._lock:
            timers = list(self._timers)
        for timer in timers:
            timer.join(seconds)

    def _really(self, url: str) -> str:
        if self._target is None:
            return url
        asked, target = urlsplit(url), urlsplit(self._target)
        return urlunsplit((target.scheme, target.netloc, asked.path, asked.query, ""))

    def _put(self, url: str, body: Mapping[str, object]) -> None:
        try:
            response = self._session.put(url, json=body, timeout=WAIT_SECONDS)
            status: int | None = response.status_code
        except requests.RequestException:
            status = None
        self.statuses.append(status)
