"""The emulated API for sending money: refunds and transfers."""

import itertools
from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Response, request

from payments.emulated import Sent, Status, meet
from payments.flutterwave.emulator.door import Door, asked_for, error, lacking, success, trouble
from payments.flutterwave.emulator.wallets import Wallets
from payments.flutterwave.emulator.words import as_json

MOST_LISTED = 20


class Sending:
    def __init__(self, door: Door, wallets: Wallets, now: Callable[[], datetime]) -> None:
        self._door = door
        self._wallets = wallets
        self._now = now
        self._refunds = itertools.count(75_001)
        self._transfers = itertools.count(396_001)

    def refund(self, transaction: str) -> Response:
        """Nothing tells two requests for the same refund apart: both are refunded, while there is
        something left of the transaction."""
        refused = self._door.let_in()
        if refused is not None:
            return refused
        paid = self._wallets.by_transaction(transaction)
        body = asked_for()
        sent = Sent(
            reference=str(next(self._refunds)),
            payee=paid.payer if paid else "",
            amount=str(body.get("amount") or (paid.moved[0] if paid else "0")),
            currency=paid.moved[1] if paid else "",
            charge=paid.reference if paid else "",
            callback_url=str(body.get("callbackurl") or "") or None,
            made_at=self._now(),
            extra={"comments": str(body.get("comments", "")), "tx_id": transaction},
        )
        luck = meet(self._wallets.faults, sent.asked, trouble)
        if luck.refusal is not None:
            return luck.refusal
        self._wallets.send(sent)
        dialect = self._wallets.dialect
        refusals = (dialect.no_such_charge, dialect.too_much_back)
        if sent.status is Status.FAILED and sent.reason in refusals:
            return error(400, "Some error occured", sent.reason)
        return luck.answer(success("Transaction refund initiated", as_json(sent)))

    def refunds(self) -> Response:
        """`id` is the transaction's."""
        refused = self._door.let_in()
        if refused is not None:
            return refused
        transaction = request.args.get("id", "")
        found = [as_json(s) for s in self._given_back() if s.extra["tx_id"] == transaction]
        return success("Transaction refunds fetched", found[:MOST_LISTED])

    def read_refund(self, number: str) -> Response:
        refused = self._door.let_in()
        if refused is not None:
            return refused
        sent = next((s for s in self._given_back() if s.reference == number), None)
        return success("Refund fetched", as_json(sent)) if sent else error(404, "Refund not found")

    def _given_back(self) -> list[Sent]:
        """Without what was refused outright."""
        dialect = self._wallets.dialect
        refusals = (dialect.no_such_charge, dialect.too_much_back)
        return [s for s in self._wallets.refunds() if s.reason not in refusals]

    def transfer(self) -> Response:
        refused = self._door.let_in()
        if refused is not None:
            return refused
        body = asked_for()
        names = ("account_bank", "account_number", "reference", "beneficiary_name")
        refused = lacking({"currency": "NGN", **body}, *names)
        if refused is not None:
            return refused
        sent = self._payout(body)
        luck = meet(self._wallets.faults, sent.asked, trouble)
        if luck.refusal is not None:
            return luck.refusal
        if not self._wallets.send(sent):
            return luck.answer(error(400, "Transfer with this reference already exists"))
        queued = {**as_json(sent), "status": "NEW", "complete_message": ""}
        return luck.answer(success("Transfer Queued Successfully", queued))

    def _payout(self, body: Mapping[str, object]) -> Sent:
        kept = ("account_bank", "beneficiary_name", "narration")
        return Sent(
            reference=str(body["reference"]),
            payee=f"+{body['account_number']}",
            amount=str(body["amount"]),
            currency=str(body.get("currency", "NGN")),
            made_at=self._now(),
            extra={
                "id": str(next(self._transfers)),
                **{name: str(body.get(name, "")) for name in kept},
            },
        )

    def transfers(self) -> Response:
        refused = self._door.let_in()
        if refused is not None:
            return refused
        sent = self._wallets.sent(request.args.get("reference", ""))
        found = [as_json(sent)] if sent and sent.charge is None else []
        return success("Transfers fetched", found)
