"""MTN MoMo's HTTP interface: signed in, on kept-alive connections, each answer read once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

import requests

from payments.amounts import json_object
from payments.errors import PaymentError
from payments.mtn_momo.settings import MtnSettings
from payments.mtn_momo.tokens import ProductTokens
from payments.transport import TIMEOUT, carry, pooled_session, retry_after

Product = Literal["collection", "disbursement"]


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. `body` is its JSON object, empty when there is none; `code` is the error's code
    or the transaction's reason. `retry_after` is in seconds."""

    status: int
    body: Mapping[str, object]
    retry_after: float | None = None

    @property
    def code(self) -> str | None:
        return word(self.body.get("code"))

    @property
    def reason(self) -> str | None:
        """MTN's documents give a transaction's reason as a word; its schema as an object with one."""
        reason = self.body.get("reason")
        return word(reason.get("code")) if isinstance(reason, Mapping) else word(reason)


def word(value: object) -> str | None:
    """A code as text, cut to what the books keep."""
    return value[:100] if isinstance(value, str) and value else None


class MtnMomoClient:
    """Both products of one API user. Thread-safe. Raises PaymentError where no answer came, or where
    MTN does not accept who we are."""

    def __init__(
        self,
        settings: MtnSettings,
        clock: Callable[[], float],
        session: requests.Session | None = None,
    ) -> None:
        self._settings = settings
        self._session = session or pooled_session(settings.api_url)
        keys = {
            "collection": settings.collection_key,
            "disbursement": settings.disbursement_key,
        }
        self._tokens = {
            product: ProductTokens(product, key, settings, self._session, clock)
            for product, key in keys.items()
            if key
        }

    def has(self, product: Product) -> bool:
        return product in self._tokens

    def post(
        self,
        product: Product,
        path: str,
        reference: UUID,
        body: Mapping[str, object],
        callback_url: str | None = None,
    ) -> Answer:
        """Ask for something under our own reference. `path` is below the product's root."""
        headers = {"X-Reference-Id": str(reference)}
        if callback_url:
            headers["X-Callback-Url"] = callback_url
        return self._call(product, _Request("POST", path, headers, body))

    def get(self, product: Product, path: str) -> Answer:
        """Ask how something stands."""
        return self._call(product, _Request("GET", path))

    def _call(self, product: Product, ask: "_Request") -> Answer:
        tokens = self._tokens.get(product)
        if tokens is None:
            raise PaymentError(f"no {product} key is set", permanent=True, code=f"no-{product}")
        token = tokens.get()
        answer = self._once(tokens, token, ask)
        if answer.status == 401:
            # The request was not taken, so the same one may go again with a new token, once.
            tokens.refused(token)
            answer = self._once(tokens, tokens.get(), ask)
        if answer.status == 401:
            raise PaymentError(
                "MTN does not accept our credentials", permanent=True, code="http-401"
            )
        if answer.status == 429:
            raise PaymentError("too many requests", code="http-429", retry_after=answer.retry_after)
        return answer

    def _once(self, tokens: ProductTokens, token: str, ask: "_Request") -> Answer:
        response = carry(
            lambda: self._session.request(
                ask.method,
                f"{self._settings.api_url}/{tokens.product}/{ask.path}",
                headers={
                    "Authorization": f"Bearer {token}",
                    "Ocp-Apim-Subscription-Key": tokens.subscription_key,
                    "X-Target-Environment": self._settings.target_environment,
                    **ask.headers,
                },
                json=ask.body,
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        )
        return Answer(response.status_code, json_object(response.content), retry_after(response))


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] | None = None
