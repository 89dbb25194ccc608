"""Transfers: money sent to a wallet, under our own reference.

Source: Paystack documentation, "Single transfers" and API reference (Create Transfer Recipient,
Initiate and Verify Transfer). The same details make the same recipient, so it is made before every
transfer. The account's transfers must not ask for a one-time code: the dashboard's setting "Confirm
transfers before sending" is to be off, otherwise each waits as `otp` until somebody there confirms it.
"""

from collections.abc import Mapping

from flows.ports.payments import AttemptStatus
from payments.charge import PayoutRequest, RailStatus, Submission
from payments.errors import PaymentError
from payments.paystack.amounts import money, subunits
from payments.paystack.answers import number
from payments.paystack.client import Answer, PaystackClient, slug
from payments.paystack.markets import MARKETS, wallet_of
from payments.paystack.reasons import NOT_FOUND, meaning

# A transfer's status -> how it stands, and the code that says so. One that is blocked, received or waits
# for a code has not ended: somebody at Paystack or in its dashboard may yet let it go.
STATES: Mapping[str, tuple[AttemptStatus, str | None]] = {
    "success": (AttemptStatus.SUCCEEDED, None),
    "failed": (AttemptStatus.FAILED, "transfer-failed"),
    "reversed": (AttemptStatus.FAILED, "transfer-reversed"),
    "rejected": (AttemptStatus.FAILED, "rejected"),
    "abandoned": (AttemptStatus.FAILED, "transfer-abandoned"),
    "pending": (AttemptStatus.PENDING, None),
    "processing": (AttemptStatus.PENDING, None),
    "queued": (AttemptStatus.PENDING, None),
    "received": (AttemptStatus.PENDING, "received"),
    "blocked": (AttemptStatus.PENDING, "blocked"),
    "otp": (AttemptStatus.PENDING, "otp"),
}


# How Paystack says that a transfer of this reference is there: as a code, or in its message.
TAKEN_BEFORE = ("duplicate", "reference-already-exists")


def send(client: PaystackClient, payout: PayoutRequest, country: str) -> Submission:
    wallet = wallet_of(country, payout.payee)
    bank = MARKETS[country].banks.get(wallet.provider) if wallet and country in MARKETS else None
    if wallet is None or bank is None:
        return Submission(AttemptStatus.FAILED, "no-recipient")
    recipient = _recipient(client, payout, wallet.number, bank)
    if isinstance(recipient, Submission):
        return recipient
    answer = client.post(
        "transfer",
        {
            "source": "balance",
            "amount": subunits(payout.amount),
            "currency": payout.amount.currency,
            "recipient": recipient,
            "reference": str(payout.reference),
            "reason": payout.note,
        },
    )
    return _submission(answer)


def status(client: PaystackClient, payout: PayoutRequest) -> RailStatus:
    answer = client.get(f"transfer/verify/{payout.reference}")
    if not answer.ok:
        if answer.code in NOT_FOUND:
            return RailStatus(None, answer.code)
        raise PaymentError(f"transfer: {answer.code}", code=answer.code)
    data = answer.data
    amount = money(data.get("amount"), data.get("currency"))
    got = f"{data.get('amount')} {data.get('currency')}"[:100]
    told = (number(data.get("id")), amount, got)
    word = slug(data.get("status"))
    known = STATES.get(word or "")
    if known is None:
        return RailStatus(AttemptStatus.PENDING, f"status-{word}"[:100], False, *told)
    return RailStatus(known[0], known[1], True, *told, reversed=word == "reversed")


def holder(client: PaystackClient, country: str, phone: str) -> str | None:
    """Whose wallet it is; None where nobody's. Raises PaymentError where that is not told."""
    wallet = wallet_of(country, phone)
    bank = MARKETS[country].banks.get(wallet.provider) if wallet else None
    if wallet is None or bank is None:
        return None
    answer = client.get("bank/resolve", {"account_number": wallet.number, "bank_code": bank})
    name = answer.data.get("account_name")
    if answer.ok and isinstance(name, str) and name.strip():
        return name.strip()[:100]
    if answer.ok or answer.status in (400, 404, 422):
        return None
    raise PaymentError(f"holder's name: {answer.code}", code=answer.code)


def _recipient(
    client: PaystackClient, payout: PayoutRequest, account: str, bank: str
) -> str | Submission:
    """The code of the payee at Paystack. No money moves here, so nothing is unknown of it."""
    try:
        answer = client.post(
            "transferrecipient",
            {
                "type": "mobile_money",
                "name": payout.name or "Sokoni",
                "account_number": account,
                "bank_code": bank,
                "currency": payout.amount.currency,
            },
        )
    except PaymentError as error:
        raise PaymentError(
            error.reason,
            permanent=error.permanent,
            code=error.code,
            retry_after=error.retry_after,
        ) from error
    code = answer.data.get("recipient_code")
    if answer.ok and isinstance(code, str):
        return code
    reason, known = meaning(answer.code)
    return Submission(reason.state if known else AttemptStatus.FAILED, answer.code, known)


def _submission(answer: Answer) -> Submission:
    """A transfer that was refused for want of balance was not taken; nor was one with another's
    reference, but that can only be our own, so it is asked about."""
    if not answer.ok:
        if any(word in answer.code for word in TAKEN_BEFORE):
            return Submission(AttemptStatus.PENDING)
        reason, known = meaning(answer.code)
        return Submission(reason.state if known else AttemptStatus.FAILED, answer.code, known)
    word = slug(answer.data.get("status"))
    state, code = STATES.get(word or "", (AttemptStatus.PENDING, None))
    if state is AttemptStatus.SUCCEEDED:
        state = AttemptStatus.PENDING
    return Submission(state, code, provider_id=number(answer.data.get("id")))
