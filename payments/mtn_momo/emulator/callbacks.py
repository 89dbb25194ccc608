"""The emulator's one call back to the merchant, as MTN makes it: a PUT, sent once, never again."""

import threading
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit, urlunsplit

import requests

from payments.mtn_momo.emulator.faults import Faults, Trouble
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
        for pause, said in self._deliveries(body):
            timer = threading.Timer(pause, self._put, (url, dict(said)))
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

    def _deliveries(
        self, body: Mapping[str, object]
    ) -> Sequence[tuple[float, Mapping[str, object]]]:
        """After how many seconds what is said."""
        faults = self._faults
        hit = faults.at_callback(body)
        trouble = hit.trouble if hit else None
        usual = (faults.late_callbacks, body)
        if faults.drop_callbacks or trouble is Trouble.LOST:
            return []
        if faults.double_callbacks or trouble is Trouble.TWICE:
            return [usual, usual]
        if hit and trouble is Trouble.LATE:
            return [(hit.seconds, body)]
        if trouble is Trouble.LYING:
            return [(faults.late_callbacks, _opposite(body))]
        return [usual]

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


def _opposite(body: Mapping[str, object]) -> Mapping[str, object]:
    """A refusal for a success, and the other way round."""
    if body.get("status") == "SUCCESSFUL":
        told = {k: v for k, v in body.items() if k != "financialTransactionId"}
        return {**told, "status": "FAILED", "reason": "APPROVAL_REJECTED"}
    told = {key: value for key, value in body.items() if key != "reason"}
    return {**told, "status": "SUCCESSFUL", "financialTransactionId": "1"}
