"""The emulated HTTP API: tokens, requests to pay, refunds. Answers as MTN documents them."""

import secrets
import socket
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from flask import Blueprint, Flask, Response, jsonify, request

from payments.mtn_momo.emulator import magic
from payments.mtn_momo.emulator.faults import Hit, Trouble
from payments.mtn_momo.emulator.ledger import Account, Prompt, Repaid
from payments.mtn_momo.emulator.wallets import Wallets, is_amount
from payments.mtn_momo.notes import MOST

TOKEN_SECONDS = 3600


def create_emulator(
    account: Account,
    wallets: Wallets,
    now: Callable[[], datetime],
    *,
    token_seconds: int = TOKEN_SECONDS,
) -> Flask:
    """The API as an application of its own, to be served on a loopback address. `now` also decides
    when its tokens end."""
    app = Flask(__name__)
    app.register_blueprint(_Api(account, wallets, now, token_seconds).blueprint())
    return app


def _error(status: int, code: str, message: str) -> Response:
    response = jsonify(code=code, message=message)
    response.status_code = status
    return response


def _accepted() -> Response:
    return Response(status=202)


class _Api:
    def __init__(
        self, account: Account, wallets: Wallets, now: Callable[[], datetime], token_seconds: int
    ) -> None:
        self._account = account
        self._wallets = wallets
        self._now = now
        self._token_seconds = token_seconds
        self._tokens: dict[str, tuple[str, datetime]] = {}
        self._lock = threading.Lock()

    def blueprint(self) -> Blueprint:
        routes = Blueprint("mtn_momo_emulator", __name__)
        routes.before_request(self._pause)
        for rule, view, methods in (
            ("/<any(collection,disbursement):product>/token/", self.token, ["POST"]),
            ("/collection/v1_0/requesttopay", self.request_to_pay, ["POST"]),
            ("/collection/v1_0/requesttopay/<reference>", self.read_request, ["GET"]),
            ("/disbursement/v1_0/refund", self.refund, ["POST"]),
            ("/disbursement/v1_0/refund/<reference>", self.read_refund, ["GET"]),
        ):
            routes.add_url_rule(rule, view.__name__, view, methods=methods)
        return routes

    def token(self, product: str) -> Response:
        given = request.authorization
        if (
            given is None
            or given.username != self._account.user
            or given.password != self._account.secret
            or not self._subscribed(product)
        ):
            return _error(401, "ACCESS_DENIED", "Access denied due to invalid credentials.")
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._tokens[token] = (product, self._now())
        kind = {"token_type": "access_token"}
        return jsonify(access_token=token, expires_in=self._token_seconds, **kind)

    def request_to_pay(self) -> Response:
        refused = self._let_in("collection")
        if refused is not None:
            return refused
        body = _json()
        reference, callback_url = _reference(), request.headers.get("X-Callback-Url")
        payer = body.get("payer")
        party = str(payer.get("partyId", "")) if isinstance(payer, Mapping) else ""
        if reference is None or not _well_formed(body) or not party.isdigit():
            return _error(400, "BAD_REQUEST", "The request does not follow the specification.")
        faults = self._wallets.faults
        hit = faults.at_request(body)
        if (trouble := _before(hit)) is not None:
            return trouble
        if faults.spend("errors"):
            return _error(500, "SERVICE_UNAVAILABLE", "Service temporarily unavailable.")
        if (code := self._refusal(party, body, callback_url)) is not None:
            return _error(500, code, "The request was refused.")
        now = self._now()
        new = self._wallets.ask(
            Prompt(
                reference=reference,
                payer=f"+{party}",
                amount=str(body["amount"]),
                currency=str(body["currency"]),
                external_id=str(body.get("externalId", "")),
                message=str(body.get("payerMessage", "")),
                callback_url=callback_url,
                made_at=now,
                lapses_at=now + self._wallets.window,
            )
        )
        if faults.spend("dropped") or (hit and hit.trouble is Trouble.DROPPED):
            _hang_up()
        if not new or faults.spend("conflicts"):
            return _error(409, "RESOURCE_ALREADY_EXIST", "Duplicated reference id.")
        return _accepted()

    def read_request(self, reference: str) -> Response:
        refused = self._let_in("collection")
        if refused is not None:
            return refused
        prompt = self._wallets.find(reference)
        if prompt is None:
            return _error(404, "RESOURCE_NOT_FOUND", "Requested resource was not found.")
        return jsonify(prompt.as_json(hidden=self._wallets.faults.pending_for_ever))

    def refund(self) -> Response:
        refused = self._let_in("disbursement")
        if refused is not None:
            return refused
        body = _json()
        reference = _reference()
        if reference is None or not _well_formed(body) or not body.get("referenceIdToRefund"):
            return _error(400, "BAD_REQUEST", "The request does not follow the specification.")
        if self._wallets.faults.spend("errors"):
            return _error(500, "SERVICE_UNAVAILABLE", "Service temporarily unavailable.")
        new = self._wallets.repay(
            Repaid(
                reference=reference,
                charge=str(body["referenceIdToRefund"]),
                amount=str(body["amount"]),
                currency=str(body["currency"]),
                external_id=str(body.get("externalId", "")),
                status="SUCCESSFUL",
                reason=None,
                transaction="",
            )
        )
        if self._wallets.faults.spend("dropped"):
            _hang_up()
        if not new:
            return _error(409, "RESOURCE_ALREADY_EXIST", "Duplicated reference id.")
        return _accepted()

    def read_refund(self, reference: str) -> Response:
        refused = self._let_in("disbursement")
        if refused is not None:
            return refused
        refund = self._wallets.refund(reference)
        if refund is None:
            return _error(404, "RESOURCE_NOT_FOUND", "Requested resource was not found.")
        return jsonify(refund.as_json())

    def _pause(self) -> None:
        if self._wallets.faults.slow:
            time.sleep(self._wallets.faults.slow)

    def _subscribed(self, product: str) -> bool:
        keys = {
            "collection": self._account.collection_key,
            "disbursement": self._account.disbursement_key,
        }
        key = keys[product]
        return key is not None and request.headers.get("Ocp-Apim-Subscription-Key") == key

    def _let_in(self, product: str) -> Response | None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        with self._lock:
            known, made_at = self._tokens.get(token, ("", self._now()))
        ended = (self._now() - made_at).total_seconds() >= self._token_seconds
        faults = self._wallets.faults
        if (
            known != product
            or ended
            or not self._subscribed(product)
            or faults.spend("refused_tokens")
        ):
            return _error(401, "ACCESS_DENIED", "Access denied.")
        if not request.headers.get("X-Target-Environment"):
            return _error(400, "BAD_REQUEST", "X-Target-Environment is missing.")
        if request.method == "GET" and faults.spend("unreadable"):
            return _error(503, "SERVICE_UNAVAILABLE", "Service temporarily unavailable.")
        return None

    def _refusal(
        self, party: str, body: Mapping[str, object], callback_url: str | None
    ) -> str | None:
        """The code with which the request itself is refused."""
        number = magic.ending(party)
        if number in magic.REFUSED:
            return magic.REFUSED[number]
        if self._account.sandbox_rules and body["currency"] != "EUR":
            return "INVALID_CURRENCY"
        if callback_url and not self._wallets.callbacks.reaches(callback_url):
            return "INVALID_CALLBACK_URL_HOST"
        return None


def _before(hit: Hit | None) -> Response | None:
    """What is answered to a request that is not taken, after what has to be waited for."""
    if hit is None:
        return None
    if hit.trouble is Trouble.SLOW:
        time.sleep(hit.seconds)
    if hit.trouble is Trouble.BROKEN:
        return _error(500, "SERVICE_UNAVAILABLE", "Service temporarily unavailable.")
    if hit.trouble is Trouble.BUSY:
        answer = _error(429, "TOO_MANY_REQUESTS", "Rate limit is exceeded.")
        answer.headers["Retry-After"] = str(round(hit.seconds))
        return answer
    return None


def _json() -> Mapping[str, object]:
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else {}


def _reference() -> str | None:
    """X-Reference-Id, which must be a UUID of version 4."""
    try:
        reference = UUID(request.headers.get("X-Reference-Id", ""))
    except ValueError:
        return None
    return str(reference) if reference.version == 4 else None


def _well_formed(body: Mapping[str, object]) -> bool:
    notes = [body.get(name, "") for name in ("payerMessage", "payeeNote")]
    return (
        is_amount(body.get("amount"))
        and isinstance(body.get("currency"), str)
        and all(isinstance(note, str) and len(note) <= MOST and "'" not in note for note in notes)
    )


def _hang_up() -> None:
    """End the connection, so that the caller never learns that the request was taken."""
    servers = ("werkzeug.socket", "gunicorn.socket")
    connection = next((request.environ[name] for name in servers if name in request.environ), None)
    if isinstance(connection, socket.socket):
        connection.shutdown(socket.SHUT_RDWR)
