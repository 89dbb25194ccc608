"""The bearer token of an application of Airtel's, kept for as long as it is good."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import requests

from payments.airtel.settings import AirtelSettings
from payments.errors import PaymentError
from payments.transport import TIMEOUT, carry, retry_after

PATH = "auth/oauth2/token"
# A token is given up before it ends, so that none ends on its way.
MARGIN_SECONDS = 60.0
# As documented; used where the answer does not say.
LIFETIME_SECONDS = 180.0


@dataclass(slots=True)
class Tokens:
    """One token serves all products. Thread-safe: while one thread fetches it, the others wait for that
    one rather than fetch their own.

    `clock` is in seconds and never goes back. Source: POST /auth/oauth2/token with client_id,
    client_secret and grant_type, "expires_in" in seconds, as text; Airtel Africa developer
    documentation, "Authorization"."""

    settings: AirtelSettings
    session: requests.Session
    clock: Callable[[], float]
    _token: str | None = None
    _good_until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self) -> str:
        """A token that is still good. Raises PaymentError."""
        with self._lock:
            if self._token is None or self.clock() >= self._good_until:
                self._token = self._fetch()
            return self._token

    def refused(self, token: str) -> None:
        """Airtel answered 401 to `token`: it is thrown away, unless another thread did so already."""
        with self._lock:
            if self._token == token:
                self._token = None

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
            token, lifetime = body["access_token"], float(body.get("expires_in", LIFETIME_SECONDS))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PaymentError("token: an answer that is not Airtel's") from error
        self._good_until = self.clock() + max(lifetime - MARGIN_SECONDS, lifetime / 2)
        return str(token)

    def _ask(self) -> requests.Response:
        return self.session.post(
            f"{self.settings.api_url}/{PATH}",
            json={
                "client_id": self.settings.client_id,
                "client_secret": self.settings.client_secret,
                "grant_type": "client_credentials",
            },
            timeout=TIMEOUT,
            allow_redirects=False,
        )
