"""The emulated Collection product: USSD pushes, enquiries, reversals, and whose wallets they go to."""

from collections.abc import Callable
from datetime import datetime

from flask import Response, jsonify, request

from payments.airtel.emulator import door
from payments.airtel.emulator.door import Door, refuse, say, trouble
from payments.airtel.emulator.words import as_transaction, status_of
from payments.emulated import Prompt, Sent, Status, Wallets, meet

IN_PROCESS = "DP00800001006"


class Collection:
    def __init__(self, at: Door, wallets: Wallets, now: Callable[[], datetime]) -> None:
        self._door = at
        self._wallets = wallets
        self._now = now

    def push(self) -> Response:
        refused = self._door.let_in()
        if refused is not None:
            return refused
        prompt = self._prompt()
        if isinstance(prompt, Response):
            return prompt
        luck = meet(self._wallets.faults, prompt.asked, trouble)
        if luck.refusal is not None:
            return luck.refusal
        if self._wallets.holder(prompt.payer) is None:
            return luck.answer(refuse(400, "Msisdn Not Found", "DP00800001005"))
        new = self._wallets.ask(prompt)
        if not new or self._wallets.faults.spend("conflicts"):
            return luck.answer(refuse(400, "External Transaction ID already exists", "ESB000041"))
        return luck.answer(say(IN_PROCESS, {"id": prompt.extra["id"], "status": "SUCCESS"}))

    def read(self, transaction_id: str) -> Response:
        refused = self._door.let_in()
        if refused is not None:
            return refused
        prompt = self._wallets.find(door.reference(transaction_id) or "")
        if prompt is None:
            return refuse(404, "Transaction not found", "DP00800001025")
        return enquired(prompt, hidden=self._wallets.faults.pending_for_ever)

    def reverse(self) -> Response:
        """Whole, and once: it names no reference of the merchant's."""
        refused = self._door.let_in()
        if refused is not None:
            return refused
        taken = str(door.part(door.asked_for(), "transaction").get("airtel_money_id") or "")
        prompt = self._wallets.by_transaction(taken) if taken else None
        if prompt is None:
            return refuse(400, "Transaction not found", "DP00800001025")
        amount, currency = prompt.moved
        back = Sent(f"reversal-{taken}", prompt.payer, amount, currency, prompt.reference)
        luck = meet(self._wallets.faults, back.asked, trouble)
        if luck.refusal is not None:
            return luck.refusal
        if not self._wallets.send(back):
            return luck.answer(refuse(400, "Already reversed", "DP00800001008"))
        if back.status is Status.FAILED:
            return luck.answer(refuse(400, "Refused", back.reason))
        return luck.answer(
            say(IN_PROCESS, {"airtel_money_id": back.transaction, "status": "SUCCESS"})
        )

    def user(self, msisdn: str) -> Response:
        refused = self._door.let_in()
        if refused is not None:
            return refused
        phone = door.phone(msisdn)
        name = self._wallets.holder(phone) if phone else None
        if name is None:
            return refuse(400, "User not found", "DP02200000002")
        first, _, last = name.partition(" ")
        who = {"first_name": first, "last_name": last, "msisdn": msisdn, "is_barred": False}
        return jsonify(
            data=who, status={"code": "200", "response_code": "DP02200000001", "success": True}
        )

    def _prompt(self) -> Prompt | Response:
        body = door.asked_for()
        transaction, subscriber = door.part(body, "transaction"), door.part(body, "subscriber")
        reference = door.reference(transaction.get("id"))
        note = body.get("reference")
        payer, amount = door.phone(subscriber.get("msisdn")), door.amount(transaction.get("amount"))
        if payer is None:
            return refuse(400, "Invalid MSISDN", "ESB000033")
        if amount is None:
            return refuse(400, "Invalid amount", "DP00800001004")
        if reference is None or not isinstance(note, str) or not note:
            return refuse(400, "Field validation", "ROUTER003")
        now = self._now()
        return Prompt(
            reference=reference,
            payer=payer,
            amount=amount,
            currency=request.headers["X-Currency"],
            message=note,
            callback_url=self._door.account.callback_url,
            made_at=now,
            lapses_at=now + self._wallets.window,
            extra={"id": str(transaction["id"])},
        )


def enquired(about: Prompt | Sent, *, hidden: bool = False) -> Response:
    """What an enquiry answers."""
    status, code = status_of(about, hidden=hidden)
    if status in ("TF", "TE"):
        said = {"code": "200", "message": "FAILED", "response_code": code, "success": False}
        return jsonify(data={"transaction": as_transaction(about)}, status=said)
    return say(code, as_transaction(about, hidden=hidden))
