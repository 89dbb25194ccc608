"""How Airtel gives the bearer token that serves all its products.

Source: POST /auth/oauth2/token with client_id, client_secret and grant_type, "expires_in" in seconds, as
text; Airtel Africa developer documentation, "Authorization".
"""

from collections.abc import Callable

import requests

from payments import tokens
from payments.airtel.settings import AirtelSettings
from payments.transport import TIMEOUT

PATH = "auth/oauth2/token"
# As documented.
LIFETIME_SECONDS = 180.0


class Tokens(tokens.Tokens):
    """Of one application of Airtel's."""

    def __init__(
        self, settings: AirtelSettings, session: requests.Session, clock: Callable[[], float]
    ) -> None:
        super().__init__("Airtel", LIFETIME_SECONDS, clock)
        self._settings = settings
        self._session = session

    def _ask(self) -> requests.Response:
        return self._session.post(
            f"{self._settings.api_url}/{PATH}",
            json={
                "client_id": self._settings.client_id,
                "client_secret": self._settings.client_secret,
                "grant_type": "client_credentials",
            },
            timeout=TIMEOUT,
            allow_redirects=False,
        )
