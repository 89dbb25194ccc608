"""The bearer tokens of MTN's products, kept for as long as they are good."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import requests
from requests.auth import HTTPBasicAuth

from payments.errors import PaymentError
from payments.mtn_momo.settings import MtnSettings
from payments.transport import TIMEOUT, carry, retry_after

# A token is given up before it ends, so that none ends on its way.
MARGIN_SECONDS = 60.0
# MTN documents 3600; used where the answer does not say.
LIFETIME_SECONDS = 3600.0


@dataclass(slots=True)
class ProductTokens:
    """One product's token ("collection" or "disbursement"). Thread-safe: while one thread fetches a
    token, the others wait for that one rather than fetch their own.

    `clock` is in seconds and never goes back. Source: POST /{product}/token/, Basic API user and API
    key, and the product's subscription key; MTN MoMo developer documentation, "Authentication".
    """

    product: str
    subscription_key: str
    settings: MtnSettings
    session: requests.Session
    clock: Callable[[], float]
    _token: str | None = None
    _good_until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self) -> str:
        """A token that is still good. Raises PaymentError."""
        with self._lock:
            if self._token is None or self.clock() >= self._good_until:
                self._fetch()
            assert self._token is not None  # noqa: S101
            return self._token

    def refused(self, token: str) -> None:
        """MTN answered 401 to `token`: it is thrown away, unless another thread did so already."""
        with self._lock:
            if self._token == token:
                self._token = None

    def _fetch(self) -> None:
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
            raise PaymentError("token: an answer that is not MTN's") from error
        self._token = str(token)
        self._good_until = self.clock() + max(lifetime - MARGIN_SECONDS, lifetime / 2)

    def _ask(self) -> requests.Response:
        return self.session.post(
            f"{self.settings.api_url}/{self.product}/token/",
            auth=HTTPBasicAuth(self.settings.user, self.settings.secret),
            headers={"Ocp-Apim-Subscription-Key": self.subscription_key},
            timeout=TIMEOUT,
            allow_redirects=False,
        )
