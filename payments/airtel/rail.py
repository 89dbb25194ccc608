"""Airtel Money as a rail: Collection takes the money and reverses whole payments, Disbursement sends it.

Source: Airtel Africa developer documentation, "Collection-APIs" (USSD Push, Transaction Enquiry, Refund,
Callback), "Disbursement-APIs" and "KYC"; docs/payments/airtel.md says what of it was verified and how.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from flows.money import Money
from flows.ports.payments import AttemptStatus, Fit, NextStep, Way
from payments.airtel.answers import status_of, submission_of
from payments.airtel.callbacks import read_call, signed
from payments.airtel.client import AirtelClient, word
from payments.airtel.markets import Market, national, reach
from payments.airtel.notes import clean, transaction_id
from payments.airtel.pin import KeyFaultError, public_key, seal
from payments.airtel.reasons import NO_USER, REASONS, meaning
from payments.airtel.settings import AirtelSettings
from payments.charge import (
    Callback,
    Charge,
    Limits,
    PayoutRequest,
    RailStatus,
    RefundRequest,
    Submission,
)
from payments.errors import PaymentError
from payments.networks import network_fit
from payments.rail import Ability
from payments.unable import Unable

log = structlog.get_logger(__name__)

PAYMENTS = "merchant/v1/payments/"
ENQUIRY = "standard/v1/payments/"
REFUND = "standard/v1/payments/refund"
DISBURSEMENTS = "standard/v1/disbursements/"
USERS = "standard/v1/users/"

# How long a prompt waits for its PIN is not documented; from general knowledge, to be verified. A payment
# that comes later is found by the polls.
APPROVAL_WINDOW = timedelta(minutes=5)

NETWORK = frozenset({"Airtel"})

NO_ENQUIRY = "no-refund-enquiry"


class Airtel(Unable):
    """One application of Airtel's. `clock` is in seconds, monotonic. With a public key that cannot be read
    it takes money, and sends none."""

    name = "airtel"
    way = Way.PROMPT
    reasons = REASONS
    window = APPROVAL_WINDOW

    def __init__(
        self,
        settings: AirtelSettings,
        *,
        clock: Callable[[], float],
        client: AirtelClient | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._client = client or AirtelClient(settings, clock)
        self._abroad: dict[str, Airtel] = {}
        self._reach = reach(settings.country, settings.api_url)
        if self._reach.home is None:
            log.error("Airtel Money is not in this country", country=settings.country)
        self._secret = settings.webhook_secret
        self._pin = settings.disbursement_pin
        self._key = _key_of(settings)

    def in_country(self, country: str) -> "Airtel":
        """An account is of one country; an emulator plays all, and an enquiry names its own. One and the
        same rail for all shops of a country."""
        if country == self._settings.country or not self._reach.serves_in(country):
            return self
        if country not in self._abroad:
            there = replace(self._settings, country=country)
            self._abroad.setdefault(country, Airtel(there, clock=self._clock, client=self._client))
        return self._abroad[country]

    def serves(self, country: str, currency: str) -> bool:
        return self._reach.serves(country, currency)

    def fit(self, phone: str) -> Fit:
        return network_fit(phone, NETWORK) if self._reach.market_of(phone) else Fit.NO

    def limits(self, currency: str) -> Limits:
        """Airtel documents none; each wallet's are told by DP00800001003 and DP00800001004."""
        return Limits()

    def can(self, ability: Ability) -> bool:
        """A whole payment is reversed; a part of one goes to the payer as a disbursement."""
        if ability in (Ability.PART_REFUND, Ability.PAYOUT):
            return self._pin is not None and self._key is not None
        return ability in (Ability.REFUND, Ability.HOLDER_NAME)

    def request(self, charge: Charge) -> Submission:
        market = self._market(charge.payer, charge.amount)
        where = {"country": market.country, "currency": market.currency}
        answer = self._client.post(
            PAYMENTS,
            market,
            {
                "reference": clean(charge.note),
                "subscriber": {**where, "msisdn": national(charge.payer)},
                "transaction": {
                    **where,
                    "amount": charge.amount.major,
                    "id": transaction_id(charge.reference),
                },
            },
        )
        return submission_of(answer)

    def status(self, reference: UUID) -> RailStatus:
        return self._enquire(ENQUIRY, reference)

    def refund(self, refund: RefundRequest) -> Submission:
        """A whole payment goes back by Airtel's own id of it, which carries no reference of ours: once it
        may have left it is never sent again."""
        if not _is_whole(refund):
            return self._disburse(refund.reference, refund.payer, refund.amount, refund.note)
        market = self._market(refund.payer, refund.amount)
        taken = {"transaction": {"airtel_money_id": refund.charge_id}}
        answer = self._client.post(REFUND, market, taken)
        submission = submission_of(answer)
        if submission.state is not AttemptStatus.PENDING:
            return submission
        said = word(answer.transaction.get("airtel_money_id")) or refund.charge_id
        return Submission(AttemptStatus.PENDING, submission.code, submission.known, said)

    def refund_status(self, refund: RefundRequest) -> RailStatus:
        """Airtel has no enquiry about a reversal. The answer to it is final; where that was lost it is
        FAILED here, which leaves it to a person, who can see in Airtel's portal what became of it."""
        if not _is_whole(refund):
            return self._enquire(DISBURSEMENTS, refund.reference)
        if refund.provider_id:
            return RailStatus(
                AttemptStatus.SUCCEEDED, provider_id=refund.provider_id, as_asked=True
            )
        return RailStatus(AttemptStatus.FAILED, NO_ENQUIRY)

    def payout(self, payout: PayoutRequest) -> Submission:
        return self._disburse(payout.reference, payout.payee, payout.amount, payout.note)

    def payout_status(self, payout: PayoutRequest) -> RailStatus:
        return self._enquire(DISBURSEMENTS, payout.reference)

    def holder_name(self, phone: str) -> str | None:
        market = self._reach.market_of(phone)
        if market is None:
            return None
        answer = self._client.get(f"{USERS}{national(phone)}", market)
        if answer.code in NO_USER or (answer.status == 404 and answer.body):
            return None
        if answer.status != 200 or not answer.accepted:
            code = answer.code or f"http-{answer.status}"
            refused = answer.status in (400, 403)
            raise PaymentError(f"holder: {code}", permanent=refused, code=code)
        names = (word(answer.data.get(key)) for key in ("first_name", "last_name"))
        return " ".join(name.strip() for name in names if name).strip() or None

    def read_callback(self, path: str, headers: Mapping[str, str], body: bytes) -> Callback | None:
        """Which of our transactions it is about. The body does not say whether it was a charge, a refund
        or a payout; no two of ours share a reference."""
        call = read_call(headers, body)
        if self._secret and (call is None or not signed(call, body, self._secret)):
            return None
        reference = call.reference if call else None
        if reference is None:
            return Callback()
        return Callback((reference,), (reference,), (reference,))

    def next_step(self, code: str | None) -> NextStep:
        return meaning(code)[0].next

    def _enquire(self, path: str, reference: UUID) -> RailStatus:
        home = self._reach.home
        if home is None:
            raise PaymentError("Airtel is in no such country", permanent=True, code="no-market")
        return status_of(self._client.get(path + transaction_id(reference), home), home.currency)

    def _disburse(self, reference: UUID, payee: str, amount: Money, note: str) -> Submission:
        if self._pin is None or self._key is None:
            raise PaymentError("no disbursement PIN is set", permanent=True, code="no-disbursement")
        market = self._market(payee, amount)
        answer = self._client.post(
            DISBURSEMENTS,
            market,
            {
                "payee": {"msisdn": national(payee)},
                "reference": clean(note),
                "pin": seal(self._pin, self._key),
                "transaction": {"amount": amount.major, "id": transaction_id(reference)},
            },
        )
        return submission_of(answer)

    def _market(self, phone: str, amount: Money) -> Market:
        market = self._reach.market_of(phone)
        if market is None or market.currency != amount.currency:
            raise PaymentError("no market of ours", permanent=True, code="no-market")
        return market


def _key_of(settings: AirtelSettings) -> RSAPublicKey | None:
    if not settings.public_key:
        return None
    try:
        return public_key(settings.public_key)
    except KeyFaultError as error:
        log.error("nothing can be sent by Airtel", reason=str(error))
        return None


def _is_whole(refund: RefundRequest) -> bool:
    """Told by the charge alone, so that it is the same whenever it is asked."""
    return refund.charge_id is not None and refund.amount == refund.charged
