"""How MTN's API says what happened to the wallets, and what its made-up payers do."""

import json
from collections.abc import Mapping

from payments.emulated import Call, Dialect, Fate, Prompt, Sent, Status
from payments.mtn_momo.emulator import magic

STATUSES: Mapping[Status, str] = {
    Status.WAITING: "PENDING",
    Status.TAKEN: "SUCCESSFUL",
    Status.FAILED: "FAILED",
    Status.REVERSED: "FAILED",
}


class MtnDialect(Dialect):
    """MTN calls back once, by PUT, unsigned, to the address in X-Callback-Url; where none was named,
    never. Source: MTN MoMo developer documentation, "Callback"."""

    refused = "APPROVAL_REJECTED"
    lapsed = "COULD_NOT_PERFORM_TRANSACTION"
    short = "NOT_ENOUGH_FUNDS"
    reversed = "INTERNAL_PROCESSING_ERROR"
    no_such_charge = "PAYEE_NOT_FOUND"
    too_much_back = "NOT_ENOUGH_FUNDS"

    def fate(self, prompt: Prompt) -> Fate | None:
        return _fate(magic.PAYERS, magic.ending(prompt.payer))

    def fate_of_sent(self, sent: Sent) -> Fate | None:
        if sent.charge is None:
            return _fate(magic.PAYEES, magic.ending(sent.payee))
        known = (*magic.REFUNDS.failing, *magic.REFUNDS.waiting)
        return _fate(magic.REFUNDS, sent.charge) if sent.charge in known else None

    def call(self, about: Prompt | Sent) -> Call | None:
        if not about.callback_url:
            return None
        body = json.dumps(as_json(about)).encode()
        return Call(about.callback_url, body, method="PUT")


def _fate(table: magic.Table, number: str) -> Fate | None:
    if number in table.failing:
        return Fate(Status.FAILED, table.failing[number])
    if number in table.waiting:
        return Fate(Status.WAITING, table.waiting[number])
    return Fate(Status.TAKEN) if number else None


def as_json(about: Prompt | Sent, *, hidden: bool = False) -> dict[str, object]:
    """As the API and the callback show it; `hidden` shows it as still pending."""
    if isinstance(about, Prompt):
        amount, currency = about.moved
        party, who, note = about.payer, "payer", about.message
    else:
        amount, currency = about.amount, about.currency
        party, who, note = about.payee, "payee", about.extra.get("payerMessage", "")
    body: dict[str, object] = {
        "amount": amount,
        "currency": currency,
        "externalId": about.extra.get("externalId", ""),
        who: {"partyIdType": "MSISDN", "partyId": party.removeprefix("+")},
        "payerMessage": note,
        "payeeNote": note,
        "status": STATUSES[Status.WAITING if hidden else about.status],
    }
    if about.reason and not hidden:
        body["reason"] = about.reason
    if about.transaction and about.status is Status.TAKEN and not hidden:
        body["financialTransactionId"] = about.transaction
    return body
