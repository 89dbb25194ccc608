"""The emulated Disbursement product: money given back and paid out."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Response, jsonify, request

from payments.emulated import Sent, Wallets, meet
from payments.mtn_momo.emulator import door, magic
from payments.mtn_momo.emulator.door import Door, accepted, error
from payments.mtn_momo.emulator.words import as_json


class Disbursement:
    def __init__(self, at: Door, wallets: Wallets, now: Callable[[], datetime]) -> None:
        self._door = at
        self._wallets = wallets
        self._now = now

    def refund(self) -> Response:
        body = door.asked_for()
        charge = str(body.get("referenceIdToRefund") or "")
        prompt = self._wallets.find(charge)
        return self._send(body, prompt.payer if prompt else "", charge, charge)

    def transfer(self) -> Response:
        body = door.asked_for()
        party = door.party(body, "payee")
        return self._send(body, f"+{party}", None, party)

    def _send(
        self, body: Mapping[str, object], payee: str, charge: str | None, named: str
    ) -> Response:
        """`named`: what the request must say besides the amount."""
        refused = self._door.let_in("disbursement")
        if refused is not None:
            return refused
        reference = door.reference()
        if reference is None or not door.well_formed(body) or not named:
            return error(400, "BAD_REQUEST")
        sent = self._sent(reference, payee, charge, body)
        luck = meet(self._wallets.faults, sent.asked, door.trouble)
        if luck.refusal is not None:
            return luck.refusal
        if (code := self._refusal(sent)) is not None:
            return error(500, code)
        new = self._wallets.send(sent)
        known = not new or self._wallets.faults.spend("conflicts")
        return luck.answer(error(409, "RESOURCE_ALREADY_EXIST") if known else accepted())

    def _refusal(self, sent: Sent) -> str | None:
        table, number = magic.PAYEES, magic.ending(sent.payee)
        if sent.charge is not None:
            table, number = magic.REFUNDS, sent.charge
        refused = table.refused.get(number)
        return refused or self._door.objection(sent.currency, self._wallets.callbacks)

    def _sent(
        self, reference: str, payee: str, charge: str | None, body: Mapping[str, object]
    ) -> Sent:
        return Sent(
            reference=reference,
            payee=payee,
            amount=str(body["amount"]),
            currency=str(body["currency"]),
            charge=charge,
            callback_url=request.headers.get("X-Callback-Url"),
            made_at=self._now(),
            extra={key: str(body.get(key, "")) for key in ("externalId", "payerMessage")},
        )

    def read(self, kind: str, reference: str) -> Response:
        """`kind`: "refund" or "transfer"; neither answers for the other's references."""
        refused = self._door.let_in("disbursement")
        if refused is not None:
            return refused
        sent = self._wallets.sent(reference)
        if sent is None or (sent.charge is None) != (kind == "transfer"):
            return error(404, "RESOURCE_NOT_FOUND")
        return jsonify(as_json(sent))
