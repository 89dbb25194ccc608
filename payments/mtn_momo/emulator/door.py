"""Who may speak to the emulated MTN, and how it reads and refuses a request."""

import secrets
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from flask import Response, jsonify, request

from payments.amounts import amount_of, json_object
from payments.emulated import Callbacks, Faults
from payments.mtn_momo.emulator.account import Account
from payments.mtn_momo.notes import MOST


class Door:
    """Tokens, and the keys of both products. `now` also decides when tokens end, `token_seconds` after
    they were given."""

    def __init__(
        self, account: Account, faults: Faults, now: Callable[[], datetime], token_seconds: int
    ) -> None:
        self.account = account
        self._faults = faults
        self._now = now
        self._token_seconds = token_seconds
        self._tokens: dict[str, tuple[str, datetime]] = {}
        self._lock = threading.Lock()

    def token(self, product: str) -> Response:
        given = request.authorization
        if (
            given is None
            or given.username != self.account.user
            or given.password != self.account.secret
            or not self._subscribed(product)
        ):
            return error(401, "ACCESS_DENIED")
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._tokens[token] = (product, self._now())
        kind = {"token_type": "access_token"}
        return jsonify(access_token=token, expires_in=self._token_seconds, **kind)

    def let_in(self, product: str) -> Response | None:
        """What is answered to somebody who may not come in; None: they may."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        with self._lock:
            known, made_at = self._tokens.get(token, ("", self._now()))
        ended = (self._now() - made_at).total_seconds() >= self._token_seconds
        refused = known != product or ended or not self._subscribed(product)
        if refused or self._faults.spend("refused_tokens"):
            return error(401, "ACCESS_DENIED")
        if not request.headers.get("X-Target-Environment"):
            return error(400, "BAD_REQUEST")
        if request.method == "GET" and self._faults.spend("unreadable"):
            return error(503, "SERVICE_UNAVAILABLE")
        return None

    def objection(self, currency: str, callbacks: Callbacks) -> str | None:
        """The code of a request that MTN refuses for its currency or its callback's address."""
        if self.account.sandbox_rules and currency != "EUR":
            return "INVALID_CURRENCY"
        url = request.headers.get("X-Callback-Url")
        return None if not url or callbacks.reaches(url) else "INVALID_CALLBACK_URL_HOST"

    def _subscribed(self, product: str) -> bool:
        keys = {
            "collection": self.account.collection_key,
            "disbursement": self.account.disbursement_key,
        }
        key = keys[product]
        return key is not None and request.headers.get("Ocp-Apim-Subscription-Key") == key


CODES: Mapping[int, str] = {429: "TOO_MANY_REQUESTS", 500: "SERVICE_UNAVAILABLE"}


def error(status: int, code: str) -> Response:
    response = jsonify(code=code, message="The emulator refuses.")
    response.status_code = status
    return response


def trouble(status: int) -> Response:
    """A fault on demand, in MTN's words."""
    return error(status, CODES[status])


def accepted() -> Response:
    return Response(status=202)


def asked_for() -> Mapping[str, object]:
    return json_object(request.get_data())


def reference() -> str | None:
    """X-Reference-Id, which must be a UUID of version 4."""
    try:
        given = UUID(request.headers.get("X-Reference-Id", ""))
    except ValueError:
        return None
    return str(given) if given.version == 4 else None


def party(body: Mapping[str, object], role: str) -> str:
    """The digits of the payer's or the payee's number; empty where there are none."""
    who = body.get(role)
    digits = str(who.get("partyId", "")) if isinstance(who, Mapping) else ""
    return digits if digits.isdigit() else ""


def well_formed(body: Mapping[str, object]) -> bool:
    """As MTN documents it: the amount is text, the notes are short and without an apostrophe."""
    notes = [body.get(name, "") for name in ("payerMessage", "payeeNote")]
    amount = body.get("amount")
    money = amount_of(amount, body.get("currency")) if isinstance(amount, str) else None
    return bool(money) and all(
        isinstance(note, str) and len(note) <= MOST and "'" not in note for note in notes
    )
