"""What Paystack's answers about a charge say of the money.

Sources: Paystack documentation, "Verify payments" (statuses) and "Payment channels" (`data.status` of
a charge). On its pay page a customer whose first try failed may try again under the same reference
(from general knowledge, to be verified), so there `failed` is no end before the window is over.
"""

from collections.abc import Mapping

from flows.ports.payments import AttemptStatus, Way
from payments.charge import RailStatus, Submission
from payments.errors import PaymentError
from payments.paystack.amounts import money
from payments.paystack.client import Answer, slug
from payments.paystack.reasons import DUPLICATES, NOT_FOUND, REVERSED, meaning

PENDING, FAILED = AttemptStatus.PENDING, AttemptStatus.FAILED

# Longer than any address of a pay page, and short enough to be sent.
LONGEST_LINK = 500

# Statuses of a transaction of which the end is not known.
UNDECIDED = frozenset({"abandoned", "ongoing", "pending", "processing", "queued"})
# What a charge can wait for that is none of our business: the wallet's holder or the network.
UNDER_WAY = frozenset({"success", "pending", "pay-offline", "ongoing", "processing", "queued"})


def link(answer: Answer) -> Submission:
    """To a request for a link."""
    if not answer.ok:
        return refused(answer)
    url = _page(answer.data.get("authorization_url"))
    if url is None:
        raise PaymentError("no link in the answer", unknown=True, code="no-link")
    return Submission(PENDING, link=url)


def charge(answer: Answer) -> Submission:
    """To a charge of a wallet, or to its one-time code. A success is believed when it is asked about."""
    status = slug(answer.data.get("status"))
    provider_id = number(answer.data.get("id"))
    if status == "send-otp":
        return Submission(PENDING, status, provider_id=provider_id, wants_code=True)
    if status == "open-url":
        return Submission(PENDING, status, link=_page(answer.data.get("url")))
    if status in UNDER_WAY:
        return Submission(PENDING, provider_id=provider_id)
    if status == "timeout":
        return Submission(AttemptStatus.UNKNOWN, status)
    if status == "failed":
        code = why(answer.data)
        return Submission(FAILED, code, meaning(code)[1])
    if status is not None:
        reason, known = meaning(status)
        return Submission(reason.state if known else AttemptStatus.UNKNOWN, status, known)
    if answer.ok:
        return Submission(AttemptStatus.UNKNOWN, "no-status", known=False)
    return refused(answer)


def refused(answer: Answer) -> Submission:
    """Paystack took nothing, or has had this reference before."""
    if answer.code in DUPLICATES:
        return Submission(PENDING)
    reason, known = meaning(answer.code)
    return Submission(reason.state if known else FAILED, answer.code, known)


def status(answer: Answer, way: Way) -> RailStatus:
    """To "verify". The transaction's own status decides; its reason only explains it."""
    if not answer.ok:
        if answer.code in NOT_FOUND:
            return RailStatus(None, answer.code)
        raise PaymentError(f"status: {answer.code}", code=answer.code)
    data = answer.data
    said = data.get("status")
    word = slug(said)
    amount = money(data.get("amount"), data.get("currency"))
    got = f"{data.get('amount')} {data.get('currency')}"[:100]
    told = (number(data.get("id")), amount, got)
    if said == "success":
        return RailStatus(AttemptStatus.SUCCEEDED, None, True, *told)
    if word == REVERSED:
        return RailStatus(FAILED, REVERSED, True, *told, reversed=True)
    if word == "failed":
        code = why(data)
        reason, known = meaning(code)
        state = reason.state if reason.state in (FAILED, AttemptStatus.EXPIRED) else FAILED
        return RailStatus(PENDING if way is Way.LINK else state, code, known, *told)
    known = word in UNDECIDED
    return RailStatus(PENDING, word if known else f"status-{word}"[:100], known, *told)


def why(data: Mapping[str, object]) -> str:
    """Why a transaction failed: the wallet's word, else Paystack's."""
    for name in ("gateway_response", "message", "display_text"):
        code = slug(data.get(name))
        if code is not None:
            return code
    return "declined"


def _page(value: object) -> str | None:
    """An address that a person can be sent to, or None."""
    if not isinstance(value, str) or not value.startswith(("https://", "http://")):
        return None
    plain = value.isascii() and value.isprintable() and " " not in value
    return value if plain and len(value) <= LONGEST_LINK else None


def number(value: object) -> str | None:
    """A provider's id as text."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return str(value)[:100] or None
