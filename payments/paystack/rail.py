"""Paystack as a rail: a link to its pay page where people pay by bank and card, a prompt where it
charges Mobile Money wallets. Which of them is the market's, so a shop sees the rail of its country.

Source: Paystack documentation, API reference: Transaction (Initialize, Verify), Charge (Create, Submit
OTP).
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
from payments.paystack import amounts, answers, refunds, transfers, webhooks
from payments.paystack.client import PaystackClient
from payments.paystack.markets import MARKETS, Market, wallet_of
from payments.paystack.reasons import REASONS, meaning
from payments.paystack.settings import PaystackSettings
from payments.rail import Ability
from payments.unable import Unable

# A prompt: Paystack tells wallets' holders to answer within 180 s (from general knowledge, to be
# verified), and networks are slow. A link does not end at Paystack; so long goods are kept for it.
PROMPT_WINDOW = timedelta(minutes=5)
LINK_WINDOW = timedelta(minutes=30)


class Paystack(Unable):
    """One account of Paystack's, which belongs to one country. `public_url` has no trailing slash."""

    name = "paystack"
    reasons = REASONS

    def __init__(
        self,
        settings: PaystackSettings,
        *,
        public_url: str,
        country: str = "",
        client: PaystackClient | None = None,
    ) -> None:
        self._settings = settings
        self._client = client or PaystackClient(settings)
        self._public_url = public_url
        self._country = country
        self._abroad: dict[str, Paystack] = {}

    def in_country(self, country: str) -> "Paystack":
        """One and the same rail for all shops of a country."""
        if country == self._country or country not in MARKETS:
            return self
        if country not in self._abroad:
            there = Paystack(
                self._settings, public_url=self._public_url, country=country, client=self._client
            )
            self._abroad.setdefault(country, there)
        return self._abroad[country]

    @property
    def way(self) -> Way:
        return self._market.way if self._market else Way.LINK

    @property
    def window(self) -> timedelta:
        return LINK_WINDOW if self.way is Way.LINK else PROMPT_WINDOW

    @property
    def _market(self) -> Market | None:
        return MARKETS.get(self._country)

    def serves(self, country: str, currency: str) -> bool:
        if self._settings.country not in ("", country):
            return False
        return country in MARKETS and MARKETS[country].currency == currency

    def fit(self, phone: str) -> Fit:
        """A link asks for no number. Ghana's and Kenya's numbers can be ported, so that a prefix is only
        likely to tell the network."""
        if self.way is Way.LINK or wallet_of(self._country, phone):
            return Fit.MAYBE
        return Fit.NO

    def limits(self, currency: str) -> Limits:
        return amounts.limits(currency)

    def can(self, ability: Ability) -> bool:
        if ability is Ability.PAYOUT:
            return bool(self._market and self._market.banks)
        if ability is Ability.HOLDER_NAME:
            return bool(self._market and self._market.names)
        return ability in (Ability.REFUND, Ability.PART_REFUND)

    def request(self, charge: Charge) -> Submission:
        if self.way is Way.LINK:
            return self._link(charge)
        wallet = wallet_of(self._country, charge.payer)
        if wallet is None:
            return Submission(AttemptStatus.FAILED, "no-wallet")
        paying = {"phone": wallet.number, "provider": wallet.provider}
        return answers.charge(
            self._client.post("charge", {**self._terms(charge), "mobile_money": paying})
        )

    def _link(self, charge: Charge) -> Submission:
        back = f"{self._public_url}/webhooks/paystack/back/{charge.reference}"
        terms = self._terms(charge)
        return answers.link(
            self._client.post(
                "transaction/initialize",
                {
                    **terms,
                    "callback_url": back,
                    "metadata": {"cancel_action": back, "note": charge.note},
                },
            )
        )

    def _terms(self, charge: Charge) -> dict[str, object]:
        return {
            "amount": amounts.subunits(charge.amount),
            "currency": charge.amount.currency,
            "email": self._email(charge.reference),
            "reference": str(charge.reference),
        }

    def _email(self, reference: UUID) -> str:
        """Paystack wants one; nobody's own is given."""
        host = urlsplit(self._public_url).hostname or ""
        named = "." in host and not host.replace(".", "").isdigit()
        return f"{reference.hex}@{host if named else 'sokoni.invalid'}"

    def submit_code(self, charge: Charge, code: str) -> Submission:
        body = {"otp": code, "reference": str(charge.reference)}
        return answers.charge(self._client.post("charge/submit_otp", body))

    def status(self, reference: UUID) -> RailStatus:
        return answers.status(self._client.get(f"transaction/verify/{reference}"), self.way)

    def refund(self, refund: RefundRequest) -> Submission:
        return refunds.send(self._client, refund)

    def refund_status(self, refund: RefundRequest) -> RailStatus:
        return refunds.status(self._client, refund)

    def payout(self, payout: PayoutRequest) -> Submission:
        return transfers.send(self._client, payout, self._country)

    def payout_status(self, payout: PayoutRequest) -> RailStatus:
        return transfers.status(self._client, payout)

    def holder_name(self, phone: str) -> str | None:
        if not self.can(Ability.HOLDER_NAME):
            raise self._refuse()
        return transfers.holder(self._client, self._country, phone)

    def read_callback(self, path: str, headers: Mapping[str, str], body: bytes) -> Callback | None:
        return webhooks.read(self._settings.secret_key, headers, body)

    def next_step(self, code: str | None) -> NextStep:
        return meaning(code)[0].next
