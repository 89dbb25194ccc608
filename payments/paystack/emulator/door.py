"""Who may use the emulated API, and how it refuses.

Source: Paystack documentation, API reference, "Errors": `status` false, a message, and in newer answers
a type and a code.
"""

from collections.abc import Mapping

from flask import Response, jsonify, request

from payments.emulated import Faults
from payments.paystack.emulator.account import Account


class Door:
    def __init__(self, account: Account, faults: Faults) -> None:
        self.account = account
        self._faults = faults

    def let_in(self) -> Response | None:
        given = request.headers.get("Authorization", "")
        if given != f"Bearer {self.account.secret_key}" or self._faults.spend("refused_tokens"):
            return trouble(401)
        if request.method == "GET" and self._faults.spend("unreadable"):
            return trouble(503)
        return None


def error(status: int, code: str, message: str) -> Response:
    response = jsonify(
        status=False,
        message=message,
        meta={"nextStep": "Read the documentation"},
        type="validation_error",
        code=code,
    )
    response.status_code = status
    return response


def trouble(status: int) -> Response:
    """An answer that says nothing of the money."""
    messages = {401: "Invalid key", 429: "Too many requests"}
    response = jsonify(status=False, message=messages.get(status, "Error"))
    response.status_code = status
    return response


def done(message: str, data: object, status: int = 200, **more: object) -> Response:
    response = jsonify(status=True, message=message, data=data, **more)
    response.status_code = status
    return response


def asked_for() -> Mapping[str, object]:
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else {}


def amount_in(body: Mapping[str, object]) -> int | None:
    amount = body.get("amount")
    good = isinstance(amount, int) and not isinstance(amount, bool) and amount > 0
    return amount if good and isinstance(amount, int) else None
