"""A provider's API behind one secret key."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import requests

from payments.errors import PaymentError
from payments.transport import TIMEOUT, carry, retry_after


@dataclass(frozen=True, slots=True)
class Keyed:
    """`base_url` has no trailing slash. Thread-safe."""

    provider: str
    base_url: str
    key: str = field(repr=False)
    session: requests.Session

    def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """The answer, JSON both ways. Raises PaymentError where none came, where the key is not accepted,
        and where there were too many requests."""
        response = carry(
            lambda: self.session.request(
                method,
                f"{self.base_url}/{path}",
                headers={"Authorization": f"Bearer {self.key}"},
                json=body,
                params=query,
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        )
        if response.status_code == 401:
            raise PaymentError(
                f"{self.provider} does not accept our key", permanent=True, code="http-401"
            )
        if response.status_code == 429:
            raise PaymentError(
                "too many requests", code="http-429", retry_after=retry_after(response)
            )
        return response
