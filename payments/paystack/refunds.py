"""Refunds: Paystack gives them no reference of ours, so each carries it in its merchant's note and is
looked for before any is sent.

Source: Paystack documentation, "Refunds" and API reference (Create, List and Fetch Refund): statuses
pending, processing, needs-attention, processed, failed; a list can be narrowed to one transaction by
the transaction's id.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from flows.ports.payments import AttemptStatus
from payments.charge import RailStatus, RefundRequest, Submission
from payments.errors import PaymentError
from payments.paystack.amounts import money, subunits
from payments.paystack.answers import number
from payments.paystack.client import Answer, PaystackClient, slug
from payments.paystack.reasons import NOT_FOUND, meaning

PATH = "refund"
PER_PAGE = 100
# A list longer than this is not read to its end: rather a person looks than money is sent twice.
MOST_PAGES = 20

# A refund that is in no list after this was not taken: Paystack's answers come within a minute (from
# general knowledge, to be verified).
SETTLES = timedelta(minutes=2)

NOT_LISTED = "refund-not-listed"
UNMATCHED = "refund-unmatched"

Refunded = Mapping[str, object]

_OURS = re.compile(r"\[[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\]")

STATES: Mapping[str, AttemptStatus] = {
    "pending": AttemptStatus.PENDING,
    "processing": AttemptStatus.PENDING,
    "needs-attention": AttemptStatus.PENDING,
    "processed": AttemptStatus.SUCCEEDED,
    "failed": AttemptStatus.FAILED,
}


def send(client: PaystackClient, refund: RefundRequest) -> Submission:
    """Give money back, unless this very refund is there already."""
    found = _found(client, refund)
    if isinstance(found, str):
        return Submission(AttemptStatus.UNKNOWN, found)
    if found is not None:
        return Submission(AttemptStatus.PENDING, provider_id=number(found.get("id")))
    answer = client.post(
        PATH,
        {
            "transaction": str(refund.charge),
            "amount": subunits(refund.amount),
            "currency": refund.amount.currency,
            "merchant_note": f"{refund.note} [{refund.reference}]",
        },
    )
    if answer.ok:
        return Submission(AttemptStatus.PENDING, provider_id=number(answer.data.get("id")))
    reason, known = meaning(answer.code)
    return Submission(
        reason.state if known else AttemptStatus.FAILED, answer.code[:100], known=known
    )


def status(client: PaystackClient, refund: RefundRequest) -> RailStatus:
    found = _found(client, refund)
    if isinstance(found, str):
        return RailStatus(AttemptStatus.UNKNOWN, found)
    if found is None and refund.waited < SETTLES:
        return RailStatus(AttemptStatus.UNKNOWN, NOT_LISTED)
    if found is None:
        return RailStatus(None)
    amount = money(found.get("amount"), found.get("currency"))
    got = f"{found.get('amount')} {found.get('currency')}"[:100]
    told = (number(found.get("id")), amount, got)
    word = slug(found.get("status"))
    state = STATES.get(word or "")
    if state is AttemptStatus.SUCCEEDED:
        return RailStatus(state, None, True, *told)
    if state is AttemptStatus.FAILED:
        return RailStatus(state, "refund-failed", True, *told)
    code = word if state else f"status-{word}"[:100]
    return RailStatus(AttemptStatus.PENDING, code, state is not None, *told)


def _found(client: PaystackClient, refund: RefundRequest) -> Refunded | str | None:
    """This refund at Paystack: by the id that it was given, else by our reference in its note. A code
    where one that bears nobody's reference gives back as much: it may be this one."""
    if refund.provider_id:
        answer = client.get(f"{PATH}/{refund.provider_id}")
        if answer.ok:
            return answer.data
        if answer.code not in NOT_FOUND:
            raise PaymentError(f"refund: {answer.code}", code=answer.code)
    rows = list(_all(client, refund))
    ours = f"[{refund.reference}]"
    named = next((row for row in rows if ours in str(row.get("merchant_note"))), None)
    if named is None and any(_nobodys(row, refund) for row in rows):
        return UNMATCHED
    return named


def _nobodys(row: Refunded, refund: RefundRequest) -> bool:
    """As one that somebody made by hand, or whose note was lost."""
    same = row.get("transaction_reference") == str(refund.charge)
    alike = money(row.get("amount"), row.get("currency")) == refund.amount
    return same and alike and not _OURS.search(str(row.get("merchant_note")))


def _all(client: PaystackClient, refund: RefundRequest) -> Iterator[Refunded]:
    """The refunds of this charge, or where its id is not known, of everybody."""
    narrowed = {"transaction": refund.charge_id} if refund.charge_id else {}
    for page in range(1, MOST_PAGES + 1):
        answer = client.get(PATH, {"perPage": str(PER_PAGE), "page": str(page), **narrowed})
        rows = _rows(answer)
        yield from rows
        if len(rows) < PER_PAGE:
            return
    raise PaymentError("more refunds than can be looked through", code="refunds-too-many")


def _rows(answer: Answer) -> list[Refunded]:
    if not answer.ok:
        if answer.code in NOT_FOUND:
            return []
        raise PaymentError(f"refunds: {answer.code}", code=answer.code)
    rows = answer.body.get("data")
    if not isinstance(rows, list):
        raise PaymentError("refunds: no list", code="no-list")
    return [row for row in rows if isinstance(row, Mapping)]
