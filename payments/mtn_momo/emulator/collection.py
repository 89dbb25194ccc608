"""The emulated Collection product: requests to pay, and whose wallets they go to."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Response, jsonify, request

from payments.emulated import Prompt, Wallets, meet
from payments.mtn_momo.emulator import door, magic
from payments.mtn_momo.emulator.door import Door, accepted, error
from payments.mtn_momo.emulator.words import as_json


class Collection:
    def __init__(self, at: Door, wallets: Wallets, now: Callable[[], datetime]) -> None:
        self._door = at
        self._wallets = wallets
        self._now = now

    def request_to_pay(self) -> Response:
        refused = self._door.let_in("collection")
        if refused is not None:
            return refused
        body = door.asked_for()
        reference, party = door.reference(), door.party(body, "payer")
        if reference is None or not door.well_formed(body) or not party:
            return error(400, "BAD_REQUEST")
        prompt = self._prompt(reference, party, body)
        luck = meet(self._wallets.faults, prompt.asked, door.trouble)
        if luck.refusal is not None:
            return luck.refusal
        if (code := self._refusal(party, prompt)) is not None:
            return error(500, code)
        new = self._wallets.ask(prompt)
        known = not new or self._wallets.faults.spend("conflicts")
        return luck.answer(error(409, "RESOURCE_ALREADY_EXIST") if known else accepted())

    def read(self, reference: str) -> Response:
        refused = self._door.let_in("collection")
        if refused is not None:
            return refused
        prompt = self._wallets.find(reference)
        if prompt is None:
            return error(404, "RESOURCE_NOT_FOUND")
        return jsonify(as_json(prompt, hidden=self._wallets.faults.pending_for_ever))

    def _prompt(self, reference: str, party: str, body: Mapping[str, object]) -> Prompt:
        now = self._now()
        return Prompt(
            reference=reference,
            payer=f"+{party}",
            amount=str(body["amount"]),
            currency=str(body["currency"]),
            message=str(body.get("payerMessage", "")),
            callback_url=request.headers.get("X-Callback-Url"),
            made_at=now,
            lapses_at=now + self._wallets.window,
            extra={"externalId": str(body.get("externalId", ""))},
        )

    def _refusal(self, party: str, prompt: Prompt) -> str | None:
        """The code with which the request itself is refused."""
        number = magic.ending(party)
        if number in magic.PAYERS.refused:
            return magic.PAYERS.refused[number]
        return self._door.objection(prompt.currency, self._wallets.callbacks)
