"""MTN MoMo as a rail: Collections take the money, Disbursements send it back.

Source: MTN MoMo developer documentation, Collection `requesttopay` and Disbursement `refund`.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from flows.money import Money, MoneyError
from flows.ports.payments import AttemptStatus, Fit, NextStep, Way
from payments.charge import Callback, Charge, Limits, RailStatus, RefundRequest, Submission
from payments.errors import PaymentError
from payments.mtn_momo.client import Answer, MtnMomoClient
from payments.mtn_momo.markets import reach
from payments.mtn_momo.notes import clean
from payments.mtn_momo.reasons import REASONS, TROUBLE, meaning
from payments.mtn_momo.settings import MtnSettings
from payments.rail import Ability
from payments.unable import Unable

REQUEST_TO_PAY = "v1_0/requesttopay"
REFUND = "v1_0/refund"

# "Advise customer to approve transaction within 5 minutes": documentation, "Common error codes".
APPROVAL_WINDOW = timedelta(minutes=5)


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
        self._public_url = public_url

    def serves(self, country: str, currency: str) -> bool:
        return self._reach.serves(country, currency)

    def fit(self, phone: str) -> Fit:
        return Fit.MAYBE if self._reach.payer_ok(phone) else Fit.NO

    def limits(self, currency: str) -> Limits:
        """MTN names none of its own; each wallet's are told by PAYER_LIMIT_REACHED."""
        return Limits()

    def can(self, ability: Ability) -> bool:
        return ability in (Ability.REFUND, Ability.PART_REFUND)

    def request(self, charge: Charge) -> Submission:
        answer = self._client.post(
            "collection",
            REQUEST_TO_PAY,
            charge.reference,
            {
                **_terms(charge.amount, charge.order_number, charge.note),
                "payer": {"partyIdType": "MSISDN", "partyId": charge.payer.removeprefix("+")},
            },
            f"{self._public_url}/webhooks/mtn-momo/{charge.reference}",
        )
        return _submission(answer)

    def status(self, reference: UUID) -> RailStatus:
        return _status(self._client.get("collection", f"{REQUEST_TO_PAY}/{reference}"))

    def refund(self, refund: RefundRequest) -> Submission:
        answer = self._client.post(
            "disbursement",
            REFUND,
            refund.reference,
            {
                **_terms(refund.amount, refund.order_number, refund.note),
                "referenceIdToRefund": str(refund.charge),
            },
        )
        return _submission(answer)

    def refund_status(self, refund: RefundRequest) -> RailStatus:
        return _status(self._client.get("disbursement", f"{REFUND}/{refund.reference}"))

    def read_callback(self, path: str, headers: Mapping[str, str], body: bytes) -> Callback | None:
        """The path carries the attempt's id; the body is not signed, so nothing in it is read."""
        try:
            return Callback(charges=(UUID(path),))
        except ValueError:
            return Callback()

    def next_step(self, code: str | None) -> NextStep:
        return meaning(code)[0].next


def _terms(amount: Money, order_number: int | None, note: str) -> dict[str, object]:
    """What a charge and a refund say alike. Amounts are text in major units."""
    return {
        "amount": format(amount.major, "f"),
        "currency": amount.currency,
        "externalId": str(order_number or "wallet"),
        "payerMessage": clean(note),
        "payeeNote": clean(note),
    }


def _submission(answer: Answer) -> Submission:
    """202: taken. 409: this reference was taken before, so it is asked about like any other. A 4xx is
    a refusal; a 5xx is one only where its code says so, otherwise the request may have been taken."""
    if answer.status in (202, 409):
        return Submission(AttemptStatus.PENDING)
    reason, known = meaning(answer.code)
    code = answer.code or f"http-{answer.status}"
    if 400 <= answer.status < 500 and answer.status != 408:
        return Submission(AttemptStatus.FAILED, code, known)
    if known and code not in TROUBLE and reason.state is not AttemptStatus.UNKNOWN:
        return Submission(AttemptStatus.FAILED, code)
    return Submission(AttemptStatus.UNKNOWN, code, known)


def _status(answer: Answer) -> RailStatus:
    """The transaction's own `status` decides; its reason only explains a FAILED."""
    if answer.status == 404:
        return RailStatus(None, answer.code)
    if answer.status != 200:
        code = answer.code or f"http-{answer.status}"
        raise PaymentError(f"status: {code}", code=code, retry_after=answer.retry_after)
    body = answer.body
    got = f"{body.get('amount')} {body.get('currency')}"[:100]
    amount = _amount(body.get("amount"), body.get("currency"))
    provider_id = body.get("financialTransactionId")
    number = str(provider_id)[:100] if isinstance(provider_id, str | int) else None
    status = str(body.get("status", "")).upper()
    if status == "SUCCESSFUL":
        return RailStatus(AttemptStatus.SUCCEEDED, None, True, number, amount, got)
    if status == "FAILED" and answer.reason is None:
        return RailStatus(AttemptStatus.FAILED, "failed", False, number, amount, got)
    if status == "FAILED":
        reason, known = meaning(answer.reason)
        return RailStatus(reason.state, answer.reason, known, number, amount, got)
    waits = status in ("PENDING", "CREATED")
    why = answer.reason if waits else f"status-{status}"[:100]
    return RailStatus(AttemptStatus.PENDING, why, waits, number, amount, got)


def _amount(amount: object, currency: object) -> Money | None:
    if not isinstance(amount, str | int | float) or not isinstance(currency, str):
        return None
    try:
        return Money.of(Decimal(str(amount)), currency.upper())
    except (MoneyError, ArithmeticError, ValueError):
        return None
