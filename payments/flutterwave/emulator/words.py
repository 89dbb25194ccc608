"""How Flutterwave says what happened to the wallets.

Sources: Flutterwave v3 documentation, "Webhooks", "Transaction Verification", "Refunds", API reference
"Create a transfer"; Flutterwave support, "Common mobile money transaction errors".
"""

import itertools
import json
import re
from collections.abc import Mapping

from payments.emulated import Call, Dialect, Prompt, Sent, Status
from payments.flutterwave.emulator.account import Account

TAKEN, WAITING, FAILED = Status.TAKEN, Status.WAITING, Status.FAILED
LAPSED = "[Controller - ]Activity timed out"

CHARGES: Mapping[Status, str] = {
    WAITING: "pending",
    TAKEN: "successful",
    FAILED: "failed",
    Status.REVERSED: "failed",
}
REFUNDS: Mapping[Status, str] = {
    WAITING: "completed",
    TAKEN: "completed-momo",
    FAILED: "failed",
    Status.REVERSED: "failed",
}
TRANSFERS: Mapping[Status, str] = {
    WAITING: "NEW",
    TAKEN: "SUCCESSFUL",
    FAILED: "FAILED",
    Status.REVERSED: "FAILED",
}


class FlutterwaveDialect(Dialect):
    """Every webhook goes to the account's one address and repeats its secret hash; a refund's, to the
    address that the refund was asked for with."""

    refused = "Transaction Failed"
    lapsed = LAPSED
    short = "[MpesaCB - ]The balance is insufficient for the transaction."
    reversed = "Transaction Failed"
    no_such_charge = "Error: Cannot refund non-existent/unauthorized transaction"
    too_much_back = "Error: Refund amount is greater than the transaction amount"

    def __init__(self, account: Account) -> None:
        self._account = account
        self._numbers = itertools.count(285_000_001)

    def number(self, prompt: Prompt) -> str:
        """Flutterwave's own number of a try, given when it is first spoken of."""
        if prompt.transaction is None:
            prompt.transaction = str(next(self._numbers))
        return prompt.transaction

    def call(self, about: Prompt | Sent) -> Call | None:
        url: str | None = self._account.webhook_url
        if isinstance(about, Prompt):
            if not begun(about):
                return None
            self.number(about)
            told: object = {"event": "charge.completed", "data": as_json(about)}
        elif about.charge is None:
            told = {"event": "transfer.completed", "data": as_json(about)}
        else:
            told, url = _refund_call(about), about.callback_url
            if not self._account.refund_calls:
                return None
        headers = {"verif-hash": self._account.webhook_hash}
        return Call(url, json.dumps(told).encode(), headers) if url else None


def begun(prompt: Prompt) -> bool:
    """Whether somebody has tried to pay: until then Flutterwave knows of no transaction."""
    if "begun" in prompt.extra:
        return True
    return prompt.status in (TAKEN, Status.REVERSED) or (
        prompt.status is FAILED and prompt.reason != LAPSED
    )


def as_json(about: Prompt | Sent, *, hidden: bool = False) -> dict[str, object]:
    """As the API and the webhooks show it; `hidden` shows a charge as still pending."""
    if isinstance(about, Prompt):
        return _transaction(about, WAITING if hidden else about.status)
    return _transfer(about) if about.charge is None else _refund(about)


def figure(amount: str) -> object:
    """A JSON number where it is plainly one, else the text."""
    if not re.fullmatch(r"-?\d+(\.\d+)?", amount, re.ASCII):
        return amount
    return float(amount) if "." in amount else int(amount)


def _transaction(prompt: Prompt, status: Status) -> dict[str, object]:
    amount, currency = prompt.moved
    return {
        "id": int(prompt.transaction or 0),
        "tx_ref": prompt.extra["tx_ref"],
        "flw_ref": f"FLW{prompt.transaction}",
        "amount": figure(amount),
        "currency": currency,
        "charged_amount": figure(prompt.extra.get("charged", amount)),
        "app_fee": 0,
        "processor_response": "Approved" if status is TAKEN else prompt.reason or "",
        "status": CHARGES[status],
        "payment_type": prompt.extra.get("by", "mobilemoneyug"),
        "created_at": f"{prompt.made_at:%Y-%m-%dT%H:%M:%S.000Z}",
        "customer": {"email": prompt.extra.get("email", ""), "phone_number": prompt.payer},
    }


def _refund(sent: Sent) -> dict[str, object]:
    return {
        "id": int(sent.reference),
        "tx_id": int(sent.extra["tx_id"]),
        "flw_ref": f"URF_{sent.reference}",
        "amount_refunded": figure(sent.amount),
        "status": REFUNDS[sent.status],
        "destination": "payment_source",
        "comments": sent.extra["comments"],
        "meta": json.dumps({"source": "availablebalance"}),
        "created_at": f"{sent.made_at:%Y-%m-%dT%H:%M:%S.000Z}" if sent.made_at else "",
    }


def _refund_call(sent: Sent) -> dict[str, object]:
    """A refund's call is not wrapped in an event, and its keys are written otherwise."""
    return {
        "id": int(sent.reference),
        "AmountRefunded": figure(sent.amount),
        "status": REFUNDS[sent.status],
        "FlwRef": f"URF_{sent.reference}",
        "TransactionId": int(sent.extra["tx_id"]),
        "comments": sent.extra["comments"],
    }


def _transfer(sent: Sent) -> dict[str, object]:
    message = {TAKEN: "Transaction was successful", WAITING: ""}.get(sent.status, sent.reason or "")
    return {
        "id": int(sent.extra["id"]),
        "account_number": sent.payee.removeprefix("+"),
        "bank_code": sent.extra["account_bank"],
        "full_name": sent.extra["beneficiary_name"],
        "currency": sent.currency,
        "debit_currency": sent.currency,
        "amount": figure(sent.amount),
        "fee": 0,
        "status": TRANSFERS[sent.status],
        "reference": sent.reference,
        "narration": sent.extra["narration"],
        "complete_message": message,
        "requires_approval": 0,
        "is_approved": 1,
    }
