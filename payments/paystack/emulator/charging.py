"""The emulated Transaction and Charge products: links, charged wallets, and how both stand."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Response, request

from payments.emulated import Prompt, Status, Wallets, meet
from payments.paystack.amounts import LEAST
from payments.paystack.emulator import door, magic, words
from payments.paystack.emulator.door import Door, done, error
from payments.paystack.emulator.numbers import wallet

DUPLICATE = ("duplicate_reference", "Duplicate Transaction Reference")
APPROVE_THERE = "Please complete authorization process on your mobile phone"


class Charging:
    def __init__(self, at: Door, wallets: Wallets, now: Callable[[], datetime]) -> None:
        self._door = at
        self._wallets = wallets
        self._now = now

    def initialize(self) -> Response:
        body = door.asked_for()
        return self._take(body, "", None)

    def charge(self) -> Response:
        body = door.asked_for()
        paying = body.get("mobile_money")
        paying = paying if isinstance(paying, Mapping) else {}
        payer = wallet(str(body.get("currency")), str(paying.get("phone", "")))
        return self._take(body, payer or "", str(paying.get("provider", "")))

    def submit_otp(self) -> Response:
        if (refused := self._door.let_in()) is not None:
            return refused
        body = door.asked_for()
        prompt = self._wallets.find(str(body.get("reference")))
        if prompt is None or not prompt.code:
            return error(400, "transaction_not_found", "Transaction reference not found")
        luck = meet(self._wallets.faults, prompt.asked, door.trouble)
        if luck.refusal is not None:
            return luck.refusal
        if body.get("otp") == prompt.code:
            self._wallets.approve(prompt.reference)
        return luck.answer(done("Charge attempted", self._charged(prompt)))

    def verify(self, reference: str) -> Response:
        if (refused := self._door.let_in()) is not None:
            return refused
        prompt = self._wallets.find(reference)
        if prompt is None:
            return error(400, "transaction_not_found", "Transaction reference not found.")
        shown = words.transaction(prompt, hidden=self._wallets.faults.pending_for_ever)
        back = [s for s in self._wallets.refunds() if s.charge == reference]
        given = sum(words.subunits(s.amount) for s in back if s.status is Status.TAKEN)
        if prompt.status is Status.TAKEN and given >= words.subunits(prompt.moved[0]):
            shown["status"] = "reversed"
        return done("Verification successful", shown)

    def _take(self, body: Mapping[str, object], payer: str, network: str | None) -> Response:
        """`network` None: a link, by which anybody may pay."""
        if (refused := self._door.let_in()) is not None:
            return refused
        if (fault := _fault(body, payer, network)) is not None:
            return fault
        prompt = self._prompt(body, payer, network)
        luck = meet(self._wallets.faults, prompt.asked, door.trouble)
        if luck.refusal is not None:
            return luck.refusal
        if not self._wallets.ask(prompt) or self._wallets.faults.spend("conflicts"):
            return luck.answer(error(400, *DUPLICATE))
        if network is not None:
            return luck.answer(done("Charge attempted", self._charged(prompt)))
        return luck.answer(
            done(
                "Authorization URL created",
                {
                    "authorization_url": prompt.link,
                    "access_code": prompt.extra["access_code"],
                    "reference": prompt.reference,
                },
            )
        )

    def _prompt(self, body: Mapping[str, object], payer: str, network: str | None) -> Prompt:
        now, access = self._now(), secrets.token_hex(8)
        amount = door.amount_in(body)
        link = None if network is not None else f"{request.url_root}pay/{access}"
        # A link stays good for as long as somebody may come back to it.
        lapses = now + self._wallets.window * (1 if network else 20)
        prompt = Prompt(
            reference=str(body["reference"]),
            payer=payer,
            amount=words.major(amount or 0),
            currency=str(body["currency"]),
            message=_note(body),
            callback_url=self._door.account.webhook_url,
            made_at=now,
            lapses_at=lapses,
            link=link,
            extra={
                "id": self._wallets.next_transaction(),
                "access_code": access,
                "email": str(body["email"]),
                "back": str(body.get("callback_url", "")),
            },
        )
        if payer == magic.WANTS_CODE:
            prompt.code = magic.CODE
        elif network in magic.CODE_NETWORKS:
            prompt.code = f"{secrets.randbelow(10**6):06}"
        return prompt

    def _charged(self, prompt: Prompt) -> Mapping[str, object]:
        if prompt.status is Status.TAKEN:
            return words.transaction(prompt)
        said = {"reference": prompt.reference, "display_text": APPROVE_THERE}
        if prompt.status is Status.WAITING:
            return {**said, "status": "send_otp" if prompt.code else "pay_offline"}
        return {**said, "status": "failed", "gateway_response": prompt.reason}


def _fault(body: Mapping[str, object], payer: str, network: str | None) -> Response | None:
    email, reference = body.get("email"), body.get("reference")
    if door.amount_in(body) is None:
        return error(400, "invalid_amount", "Invalid Amount Sent")
    if not isinstance(email, str) or "." not in email.partition("@")[2]:
        return error(400, "invalid_email_address", "Invalid Email Address Passed")
    if body.get("currency") not in LEAST:
        return error(403, "unsupported_currency", "Currency not supported by merchant")
    if not isinstance(reference, str) or len(reference) < 16:
        return error(400, "invalid_reference", "Invalid reference")
    if network is not None and not payer:
        return error(400, "invalid_phone_number", "Invalid phone number")
    return None


def _note(body: Mapping[str, object]) -> str:
    metadata = body.get("metadata")
    return str(metadata.get("note", "")) if isinstance(metadata, Mapping) else ""
