"""Flutterwave as a rail: a payment link takes the money, refunds and transfers send it.

Source: Flutterwave v3 documentation, "Flutterwave Standard"; docs/payments/flutterwave.md says what is
verified how.
"""

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from flows.ports.payments import AttemptStatus, Fit, NextStep, Way
from payments.charge import (
    Callback,
    Charge,
    Limits,
    PayoutRequest,
    RailStatus,
    RefundRequest,
    Submission,
)
from payments.flutterwave import webhooks
from payments.flutterwave.charges import status_of
from payments.flutterwave.client import Answer, FlutterwaveClient, written
from payments.flutterwave.markets import CURRENCIES
from payments.flutterwave.reasons import NO_LINK, REASONS, code_of, meaning
from payments.flutterwave.refunding import Refunding
from payments.flutterwave.settings import FlutterwaveSettings
from payments.flutterwave.transfers import Transfers
from payments.rail import Ability
from payments.unable import Unable

# How long the page can be paid on; Flutterwave allows up to a day. A prompt that was asked for on it may
# be approved for 10 minutes more: late money.
SESSION = timedelta(minutes=30)
LONGEST_LINK = 500


class Flutterwave(Unable):
    """One account. `public_url` has no trailing slash."""

    name = "flutterwave"
    way = Way.LINK
    reasons = REASONS
    window = SESSION

    def __init__(self, settings: FlutterwaveSettings, *, public_url: str) -> None:
        self._hash = settings.webhook_hash
        self._webhook = f"{public_url}/webhooks/flutterwave"
        self._host = _host(public_url)
        client = FlutterwaveClient(settings)
        self._client = client
        self._refunding = Refunding(client, self._webhook)
        self._transfers = Transfers(client)

    def serves(self, country: str, currency: str) -> bool:
        return CURRENCIES.get(country) == currency

    def fit(self, phone: str) -> Fit:
        """A page asks nobody by number; who opens it chooses how to pay."""
        return Fit.MAYBE

    def limits(self, currency: str) -> Limits:
        """Flutterwave documents none; each network's and each account's are told when one pays."""
        return Limits()

    def can(self, ability: Ability) -> bool:
        """Whose a wallet is, it tells of Nigerian bank accounts only."""
        return ability is not Ability.HOLDER_NAME

    def request(self, charge: Charge) -> Submission:
        return _submission(self._client.post("payments", self._page(charge)))

    def status(self, reference: UUID) -> RailStatus:
        return status_of(self._client, reference)

    def refund(self, refund: RefundRequest) -> Submission:
        return self._refunding.send(refund)

    def refund_status(self, refund: RefundRequest) -> RailStatus:
        return self._refunding.status(refund)

    def payout(self, payout: PayoutRequest) -> Submission:
        return self._transfers.send(payout)

    def payout_status(self, payout: PayoutRequest) -> RailStatus:
        return self._transfers.status(payout)

    def read_callback(self, path: str, headers: Mapping[str, str], body: bytes) -> Callback | None:
        return webhooks.read(self._hash, path, headers, body)

    def next_step(self, code: str | None) -> NextStep:
        return meaning(code)[0].next

    def _page(self, charge: Charge) -> Mapping[str, object]:
        """An e-mail address is required of a customer, who has none here: one of ours that nobody
        reads."""
        customer = {"email": f"{charge.reference.hex[:12]}@{self._host}"}
        if charge.payer:
            customer["phonenumber"] = charge.payer
        return {
            "tx_ref": str(charge.reference),
            "amount": written(charge.amount),
            "currency": charge.amount.currency,
            "redirect_url": f"{self._webhook}/back/{charge.reference}",
            "session_duration": int(SESSION.total_seconds() // 60),
            "customer": customer,
            "customizations": {"title": charge.note[:100]},
        }


def _host(public_url: str) -> str:
    """Of the addresses that are made up for customers; a bare number is none that a provider takes."""
    host = urlsplit(public_url).hostname or ""
    named = "." in host and not host.replace(".", "").isdigit()
    return host if named else "sokoni.invalid"


def _submission(answer: Answer) -> Submission:
    """A page that we do not know the address of can be paid by nobody, so another may be asked for."""
    if answer.ok:
        link = answer.record.get("link")
        if isinstance(link, str) and _is_page(link):
            return Submission(AttemptStatus.PENDING, link=link)
        return Submission(AttemptStatus.UNKNOWN, NO_LINK)
    code = code_of(answer.trouble) or f"http-{answer.status}"
    known = meaning(code)[1]
    if answer.refused:
        return Submission(AttemptStatus.FAILED, code, known)
    return Submission(AttemptStatus.UNKNOWN, code, known)


def _is_page(link: str) -> bool:
    parts = urlsplit(link)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(link) <= LONGEST_LINK
