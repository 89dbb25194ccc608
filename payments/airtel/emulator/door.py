"""Who may speak to the emulated Airtel, and how it reads and refuses a request."""

import secrets
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import phonenumbers
from flask import Response, jsonify, request

from payments.airtel.emulator.account import Account
from payments.airtel.markets import MARKETS
from payments.airtel.notes import LEAST, MOST
from payments.amounts import amount_of, json_object
from payments.emulated import Faults

SHORTEST_NUMBER = 6


class Door:
    """Tokens, and the headers that every request needs. `now` also decides when tokens end,
    `token_seconds` after they were given."""

    def __init__(
        self, account: Account, faults: Faults, now: Callable[[], datetime], token_seconds: int
    ) -> None:
        self.account = account
        self._faults = faults
        self._now = now
        self._token_seconds = token_seconds
        self._tokens: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def token(self) -> Response:
        given = json_object(request.get_data())
        known = (self.account.client_id, self.account.client_secret, "client_credentials")
        if tuple(given.get(key) for key in ("client_id", "client_secret", "grant_type")) != known:
            denied = jsonify(error="invalid_client", error_description="Invalid client")
            denied.status_code = 401
            return denied
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._tokens[token] = self._now()
        kind = {"token_type": "bearer"}
        return jsonify(access_token=token, expires_in=str(self._token_seconds), **kind)

    def let_in(self) -> Response | None:
        """What is answered to somebody who may not come in; None: they may."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        with self._lock:
            made_at = self._tokens.get(token)
        ended = made_at is None or (self._now() - made_at).total_seconds() >= self._token_seconds
        if ended or self._faults.spend("refused_tokens"):
            return refuse(401, "Invalid access token")
        market = MARKETS.get(request.headers.get("X-Country", ""))
        if market is None:
            return refuse(400, "Invalid country", "ROUTER006")
        if request.headers.get("X-Currency") != market.currency:
            return refuse(400, "Invalid currency", "ROUTER112")
        if request.method == "GET" and self._faults.spend("unreadable"):
            return refuse(503, "Service unavailable")
        return None


def say(code: str, transaction: Mapping[str, object] | None = None) -> Response:
    """HTTP 200 in Airtel's envelope."""
    status = {
        "code": "200",
        "message": "SUCCESS",
        "result_code": "ESB000010",
        "response_code": code,
        "success": True,
    }
    return jsonify(data={"transaction": transaction or {}}, status=status)


def refuse(http: int, message: str, code: str | None = None) -> Response:
    """A refusal in the same envelope, or in the gateway's own."""
    body: dict[str, object] = {"status_message": message}
    if code is not None and code.startswith("ROUTER"):
        body["status_code"] = code
    else:
        status: dict[str, object] = {"code": str(http), "message": message, "success": False}
        if code is not None:
            status["response_code"] = code
        body = {"status": status}
    response = jsonify(body)
    response.status_code = http
    return response


def trouble(status: int) -> Response:
    """A fault on demand."""
    return refuse(status, "Something Went Wrong")


def asked_for() -> Mapping[str, object]:
    return json_object(request.get_data())


def part(body: Mapping[str, object], name: str) -> Mapping[str, object]:
    inner = body.get(name)
    return inner if isinstance(inner, dict) else {}


def reference(transaction_id: object) -> str | None:
    """What the wallets call a transaction: its id as a UUID with dashes where it is one, so that tests and
    the lab find it by the attempt's. None for an id that Airtel does not take."""
    if not isinstance(transaction_id, str) or not LEAST <= len(transaction_id) <= MOST:
        return None
    if not transaction_id.isascii() or not transaction_id.isalnum():
        return None
    try:
        return str(UUID(transaction_id))
    except ValueError:
        return transaction_id


def phone(msisdn: object) -> str | None:
    """E.164 of a national number in the request's country; None where it has its country code, or is
    none."""
    digits = str(msisdn)
    country = request.headers["X-Country"]
    code = str(phonenumbers.country_code_for_region(country))
    if not digits.isdigit() or len(digits) < SHORTEST_NUMBER:
        return None
    try:
        number = phonenumbers.parse(f"+{code}{digits}")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def amount(value: object) -> str | None:
    """In major units as it was sent; None where it is no positive JSON number."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    money = amount_of(value, request.headers["X-Currency"])
    return format(Decimal(value), "f") if money else None
