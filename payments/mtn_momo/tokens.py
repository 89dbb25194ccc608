"""How MTN gives the bearer tokens of its products.

Source: POST /{product}/token/, Basic API user and API key, and the product's subscription key; MTN MoMo
developer documentation, "Authentication".
"""

from collections.abc import Callable

import requests
from requests.auth import HTTPBasicAuth

from payments.mtn_momo.settings import MtnSettings
from payments.tokens import Tokens
from payments.transport import TIMEOUT

# MTN documents 3600.
LIFETIME_SECONDS = 3600.0


class ProductTokens(Tokens):
    """Of one product, "collection" or "disbursement"."""

    def __init__(
        self,
        product: str,
        subscription_key: str,
        settings: MtnSettings,
        session: requests.Session,
        clock: Callable[[], float],
    ) -> None:
        super().__init__("MTN", LIFETIME_SECONDS, clock)
        self.product = product
        self.subscription_key = subscription_key
        self._settings = settings
        self._session = session

    def _ask(self) -> requests.Response:
        return self._session.post(
            f"{self._settings.api_url}/{self.product}/token/",
            auth=HTTPBasicAuth(self._settings.user, self._settings.secret),
            headers={"Ocp-Apim-Subscription-Key": self.subscription_key},
            timeout=TIMEOUT,
            allow_redirects=False,
        )
