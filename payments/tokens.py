"""Bearer tokens that a provider gives for a while, kept for as long as they are good."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable

import requests

from payments.errors import PaymentError
from payments.transport import carry, retry_after

# A token is given up before it ends, so that none ends on its way.
MARGIN_SECONDS = 60.0


class Tokens(ABC):
    """Thread-safe: while one thread fetches a token, the others wait for that one rather than fetch their
    own. `lifetime` in seconds is used where the answer does not say; `clock` is in seconds and never goes
    back. A subclass says how a token is asked for."""

    def __init__(self, provider: str, lifetime: float, clock: Callable[[], float]) -> None:
        self._provider = provider
        self._lifetime = lifetime
        self._clock = clock
        self._token: str | None = None
        self._good_until = 0.0
        self._lock = threading.Lock()

    def get(self) -> str:
        """A token that is still good. Raises PaymentError."""
        with self._lock:
            if self._token is None or self._clock() >= self._good_until:
                self._token = self._fetch()
            return self._token

    def refused(self, token: str) -> None:
        """The provider answered 401 to `token`: it is thrown away, unless another thread did so already."""
        with self._lock:
            if self._token == token:
                self._token = None

    @abstractmethod
    def _ask(self) -> requests.Response:
        """Ask for a token: `access_token`, and `expires_in` in seconds."""

    def _fetch(self) -> str:
        try:
            response = carry(self._ask)
        except PaymentError as error:
            # No money was asked for yet, so nothing about it is unknown.
            raise PaymentError(f"token: {error.reason}") from error
        if not response.ok:
            raise PaymentError(
                f"token: HTTP {response.status_code}",
                permanent=response.status_code in (400, 401, 403, 404),
                retry_after=retry_after(response),
            )
        try:
            body = response.json()
            token, lifetime = body["access_token"], float(body.get("expires_in", self._lifetime))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PaymentError(f"token: an answer that is not {self._provider}'s") from error
        self._good_until = self._clock() + max(lifetime - MARGIN_SECONDS, lifetime / 2)
        return str(token)
