"""The emulated Disbursement product: money sent to wallets."""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from flask import Response, request

from payments.airtel.emulator import door
from payments.airtel.emulator.collection import enquired
from payments.airtel.emulator.door import Door, refuse, say, trouble
from payments.airtel.emulator.words import as_transaction, status_of
from payments.airtel.pin import OAEP_FROM_BITS
from payments.emulated import Sent, Status, Wallets, meet


class Disbursement:
    def __init__(self, at: Door, wallets: Wallets, now: Callable[[], datetime]) -> None:
        self._door = at
        self._wallets = wallets
        self._now = now

    def send(self) -> Response:
        refused = self._door.let_in()
        if refused is not None:
            return refused
        sent = self._sent()
        if isinstance(sent, Response):
            return sent
        luck = meet(self._wallets.faults, sent.asked, trouble)
        if luck.refusal is not None:
            return luck.refusal
        if self._wallets.holder(sent.payee) is None:
            return luck.answer(refuse(400, "Invalid mobile number", "DP00900001012"))
        new = self._wallets.send(sent)
        if not new or self._wallets.faults.spend("conflicts"):
            return luck.answer(refuse(400, "Duplicate transaction Id", "DP00900001017"))
        _, code = status_of(sent)
        if sent.status is Status.FAILED:
            return luck.answer(refuse(400, "Failed", code))
        return luck.answer(say(code, as_transaction(sent)))

    def read(self, transaction_id: str) -> Response:
        refused = self._door.let_in()
        if refused is not None:
            return refused
        sent = self._wallets.sent(door.reference(transaction_id) or "")
        if sent is None:
            return refuse(404, "Transaction not found", "DP00900001015")
        return enquired(sent)

    def _sent(self) -> Sent | Response:
        body = door.asked_for()
        transaction = door.part(body, "transaction")
        reference = door.reference(transaction.get("id"))
        payee = door.phone(door.part(body, "payee").get("msisdn"))
        amount = door.amount(transaction.get("amount"))
        if reference is None or payee is None or not body.get("reference"):
            return refuse(400, "Field validation", "ROUTER003")
        if amount is None:
            return refuse(400, "Invalid amount", "DP00900001004")
        if (wrong := self._wrong_pin(body.get("pin"))) is not None:
            return refuse(400, "Pin", wrong)
        return Sent(
            reference=reference,
            payee=payee,
            amount=amount,
            currency=request.headers["X-Currency"],
            callback_url=self._door.account.callback_url,
            made_at=self._now(),
            extra={"id": str(transaction["id"])},
        )

    def _wrong_pin(self, given: object) -> str | None:
        """The gateway's code for a PIN that cannot be opened, or is another."""
        try:
            sealed = base64.b64decode(str(given), validate=True)
        except binascii.Error:
            return "ROUTER116"
        account = self._door.account
        if not sealed or account.private_key is None:
            return None if sealed else "ROUTER116"
        oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), label=None)
        long = account.private_key.key_size >= OAEP_FROM_BITS
        try:
            pin = account.private_key.decrypt(sealed, oaep if long else padding.PKCS1v15())
        except ValueError:
            return "ROUTER116"
        return None if pin == (account.pin or "").encode() else "ROUTER115"
