"""The emulated Refund, Transfer and Verification products."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Response, request

from payments.emulated import Prompt, Sent, Status, Wallets, meet
from payments.paystack.emulator import door, words
from payments.paystack.emulator.door import Door, done, error
from payments.paystack.emulator.numbers import wallet


class Sending:
    def __init__(self, at: Door, wallets: Wallets, now: Callable[[], datetime]) -> None:
        self._door = at
        self._wallets = wallets
        self._now = now
        # The code of a recipient -> the wallet's E.164 number.
        self._recipients: dict[str, str] = {}

    def refund(self) -> Response:
        if (refused := self._door.let_in()) is not None:
            return refused
        body = door.asked_for()
        prompt = self._wallets.find(str(body.get("transaction")))
        if prompt is None or prompt.status is not Status.TAKEN:
            return error(404, "transaction_not_found", "Transaction not found")
        amount = door.amount_in(body) or words.subunits(prompt.moved[0])
        given = [s for s in self._wallets.refunds() if s.charge == prompt.reference]
        left = words.subunits(prompt.moved[0]) - sum(
            words.subunits(s.amount) for s in given if s.status is not Status.FAILED
        )
        sent = self._new_refund(prompt, amount, str(body.get("merchant_note", "")))
        luck = meet(self._wallets.faults, sent.asked, door.trouble)
        if luck.refusal is not None:
            return luck.refusal
        if left <= 0:
            return error(400, "fully_reversed", "Transaction has been fully reversed")
        if amount > left:
            return error(400, "invalid_amount", "Refund amount cannot be more than what is left")
        self._wallets.send(sent)
        shown = {
            **words.refund(sent),
            "transaction": _refunded(words.transaction(prompt)),
            "channel": None,
            "expected_at": "",
            "updatedAt": "",
            "fully_deducted": True,
        }
        return luck.answer(done("Refund has been queued for processing", shown))

    def _new_refund(self, prompt: Prompt, amount: int, note: str) -> Sent:
        return Sent(
            reference=self._wallets.next_transaction(),
            payee=prompt.payer,
            amount=words.major(amount),
            currency=prompt.moved[1],
            charge=prompt.reference,
            callback_url=self._door.account.webhook_url,
            made_at=self._now(),
            extra={
                "transaction": prompt.extra["id"],
                "merchant_note": note,
                "email": prompt.extra["email"],
                "charged": prompt.moved[0],
            },
        )

    def list_refunds(self) -> Response:
        if (refused := self._door.let_in()) is not None:
            return refused
        per_page, page = int(request.args.get("perPage", "50")), int(request.args.get("page", "1"))
        wanted = request.args.get("transaction")
        found = [
            words.refund(sent)
            for sent in self._wallets.refunds()
            if wanted in (None, sent.extra["transaction"])
        ]
        shown = found[(page - 1) * per_page : page * per_page]
        meta = {
            "total": len(found),
            "skipped": (page - 1) * per_page,
            "perPage": str(per_page),
            "page": page,
            "pageCount": -(-len(found) // per_page),
            "failedRefundCount": 0,
        }
        return done("Refunds retrieved", shown, meta=meta)

    def read_refund(self, number: str) -> Response:
        if (refused := self._door.let_in()) is not None:
            return refused
        sent = self._wallets.sent(number)
        if sent is None or sent.charge is None:
            return error(404, "refund_not_found", "Refund not found")
        return done("Refund retrieved", words.refund(sent))

    def recipient(self) -> Response:
        if (refused := self._door.let_in()) is not None:
            return refused
        body = door.asked_for()
        phone = wallet(str(body.get("currency")), str(body.get("account_number", "")))
        if body.get("type") != "mobile_money" or not body.get("name") or phone is None:
            return error(400, "invalid_params", "Account number is invalid")
        code = f"RCP_{secrets.token_hex(8)}"
        self._recipients[code] = phone
        return done("Transfer recipient created successfully", _recipient(code, body), status=201)

    def transfer(self) -> Response:
        if (refused := self._door.let_in()) is not None:
            return refused
        body = door.asked_for()
        amount, payee = door.amount_in(body), self._recipients.get(str(body.get("recipient")))
        if amount is None or payee is None or body.get("source") != "balance":
            return error(400, "invalid_params", "Recipient specified is invalid")
        sent = Sent(
            reference=str(body["reference"]),
            payee=payee,
            amount=words.major(amount),
            currency=str(body.get("currency", "NGN")),
            callback_url=self._door.account.webhook_url,
            made_at=self._now(),
            extra={"id": self._wallets.next_transaction(), "reason": str(body.get("reason", ""))},
        )
        luck = meet(self._wallets.faults, sent.asked, door.trouble)
        if luck.refusal is not None:
            return luck.refusal
        if not self._wallets.send(sent) or self._wallets.faults.spend("conflicts"):
            message = "Please provide a unique reference. Reference already exists on a transfer"
            return luck.answer(error(400, "duplicate_transfer_reference", message))
        shown = {
            **words.transfer(sent),
            "transfersessionid": [],
            "transfertrials": [],
            "request": 1,
            "recipient": 1,
        }
        return luck.answer(done("Transfer has been queued", shown))

    def verify_transfer(self, reference: str) -> Response:
        if (refused := self._door.let_in()) is not None:
            return refused
        sent = self._wallets.sent(reference)
        if sent is None or sent.charge is not None:
            return error(404, "transfer_not_found", "Transfer not found")
        about: dict[str, object] = {
            "name": self._wallets.holder(sent.payee) or "",
            "currency": sent.currency,
            "account_number": sent.payee,
            "bank_code": "",
        }
        shown = {
            **words.transfer(sent),
            "recipient": _recipient("RCP_0000000000000001", about),
            "session": {"provider": None, "id": None},
            "gateway_response": sent.reason,
        }
        return done("Transfer retrieved", shown)

    def resolve(self) -> Response:
        if (refused := self._door.let_in()) is not None:
            return refused
        number = request.args.get("account_number", "")
        phone = wallet("GHS", number)
        name = self._wallets.holder(phone) if phone else None
        if name is None:
            return error(422, "unresolved_account", "Could not resolve account name")
        data = {"account_number": number, "account_name": name, "bank_id": 1}
        return done("Account number resolved", data)


def _recipient(code: str, about: Mapping[str, object]) -> dict[str, object]:
    return {
        "active": True,
        "createdAt": "",
        "currency": about.get("currency", ""),
        "description": "",
        "domain": "test",
        "email": "",
        "id": 1,
        "integration": 1,
        "metadata": None,
        "name": about.get("name", ""),
        "recipient_code": code,
        "type": "mobile_money",
        "updatedAt": "",
        "is_deleted": False,
        "isDeleted": False,
        "details": {
            "authorization_code": None,
            "account_number": about.get("account_number", ""),
            "account_name": about.get("name", ""),
            "bank_code": about.get("bank_code", ""),
            "bank_name": "",
        },
    }


def _refunded(transaction: dict[str, object]) -> dict[str, object]:
    """A transaction as the answer to a new refund carries it."""
    return {
        **transaction,
        "authorization": {"exp_month": None, "exp_year": None, "account_name": None},
        "subaccount": {"currency": None},
        "plan": {},
    }
