"""The emulated API for taking money: payment links, and the transactions that were tried on them."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from flask import Response, request

from payments.emulated import Prompt, meet
from payments.flutterwave.emulator.account import Account
from payments.flutterwave.emulator.door import Door, asked_for, error, lacking, success, trouble
from payments.flutterwave.emulator.pages import Pages
from payments.flutterwave.emulator.wallets import Wallets
from payments.flutterwave.emulator.words import as_json

NOT_FOUND = "No transaction was found for this id"
LONGEST_SESSION = 1440


class Taking:
    def __init__(
        self,
        door: Door,
        account: Account,
        wallets: Wallets,
        pages: Pages,
        now: Callable[[], datetime],
    ) -> None:
        self._door = door
        self._account = account
        self._wallets = wallets
        self._pages = pages
        self._now = now

    def link(self) -> Response:
        """A second request with the same tx_ref makes a second page for it."""
        refused = self._door.let_in()
        if refused is not None:
            return refused
        body = {"currency": "NGN", **asked_for()}
        refused = lacking(body, "tx_ref", "customer")
        customer = body.get("customer")
        if refused is None and not (isinstance(customer, Mapping) and customer.get("email")):
            refused = error(400, "customer email is required")
        if refused is not None:
            return refused
        prompt = self._prompt(body, customer if isinstance(customer, Mapping) else {})
        luck = meet(self._wallets.faults, prompt.asked, trouble)
        if luck.refusal is not None:
            return luck.refusal
        return luck.answer(
            success("Hosted Link", {"link": self._pages.open(prompt, request.url_root)})
        )

    def _prompt(self, body: Mapping[str, object], customer: Mapping[str, object]) -> Prompt:
        now = self._now()
        minutes = min(int(str(body.get("session_duration", 60))), LONGEST_SESSION)
        custom = body.get("customizations")
        title = custom.get("title", "") if isinstance(custom, Mapping) else ""
        return Prompt(
            reference=str(body["tx_ref"]),
            payer=str(customer.get("phonenumber", "")),
            amount=str(body["amount"]),
            currency=str(body["currency"]),
            message=str(title),
            callback_url=self._account.webhook_url,
            made_at=now,
            lapses_at=now + timedelta(minutes=minutes),
            extra={
                "tx_ref": str(body["tx_ref"]),
                "redirect_url": str(body.get("redirect_url", "")),
                "email": str(customer.get("email", "")),
            },
        )

    def verify(self) -> Response:
        """The newest try of a tx_ref."""
        refused = self._door.let_in()
        if refused is not None:
            return refused
        tries = self._wallets.tries(request.args.get("tx_ref", ""))
        if not tries:
            return error(400, NOT_FOUND)
        return success("Transaction fetched successfully", self._json(tries[-1]))

    def list(self) -> Response:
        refused = self._door.let_in()
        if refused is not None:
            return refused
        tries = self._wallets.tries(request.args.get("tx_ref", ""))
        return success("Transactions fetched", [self._json(one) for one in reversed(tries)])

    def _json(self, prompt: Prompt) -> Mapping[str, object]:
        return as_json(prompt, hidden=self._wallets.faults.pending_for_ever)
