"""Airtel's answers, as the life of an attempt understands them."""

from flows.ports.payments import AttemptStatus
from payments.airtel.client import Answer, word
from payments.airtel.reasons import NO_WALLET, NOT_FOUND, REASONS, meaning
from payments.amounts import amount_of
from payments.charge import RailStatus, Submission
from payments.errors import PaymentError

PENDING, UNKNOWN = AttemptStatus.PENDING, AttemptStatus.UNKNOWN
FAILED, EXPIRED, SUCCEEDED = AttemptStatus.FAILED, AttemptStatus.EXPIRED, AttemptStatus.SUCCEEDED


def submission_of(answer: Answer) -> Submission:
    """Only an answer that says so clearly is a refusal: one of the table's own codes, or a 4xx, which left
    the gateway before anybody was asked. "Timed out" says nothing yet."""
    if (answer.status, answer.code) == (400, "DP00800001005"):
        return Submission(FAILED, NO_WALLET)
    code = answer.code or f"http-{answer.status}"
    reason, known = meaning(answer.code)
    if answer.status == 409:
        return Submission(PENDING, answer.code, known or answer.code is None)
    if 400 <= answer.status < 500 and answer.status != 408:
        state = reason.state if known else FAILED
    elif not 200 <= answer.status < 300:
        return Submission(UNKNOWN, code, known or answer.code is None)
    elif known:
        # A refusal that says "success" in one breath is for the enquiry to settle.
        state = UNKNOWN if reason.state is FAILED and answer.accepted else reason.state
    else:
        state = PENDING if answer.accepted else UNKNOWN
    if state is PENDING:
        return Submission(PENDING, None if known else answer.code, known or answer.code is None)
    return Submission(UNKNOWN if state is EXPIRED else state, code, known)


def status_of(answer: Answer, currency: str) -> RailStatus:
    """The transaction's own `status` decides: TS, TF, TIP, TA ("ambiguous") or TE ("expired"); its code
    only explains. Source: "Transaction Enquiry".

    No amount is documented there: under our id exactly what we asked for was taken, or nothing. Where one
    is named all the same it counts, in `currency` unless it names its own."""
    status = str(answer.transaction.get("status", "")).upper()
    if answer.status == 404 and answer.body and not status:
        return RailStatus(None, answer.code)
    if answer.code in NOT_FOUND and status not in ("TS", "TF", "TE"):
        return RailStatus(None, answer.code)
    if answer.status != 200:
        code = answer.code or f"http-{answer.status}"
        raise PaymentError(f"status: {code}", code=code, retry_after=answer.retry_after)
    if status == "TS":
        return _succeeded(answer, currency)
    if status in ("TF", "TE"):
        return _ended(answer, status)
    if status in ("TIP", "TA"):
        return RailStatus(PENDING if status == "TIP" else UNKNOWN)
    return RailStatus(UNKNOWN, f"status-{status}"[:100] if status else answer.code, known=False)


def _succeeded(answer: Answer, currency: str) -> RailStatus:
    transaction = answer.transaction
    named = transaction.get("amount")
    currency = word(transaction.get("currency")) or currency
    return RailStatus(
        SUCCEEDED,
        provider_id=word(transaction.get("airtel_money_id")),
        amount=amount_of(named, currency),
        got="" if named is None else f"{named} {currency}"[:100],
        as_asked=named is None,
    )


def _ended(answer: Answer, status: str) -> RailStatus:
    """A code that says otherwise, or none, changes nothing about the end, and explains nothing."""
    state = REASONS[status].state
    reason, known = meaning(answer.code)
    if answer.code is None or (known and reason.state not in (FAILED, EXPIRED)):
        return RailStatus(state, status)
    return RailStatus(reason.state if known and state is FAILED else state, answer.code, known)
