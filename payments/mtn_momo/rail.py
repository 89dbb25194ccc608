"""MTN MoMo as a rail: Collections take the money, Disbursements send it back or out.

Source: MTN MoMo developer documentation, Collection `requesttopay`, Disbursement `refund` and `transfer`
(the page of MTN Rwanda's portal, "Disbursements, Transfer"), and `accountholder` of either. Public client
libraries agree on the paths.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from flows.money import Money
from flows.ports.payments import Fit, NextStep, Way
from payments.charge import (
    Callback,
    Charge,
    Limits,
    PayoutRequest,
    RailStatus,
    RefundRequest,
    Submission,
)
from payments.mtn_momo import answers
from payments.mtn_momo.client import MtnMomoClient
from payments.mtn_momo.markets import is_made_up, reach
from payments.mtn_momo.notes import clean
from payments.mtn_momo.reasons import REASONS, meaning
from payments.mtn_momo.settings import MtnSettings
from payments.networks import network_fit
from payments.rail import Ability
from payments.unable import Unable

REQUEST_TO_PAY = "v1_0/requesttopay"
REFUND = "v1_0/refund"
TRANSFER = "v1_0/transfer"
HOLDER = "v1_0/accountholder/msisdn"

# "Advise customer to approve transaction within 5 minutes": documentation, "Common error codes".
APPROVAL_WINDOW = timedelta(minutes=5)

# As the carriers' own lists call it: Areeba is MTN Guinea, Lonestar Cell is MTN Liberia.
NETWORK = ("MTN", "Areeba", "Lonestar")

REFUNDS, PAYOUTS = "refunds", "payouts"


class MtnMomo(Unable):
    """One API user of MTN's. `public_url` has no trailing slash; `clock` is in seconds, monotonic."""

    name = "mtn-momo"
    way = Way.PROMPT
    reasons = REASONS
    window = APPROVAL_WINDOW

    def __init__(
        self, settings: MtnSettings, *, public_url: str, clock: Callable[[], float]
    ) -> None:
        self._client = MtnMomoClient(settings, clock)
        self._reach = reach(settings.target_environment, settings.api_url)
        self._callbacks = f"{public_url}/webhooks/mtn-momo"

    def serves(self, country: str, currency: str) -> bool:
        return self._reach.serves(country, currency)

    def fit(self, phone: str) -> Fit:
        if not self._reach.payer_ok(phone):
            return Fit.NO
        return Fit.OWN if is_made_up(phone) else network_fit(phone, NETWORK)

    def limits(self, currency: str) -> Limits:
        """MTN names none of its own; each wallet's are told by PAYER_LIMIT_REACHED."""
        return Limits()

    def can(self, ability: Ability) -> bool:
        """Money is sent by the disbursement product alone; a name is told by the collection product
        too."""
        sends = self._client.has("disbursement")
        return sends or ability is Ability.HOLDER_NAME

    def request(self, charge: Charge) -> Submission:
        body = {
            **_terms(charge.amount, charge.order_number, charge.note),
            "payer": _party(charge.payer),
        }
        url = f"{self._callbacks}/{charge.reference}"
        return answers.submission(
            self._client.post("collection", REQUEST_TO_PAY, charge.reference, body, url)
        )

    def status(self, reference: UUID) -> RailStatus:
        return answers.standing(self._client.get("collection", f"{REQUEST_TO_PAY}/{reference}"))

    def refund(self, refund: RefundRequest) -> Submission:
        body = {
            **_terms(refund.amount, refund.order_number, refund.note),
            "referenceIdToRefund": str(refund.charge),
        }
        url = f"{self._callbacks}/{REFUNDS}/{refund.reference}"
        return answers.submission(
            self._client.post("disbursement", REFUND, refund.reference, body, url)
        )

    def refund_status(self, refund: RefundRequest) -> RailStatus:
        return self._sent(f"{REFUND}/{refund.reference}")

    def payout(self, payout: PayoutRequest) -> Submission:
        body = {**_terms(payout.amount, None, payout.note), "payee": _party(payout.payee)}
        url = f"{self._callbacks}/{PAYOUTS}/{payout.reference}"
        return answers.submission(
            self._client.post("disbursement", TRANSFER, payout.reference, body, url)
        )

    def payout_status(self, payout: PayoutRequest) -> RailStatus:
        return self._sent(f"{TRANSFER}/{payout.reference}")

    def holder_name(self, phone: str) -> str | None:
        """Two questions: a wallet that is closed may still have a name."""
        holder = f"{HOLDER}/{phone.removeprefix('+')}"
        if not answers.active(self._client.get("collection", f"{holder}/active")):
            return None
        return answers.name(self._client.get("collection", f"{holder}/basicuserinfo"))

    def read_callback(self, path: str, headers: Mapping[str, str], body: bytes) -> Callback | None:
        """The path says what it is about; the body is not signed, so nothing in it is read."""
        kind, _, reference = path.rpartition("/")
        try:
            about = (UUID(reference),)
        except ValueError:
            return Callback()
        known = {
            "": Callback(charges=about),
            REFUNDS: Callback(refunds=about),
            PAYOUTS: Callback(payouts=about),
        }
        return known.get(kind, Callback())

    def next_step(self, code: str | None) -> NextStep:
        return meaning(code)[0].next

    def _sent(self, path: str) -> RailStatus:
        return answers.standing(self._client.get("disbursement", path))


def _terms(amount: Money, order_number: int | None, note: str) -> dict[str, object]:
    """What everything that moves money says alike. Amounts are text in major units."""
    return {
        "amount": format(amount.major, "f"),
        "currency": amount.currency,
        "externalId": str(order_number or "wallet"),
        "payerMessage": clean(note),
        "payeeNote": clean(note),
    }


def _party(phone: str) -> dict[str, str]:
    return {"partyIdType": "MSISDN", "partyId": phone.removeprefix("+")}
