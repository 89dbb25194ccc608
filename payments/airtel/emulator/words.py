"""How Airtel's API says what happened to the wallets, and how it calls back."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping

from payments.airtel.emulator.account import Account
from payments.emulated import Call, Dialect, Prompt, Sent, Status

STATUSES: Mapping[Status, str] = {
    Status.WAITING: "TIP",
    Status.TAKEN: "TS",
    Status.FAILED: "TF",
    Status.REVERSED: "TF",
}
AMBIGUOUS = frozenset({"DP00800001000", "DP00900001000"})
EXPIRED = "DP00800001029"
# What the enquiry says of a charge and of a disbursement that have not failed.
FINE: Mapping[bool, Mapping[Status, str]] = {
    True: {Status.WAITING: "DP00800001006", Status.TAKEN: "DP00800001001"},
    False: {Status.WAITING: "DP00900001006", Status.TAKEN: "DP00900001001"},
}


class AirtelDialect(Dialect):
    """Airtel calls one address, kept in its portal. Source: Airtel Africa developer documentation,
    "Callback With Authentication". That reversals are not called back is from general knowledge."""

    refused = "DP00800001008"
    lapsed = EXPIRED
    short = "DP00800001007"
    reversed = "DP00800001008"
    no_such_charge = "DP00800001025"
    too_much_back = "DP00800001008"

    def __init__(self, account: Account) -> None:
        self._account = account

    def call(self, about: Prompt | Sent) -> Call | None:
        if self._account.callback_url is None or not about.extra.get("id"):
            return None
        told = {
            "id": about.extra["id"],
            "message": _message(about),
            "status_code": "TS" if about.status is Status.TAKEN else "TF",
            "airtel_money_id": about.transaction or "",
        }
        return Call(self._account.callback_url, signed(told, self._account.webhook_secret))


def signed(transaction: Mapping[str, object], secret: str | None) -> bytes:
    """The body of a callback, with its hash where the application has a key."""
    plain = _compact({"transaction": transaction})
    if secret is None:
        return plain
    mac = hmac.new(secret.encode(), plain, hashlib.sha256).digest()
    return _compact({"transaction": transaction, "hash": base64.b64encode(mac).decode()})


def status_of(about: Prompt | Sent, *, hidden: bool = False) -> tuple[str, str]:
    """The transaction's status and the code beside it."""
    is_charge = isinstance(about, Prompt)
    if hidden:
        return "TIP", FINE[is_charge][Status.WAITING]
    if about.reason is None:
        return STATUSES[about.status], FINE[is_charge].get(about.status, "DP00800001008")
    if about.reason in AMBIGUOUS:
        return "TA", about.reason
    return "TE" if about.reason == EXPIRED else STATUSES[about.status], about.reason


def as_transaction(about: Prompt | Sent, *, hidden: bool = False) -> dict[str, object]:
    """As the enquiry shows it. An amount is named only where another was taken than was asked for: the
    documents name none."""
    status, _ = status_of(about, hidden=hidden)
    shown: dict[str, object] = {"id": about.extra["id"], "message": "", "status": status}
    if status != "TS":
        return shown
    shown |= {"airtel_money_id": about.transaction, "message": _message(about)}
    if isinstance(about, Prompt) and about.moved != (about.amount, about.currency):
        shown["amount"], shown["currency"] = about.moved
    return shown


def _message(about: Prompt | Sent) -> str:
    amount, currency = about.moved if isinstance(about, Prompt) else (about.amount, about.currency)
    if about.status is not Status.TAKEN:
        return "The transaction failed"
    verb = "Paid" if isinstance(about, Prompt) else "Sent"
    return f"{verb} {currency} {amount}, Trans ID {about.transaction}."


def _compact(body: Mapping[str, object]) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()
