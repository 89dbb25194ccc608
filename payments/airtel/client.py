"""Airtel Money's HTTP interface: signed in, on kept-alive connections, each answer read once."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import requests

from payments.airtel.markets import Market
from payments.airtel.settings import AirtelSettings
from payments.airtel.tokens import Tokens
from payments.amounts import json_object
from payments.errors import PaymentError
from payments.transport import TIMEOUT, carry, pooled_session, retry_after

_NUMBER = re.compile(r'"\\u0000([0-9.]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. `body` is its JSON object, empty when there is none. `retry_after` is in seconds."""

    status: int
    body: Mapping[str, object]
    retry_after: float | None = None

    @property
    def code(self) -> str | None:
        """The product's code, else the older result_code, else that of the gateway before both."""
        status = _object(self.body.get("status"))
        found = (
            word(status.get("response_code")),
            word(status.get("result_code")),
            word(self.body.get("status_code")),
        )
        return next((code for code in found if code), None)

    @property
    def transaction(self) -> Mapping[str, object]:
        return _object(_object(self.body.get("data")).get("transaction"))

    @property
    def data(self) -> Mapping[str, object]:
        return _object(self.body.get("data"))

    @property
    def accepted(self) -> bool:
        """Whether it says that the request was taken. Of a refund that was, one copy of the documents
        shows `success` false beside the transaction's SUCCESS."""
        flag = _object(self.body.get("status")).get("success")
        status = str(self.transaction.get("status", "")).upper()
        return flag is True or flag == "true" or status.startswith("SUCCESS")


def word(value: object) -> str | None:
    """A code as text, cut to what the books keep."""
    return value[:100] if isinstance(value, str) and value else None


class AirtelClient:
    """One application of Airtel's. Thread-safe. Raises PaymentError where no answer came, or where Airtel
    does not accept who we are."""

    def __init__(
        self,
        settings: AirtelSettings,
        clock: Callable[[], float],
        session: requests.Session | None = None,
    ) -> None:
        self._settings = settings
        self._session = session or pooled_session(settings.api_url)
        self._tokens = Tokens(settings, self._session, clock)

    def post(self, path: str, market: Market, body: Mapping[str, object]) -> Answer:
        """Ask for something; Decimals in `body` are sent as numbers, exactly."""
        return self._call("POST", path, market, exact_json(body))

    def get(self, path: str, market: Market) -> Answer:
        """Ask how something stands."""
        return self._call("GET", path, market, None)

    def _call(self, method: str, path: str, market: Market, body: bytes | None) -> Answer:
        token = self._tokens.get()
        answer = self._once(method, path, market, body, token)
        if answer.status == 401:
            # The request was not taken, so the same one may go again with a new token, once.
            self._tokens.refused(token)
            answer = self._once(method, path, market, body, self._tokens.get())
        if answer.status == 401:
            raise PaymentError(
                "Airtel does not accept our credentials", permanent=True, code="http-401"
            )
        if answer.status == 429:
            raise PaymentError("too many requests", code="http-429", retry_after=answer.retry_after)
        return answer

    def _once(
        self, method: str, path: str, market: Market, body: bytes | None, token: str
    ) -> Answer:
        response = carry(
            lambda: self._session.request(
                method,
                f"{self._settings.api_url}/{path}",
                headers={
                    "Authorization": f"Bearer {token}",
                    "Content-Type": "application/json",
                    "Accept": "application/json",
                    "X-Country": market.country,
                    "X-Currency": market.currency,
                },
                data=body,
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        )
        return Answer(response.status_code, json_object(response.content), retry_after(response))


def exact_json(body: Mapping[str, object]) -> bytes:
    """Amounts go out as the numbers they are, never by way of a float."""
    return _NUMBER.sub(r"\1", json.dumps(body, default=_marked)).encode()


def _marked(value: object) -> str:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} cannot be sent")
    # Whole amounts as the documents' samples have them, without a point.
    whole = value.to_integral_value()
    return f"\0{whole if value == whole else value:f}"


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
