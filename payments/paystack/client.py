"""Paystack's HTTP interface: one secret key, kept-alive connections, each answer read once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import requests

from payments.amounts import json_object
from payments.errors import PaymentError
from payments.keyed import Keyed
from payments.paystack.settings import PaystackSettings
from payments.transport import pooled_session, retry_after

_GAPS = re.compile(r"[^a-z0-9]+")
_NUMBERS = re.compile(r"\d{5,}")


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. `body` is its JSON object, empty when there is none. `retry_after` is in
    seconds."""

    status: int
    body: Mapping[str, object]
    retry_after: float | None = None

    @property
    def data(self) -> Mapping[str, object]:
        data = self.body.get("data")
        return data if isinstance(data, Mapping) else {}

    @property
    def ok(self) -> bool:
        """Paystack did what it was asked. What became of the money is in `data`."""
        return self.status in (200, 201) and self.body.get("status") is True

    @property
    def code(self) -> str:
        """Why it did not, in its own code or, where it gives none, its message."""
        given = self.body.get("code")
        if given in (None, "", "validation_error", "processor_error", "api_error"):
            given = self.body.get("message")
        return slug(given) or f"http-{self.status}"

    @property
    def trouble(self) -> bool:
        """It could not answer, so that a request may have been taken all the same."""
        return self.status >= 500 or self.status == 408 or not self.body


def slug(text: object) -> str | None:
    """A code or a sentence of Paystack's as the tables have it: "Insufficient Funds" becomes
    "insufficient-funds". Long numbers, which may be a person's, are left out."""
    if not isinstance(text, str):
        return None
    return _GAPS.sub("-", _NUMBERS.sub(" ", text.lower())).strip("-")[:100] or None


class PaystackClient:
    """Thread-safe. Raises PaymentError where no answer came, or where Paystack does not accept who we
    are."""

    def __init__(self, settings: PaystackSettings, session: requests.Session | None = None) -> None:
        self._api = Keyed(
            "Paystack",
            settings.api_url,
            settings.secret_key,
            session or pooled_session(settings.api_url),
        )

    def post(self, path: str, body: Mapping[str, object]) -> Answer:
        """Ask for something. Raises PaymentError, `unknown` when it may have been taken."""
        answer = self._call("POST", path, body=body)
        if answer.trouble:
            raise PaymentError(f"no usable answer: {answer.code}", unknown=True, code=answer.code)
        return answer

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """Ask how something stands. Raises PaymentError."""
        answer = self._call("GET", path, query=query)
        if answer.trouble:
            raise PaymentError(
                f"not read: {answer.code}", code=answer.code, retry_after=answer.retry_after
            )
        return answer

    def _call(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        response = self._api.call(method, path, body, query)
        return Answer(response.status_code, json_object(response.content), retry_after(response))
