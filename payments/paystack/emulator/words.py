"""How Paystack says what happened to the wallets, in its API and its webhooks.

Source: Paystack's published OpenAPI description (responses of Verify Transaction, Fetch Refund, Verify
Transfer) and its documentation, "Webhooks".
"""

import json
from collections.abc import Mapping
from decimal import Decimal

from payments.emulated import Call, Dialect, Fate, Prompt, Sent, Status
from payments.paystack.emulator import magic
from payments.paystack.emulator.account import Account
from payments.paystack.webhooks import HEADER, sign

STATUSES: Mapping[Status, str] = {
    Status.TAKEN: "success",
    Status.FAILED: "failed",
    Status.REVERSED: "reversed",
}
TRANSFERS: Mapping[Status, str] = {
    Status.WAITING: "pending",
    Status.TAKEN: "success",
    Status.FAILED: "failed",
    Status.REVERSED: "reversed",
}
REFUNDS: Mapping[Status, str] = {
    Status.WAITING: "pending",
    Status.TAKEN: "processed",
    Status.FAILED: "failed",
    Status.REVERSED: "failed",
}
# A waiting transfer or refund can say more: a code is wanted, an account is missing.
SAID_BESIDES = frozenset({"otp", "blocked", "received", "needs-attention", "processing"})


class PaystackDialect(Dialect):
    """A charge is told of only when it succeeded."""

    refused = "Declined"
    lapsed = "Transaction timed out"
    short = "Insufficient Funds"
    reversed = "Reversed"
    no_such_charge = "Transaction not found"
    too_much_back = "Transaction has been fully reversed"

    def __init__(self, account: Account) -> None:
        self._account = account

    def fate(self, prompt: Prompt) -> Fate | None:
        return Fate(Status.TAKEN) if prompt.payer in magic.PAYS_AT_ONCE else None

    def call(self, about: Prompt | Sent) -> Call | None:
        event = _event(about)
        if event is None or not about.callback_url:
            return None
        told = {"event": event, "data": _told(about)}
        body = json.dumps(told, separators=(",", ":")).encode()
        return Call(about.callback_url, body, {HEADER: sign(self._account.secret_key, body)})


def _event(about: Prompt | Sent) -> str | None:
    if isinstance(about, Prompt):
        return "charge.success" if about.status is Status.TAKEN else None
    if about.status is Status.WAITING:
        return None
    if about.charge is None:
        return f"transfer.{TRANSFERS[about.status]}"
    return f"refund.{REFUNDS[about.status]}"


def _told(about: Prompt | Sent) -> Mapping[str, object]:
    if isinstance(about, Prompt):
        return transaction(about)
    if about.charge is None:
        return transfer(about)
    return {
        "status": REFUNDS[about.status],
        "transaction_reference": about.charge,
        "refund_reference": about.transaction,
        "amount": str(subunits(about.amount)),
        "currency": about.currency,
        "domain": "test",
    }


def subunits(major: str) -> int:
    return int(Decimal(major) * 100)


def major(minor: int) -> str:
    return format(Decimal(minor).scaleb(-2), "f")


def status_of(prompt: Prompt, *, hidden: bool = False) -> str:
    """A link that nobody has paid by is "abandoned"."""
    if hidden or prompt.status is Status.WAITING:
        if prompt.link:
            return "abandoned"
        return "ongoing" if prompt.code else "pending"
    return STATUSES[prompt.status]


def transaction(prompt: Prompt, *, hidden: bool = False) -> dict[str, object]:
    """As "verify" shows it; `hidden` shows it as not yet answered."""
    amount, currency = (prompt.amount, prompt.currency) if hidden else prompt.moved
    status = status_of(prompt, hidden=hidden)
    at = prompt.made_at.isoformat()
    paid_at = at if status == "success" else None
    reason = "Approved" if paid_at else prompt.reason
    return {
        "id": int(prompt.extra["id"]),
        "domain": "test",
        "status": status,
        "reference": prompt.reference,
        "receipt_number": None,
        "amount": subunits(amount),
        "message": None,
        "gateway_response": reason or "The transaction was not completed",
        "paid_at": paid_at,
        "created_at": at,
        "channel": "mobile_money" if prompt.payer else "bank",
        "currency": currency,
        "ip_address": "127.0.0.1",
        "metadata": {"custom_fields": []},
        "log": None,
        "fees": 0,
        "fees_split": None,
        "authorization": _authorization(prompt),
        "redirect_url": None,
        "customer": _customer(prompt.extra["email"]),
        "plan": None,
        "split": {},
        "order_id": None,
        "paidAt": paid_at,
        "createdAt": at,
        "requested_amount": subunits(prompt.amount),
        "pos_transaction_data": None,
        "source": None,
        "fees_breakdown": None,
        "connect": None,
        "transaction_date": at,
        "plan_object": {},
        "subaccount": {},
    }


def _customer(email: str) -> dict[str, object]:
    return {
        "id": 1,
        "first_name": "",
        "last_name": "",
        "email": email,
        "customer_code": "CUS_0000000000000001",
        "phone": "",
        "metadata": {},
        "risk_action": "default",
        "international_format_phone": "",
    }


def _authorization(prompt: Prompt) -> dict[str, object]:
    """What was paid by, with as little of the payer as Paystack shows."""
    return {
        "authorization_code": "AUTH_0000000001",
        "bin": "000XXX",
        "last4": "X000",
        "exp_month": "12",
        "exp_year": "9999",
        "channel": "mobile_money" if prompt.payer else "bank",
        "card_type": "",
        "bank": "Wallet",
        "country_code": "",
        "brand": "Wallet",
        "reusable": False,
        "signature": "",
        "account_name": None,
        "receiver_bank_account_number": None,
        "receiver_bank": None,
    }


def refund(sent: Sent) -> dict[str, object]:
    """As "fetch" and "list" show it."""
    status = sent.reason if sent.reason in SAID_BESIDES else REFUNDS[sent.status]
    return {
        "integration": 1,
        "transaction": int(sent.extra["transaction"]),
        "dispute": None,
        "settlement": None,
        "id": int(sent.reference),
        "domain": "test",
        "currency": sent.currency,
        "amount": subunits(sent.amount),
        "status": status,
        "refunded_at": None,
        "refunded_by": "merchant@sokoni.invalid",
        "customer_note": "Refund",
        "merchant_note": sent.extra["merchant_note"],
        "deducted_amount": subunits(sent.amount),
        "fully_deducted": 1,
        "createdAt": sent.made_at.isoformat() if sent.made_at else "",
        "bank_reference": None,
        "transaction_reference": sent.charge,
        "reason": "Refund",
        "customer": {**_customer(sent.extra["email"]), "metadata": ""},
        "refund_type": "full",
        "transaction_amount": subunits(sent.extra["charged"]),
        "initiated_by": "merchant@sokoni.invalid",
        "refund_channel": "api",
        "session_id": None,
        "collect_account_number": False,
    }


def transfer(sent: Sent) -> dict[str, object]:
    """As "verify" and "initiate" show it."""
    status = sent.reason if sent.reason in SAID_BESIDES else TRANSFERS[sent.status]
    at = sent.made_at.isoformat() if sent.made_at else ""
    return {
        "amount": subunits(sent.amount),
        "createdAt": at,
        "currency": sent.currency,
        "domain": "test",
        "failures": None,
        "id": int(sent.extra["id"]),
        "integration": 1,
        "reason": sent.extra["reason"],
        "reference": sent.reference,
        "source": "balance",
        "source_details": None,
        "status": status,
        "titan_code": None,
        "transfer_code": f"TRF_{sent.extra['id']}",
        "transferred_at": None,
        "updatedAt": at,
    }
