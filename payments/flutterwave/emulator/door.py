"""Who may speak to the emulated Flutterwave, and how it answers."""

import hmac
from collections.abc import Mapping

from flask import Response, jsonify, request

from payments.amounts import amount_of, json_object
from payments.emulated import Faults
from payments.flutterwave.emulator.account import Account


class Door:
    def __init__(self, account: Account, faults: Faults) -> None:
        self._account = account
        self._faults = faults

    def let_in(self) -> Response | None:
        """What is answered to somebody who may not come in; None: they may."""
        key = request.headers.get("Authorization", "").removeprefix("Bearer ")
        same = hmac.compare_digest(key.encode(), self._account.secret_key.encode())
        if not same or self._faults.spend("refused_tokens"):
            return error(401, "Invalid authorization key")
        if request.method == "GET" and self._faults.spend("unreadable"):
            return trouble(503)
        return None


def success(message: str, data: object) -> Response:
    return jsonify(status="success", message=message, data=data)


def error(status: int, message: str, data: object = None) -> Response:
    response = jsonify(status="error", message=message, data=data)
    response.status_code = status
    return response


def trouble(status: int) -> Response:
    """A fault on demand, in Flutterwave's words."""
    words = {429: "Too many requests"}.get(status, "An error occurred. Please contact support")
    return error(status, words)


def asked_for() -> Mapping[str, object]:
    """The request's JSON object, empty where it is none."""
    return json_object(request.get_data())


def lacking(body: Mapping[str, object], *names: str) -> Response | None:
    """The refusal of a request without one of `names`, or without an amount."""
    for name in names:
        if not body.get(name):
            return error(400, f"{name} is required")
    money = amount_of(body.get("amount"), body.get("currency"))
    return None if money is not None and money.minor > 0 else error(400, "amount is invalid")
