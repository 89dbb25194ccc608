"""Giving money back. A refund has no reference of ours at Flutterwave, so ours goes along as its comment,
and after an unknown outcome the transaction's refunds are looked through before anything is sent again.

Sources: Flutterwave v3 documentation, "Refunds" (statuses; "completed" alone is only begun) and API
reference "Create a refund", "Get all refunds" (its `id` is the transaction's). That a comment comes back
in the list, `callbackurl`, and `meta.disburse_status` are known from integrations only: to be verified.
"""

import json
from collections.abc import Mapping
from datetime import timedelta

from flows.ports.payments import AttemptStatus
from payments.amounts import amount_of
from payments.charge import RailStatus, RefundRequest, Submission
from payments.errors import PaymentError
from payments.flutterwave.charges import transactions
from payments.flutterwave.client import FlutterwaveClient, written
from payments.flutterwave.reasons import (
    ALREADY_REFUNDED,
    NO_CHARGE,
    NOT_SEEN,
    REFUND_FAILED,
    UNMATCHED,
    code_of,
    meaning,
)

SUCCEEDED, FAILED = AttemptStatus.SUCCEEDED, AttemptStatus.FAILED
PENDING, UNKNOWN = AttemptStatus.PENDING, AttemptStatus.UNKNOWN

# In small letters. What is not here is not known, and waits.
STATES: Mapping[str, AttemptStatus] = {
    "completed": PENDING,
    "completed-bank-transfer": SUCCEEDED,
    "completed-momo": SUCCEEDED,
    "completed-mpgs": SUCCEEDED,
    "completed-offline": SUCCEEDED,
    "completed-preauth": SUCCEEDED,
    "failed": FAILED,
    "new": PENDING,
    "pending": PENDING,
    "pending-momo": PENDING,
    "processing": PENDING,
}
DISBURSED: Mapping[str, AttemptStatus] = {"successful": SUCCEEDED, "failed": FAILED}

# Flutterwave works at a request for 28 s before it gives up ("Handling Error Timeouts"): one that is in
# no list after this was not taken.
SETTLES = timedelta(minutes=2)


class Refunding:
    """`callback_base` is the webhook's own URL: a refund is told of below it."""

    def __init__(self, client: FlutterwaveClient, callback_base: str) -> None:
        self._client = client
        self._callback_base = callback_base

    def send(self, refund: RefundRequest) -> Submission:
        """Ask for the refund, unless that was done before. Raises PaymentError."""
        charge = self._charge(refund)
        before = self._found(refund, charge)
        if before.provider_id or before.code == UNMATCHED:
            state = PENDING if before.provider_id else UNKNOWN
            return Submission(state, before.code, before.known, before.provider_id)
        answer = self._client.post(
            f"transactions/{charge}/refund",
            {
                "amount": written(refund.amount),
                "comments": f"{refund.note} {refund.reference}",
                "callbackurl": f"{self._callback_base}/refunds/{refund.reference}",
            },
        )
        if answer.ok:
            return Submission(PENDING, provider_id=_text(answer.record.get("id")))
        code = code_of(answer.trouble) or f"http-{answer.status}"
        known = meaning(code)[1]
        if answer.refused and code != ALREADY_REFUNDED:
            return Submission(FAILED, code, known)
        return Submission(UNKNOWN, code, known)

    def status(self, refund: RefundRequest) -> RailStatus:
        """Where it stands; state None: it was surely never taken. Raises PaymentError."""
        if refund.provider_id:
            answer = self._client.get(f"refunds/{refund.provider_id}")
            if not answer.ok:
                raise PaymentError(f"refund: {answer.status}", code=code_of(answer.trouble))
            return _status(answer.record, refund)
        return self._found(refund, self._charge(refund))

    def _found(self, refund: RefundRequest, charge: str) -> RailStatus:
        answer = self._client.get("refunds", id=charge)
        if not answer.ok:
            raise PaymentError(f"refunds: {answer.status}", code=code_of(answer.trouble))
        return _match(answer.records, refund)

    def _charge(self, refund: RefundRequest) -> str:
        if refund.charge_id:
            return refund.charge_id
        paid = [
            one for one in transactions(self._client, refund.charge) if one.status == "successful"
        ]
        if not paid:
            raise PaymentError("nothing was paid", permanent=True, code=NO_CHARGE)
        return str(paid[0].id)


def _match(records: list[Mapping[str, object]], refund: RefundRequest) -> RailStatus:
    """Ours among the transaction's refunds. One of the same amount that does not say whose it is might be
    ours: then nothing is sent again, and a person must look."""
    for record in records:
        if str(refund.reference) in str(record.get("comments", "")):
            return _status(record, refund)
    if any(not record.get("comments") and _same_amount(record, refund) for record in records):
        return RailStatus(UNKNOWN, UNMATCHED)
    if refund.waited < SETTLES:
        return RailStatus(UNKNOWN, NOT_SEEN)
    return RailStatus(None)


def _same_amount(record: Mapping[str, object], refund: RefundRequest) -> bool:
    return amount_of(record.get("amount_refunded"), refund.amount.currency) == refund.amount


def _status(record: Mapping[str, object], refund: RefundRequest) -> RailStatus:
    """The refund's own `status` decides, unless the network's answer to it is there already."""
    word = str(record.get("status", "")).lower()[:40]
    state = DISBURSED.get(_disbursed(record.get("meta"))) or STATES.get(word)
    told = record.get("amount_refunded")
    return RailStatus(
        state or PENDING,
        REFUND_FAILED if state is FAILED else None if state else f"refund-{word}",
        state is not None,
        _text(record.get("id")),
        amount_of(told, refund.amount.currency) if state is SUCCEEDED else None,
        f"{told} {refund.amount.currency}"[:100],
    )


def _disbursed(meta: object) -> str:
    """`meta` is an object, or one written as text."""
    if isinstance(meta, str):
        try:
            meta = json.loads(meta)
        except (ValueError, RecursionError):
            return ""
    return str(meta.get("disburse_status", "")).lower() if isinstance(meta, Mapping) else ""


def _text(number: object) -> str | None:
    return str(number)[:40] if isinstance(number, int | str) and number else None
