"""Flutterwave's HTTP interface, version 3: a secret key as a bearer token, JSON both ways.

Source: Flutterwave v3 documentation, "Authentication", "Errors", "Rate Limit", "Handling Error
Timeouts": every answer has `status` ("success" or "error"), `message` and `data`; a 503 after some 28
seconds says nothing about the request.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import requests

from flows.money import Money
from payments.amounts import json_object
from payments.flutterwave.settings import FlutterwaveSettings
from payments.keyed import Keyed
from payments.transport import pooled_session, retry_after

VERSION = "v3"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. `ok` is what its `status` says; `data` is an object, a list, a text or None.
    `retry_after` is in seconds."""

    status: int
    ok: bool
    message: str
    data: object
    retry_after: float | None = None

    @property
    def record(self) -> Mapping[str, object]:
        """`data` where it is one object, else empty."""
        return self.data if isinstance(self.data, Mapping) else {}

    @property
    def records(self) -> list[Mapping[str, object]]:
        """The objects of `data` where it is a list of them, else none."""
        found = self.data if isinstance(self.data, list) else []
        return [record for record in found if isinstance(record, Mapping)]

    @property
    def refused(self) -> bool:
        """It was not taken, and never will be."""
        return 400 <= self.status < 500 and self.status != 408

    @property
    def trouble(self) -> str:
        """What it says went wrong. A refused refund has it in `data`, others in `message`."""
        said = self.data if isinstance(self.data, str) else self.message
        return said or f"http-{self.status}"


class FlutterwaveClient:
    """One account. Thread-safe. Raises PaymentError where no answer came, or where Flutterwave does not
    accept who we are."""

    def __init__(
        self, settings: FlutterwaveSettings, session: requests.Session | None = None
    ) -> None:
        self._api = Keyed(
            "Flutterwave",
            f"{settings.api_url}/{VERSION}",
            settings.secret_key,
            session or pooled_session(settings.api_url),
        )

    def post(self, path: str, body: Mapping[str, object]) -> Answer:
        """Ask for something. `path` is below the version."""
        return _answer(self._api.call("POST", path, body=body))

    def get(self, path: str, **query: str) -> Answer:
        """Ask how something stands."""
        return _answer(self._api.call("GET", path, query=query))


def _answer(response: requests.Response) -> Answer:
    body = json_object(response.content)
    message = body.get("message")
    return Answer(
        status=response.status_code,
        ok=response.status_code < 300 and body.get("status") == "success",
        message=message if isinstance(message, str) else "",
        data=body.get("data"),
        retry_after=retry_after(response),
    )


def written(money: Money) -> str:
    """An amount as Flutterwave takes it: major units, as text."""
    return format(money.major, "f")
