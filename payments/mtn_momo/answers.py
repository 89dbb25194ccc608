"""What MTN's answers say about the money."""

from flows.ports.payments import AttemptStatus
from payments.amounts import amount_of
from payments.charge import RailStatus, Submission
from payments.errors import PaymentError
from payments.mtn_momo.client import Answer
from payments.mtn_momo.reasons import TROUBLE, meaning

PENDING, SUCCEEDED, FAILED, UNKNOWN = (
    AttemptStatus.PENDING,
    AttemptStatus.SUCCEEDED,
    AttemptStatus.FAILED,
    AttemptStatus.UNKNOWN,
)


def submission(answer: Answer) -> Submission:
    """202: taken. 409: this reference was taken before, so it is asked about like any other. A 4xx is
    a refusal; a 5xx is one only where its code says so, otherwise the request may have been taken."""
    if answer.status in (202, 409):
        return Submission(PENDING)
    reason, known = meaning(answer.code)
    code = answer.code or f"http-{answer.status}"
    if 400 <= answer.status < 500 and answer.status != 408:
        return Submission(FAILED, code, known)
    if known and code not in TROUBLE and reason.state is not UNKNOWN:
        return Submission(FAILED, code)
    return Submission(UNKNOWN, code, known)


def standing(answer: Answer) -> RailStatus:
    """The transaction's own `status` decides; its reason only explains a FAILED. Raises PaymentError
    where the answer says nothing about the transaction."""
    if answer.status == 404:
        return RailStatus(None, answer.code)
    if answer.status != 200:
        raise unreadable("status", answer)
    body = answer.body
    got = f"{body.get('amount')} {body.get('currency')}"[:100]
    amount = amount_of(body.get("amount"), body.get("currency"))
    provider_id = body.get("financialTransactionId")
    number = str(provider_id)[:100] if isinstance(provider_id, str | int) else None
    status = str(body.get("status", "")).upper()
    if status == "SUCCESSFUL":
        return RailStatus(SUCCEEDED, None, True, number, amount, got)
    if status == "FAILED" and answer.reason is None:
        return RailStatus(FAILED, "failed", False, number, amount, got)
    if status == "FAILED":
        reason, known = meaning(answer.reason)
        return RailStatus(reason.state, answer.reason, known, number, amount, got)
    waits = status in ("PENDING", "CREATED")
    why = answer.reason if waits else f"status-{status}"[:100]
    return RailStatus(PENDING, why, waits, number, amount, got)


def active(answer: Answer) -> bool:
    """Whether there is a wallet that takes part. Raises PaymentError."""
    if answer.status == 404:
        return False
    if answer.status != 200 or not isinstance(answer.body.get("result"), bool):
        raise unreadable("account holder", answer)
    return answer.body["result"] is True


def name(answer: Answer) -> str | None:
    """The holder's name as the network knows it, first name first. Raises PaymentError."""
    if answer.status == 404:
        return None
    if answer.status != 200:
        raise unreadable("holder's name", answer)
    parts = [answer.body.get(key) for key in ("given_name", "family_name")]
    words = " ".join(part.strip() for part in parts if isinstance(part, str) and part.strip())
    return words[:100] or None


def unreadable(what: str, answer: Answer) -> PaymentError:
    """`permanent` where asking again changes nothing: MTN refuses the question itself."""
    code = answer.code or f"http-{answer.status}"
    return PaymentError(
        f"{what}: {code}",
        code=code,
        permanent=answer.status in (400, 403),
        retry_after=answer.retry_after,
    )
