"""Paystack's words for why money did not move: what each means, and what the customer can do.

Sources: Paystack documentation, "Verify payments" (statuses), "Payment channels" (answers to a charge),
"Error handling" (codes); the wallets' own words come through as `gateway_response`: MTN's reason codes
and the result descriptions of M-Pesa's documentation. Which of those Paystack passes on unchanged is
partly from general knowledge, to be verified. Codes and sentences stand here as `client.slug` writes
them. `failed` is final by Paystack's documentation, so that a reason that no table has is only
unexplained, not undecided.
"""

from collections.abc import Mapping

from flows.ports.payments import AttemptStatus, NextStep
from payments.charge import Reason

PENDING, UNKNOWN = AttemptStatus.PENDING, AttemptStatus.UNKNOWN
FAILED, EXPIRED = AttemptStatus.FAILED, AttemptStatus.EXPIRED

# This reference was taken before: it is asked about, never charged again.
DUPLICATES = frozenset({"duplicate-reference", "duplicate-transaction-reference"})

# Paystack has never heard of it.
NOT_FOUND = frozenset(
    {
        "transaction-not-found",
        "transaction-reference-not-found",
        "transfer-not-found",
        "refund-not-found",
        "entity-not-found",
    }
)

REVERSED = "reversed"

# What the payer's network or the payer said, and Paystack's word for how a charge stands.
_PAYER: Mapping[str, Reason] = {
    "approval-rejected": Reason(FAILED, NextStep.TRY_AGAIN),
    "cancelled-by-user": Reason(FAILED, NextStep.TRY_AGAIN),
    "declined": Reason(FAILED, NextStep.TRY_AGAIN),
    "ds-timeout-user-cannot-be-reached": Reason(EXPIRED, NextStep.TRY_AGAIN),
    "expired": Reason(EXPIRED, NextStep.TRY_AGAIN),
    "insufficient-funds": Reason(FAILED, NextStep.TOP_UP),
    "internal-processing-error": Reason(FAILED, NextStep.TOP_UP),
    "invalid-otp": Reason(FAILED, NextStep.TRY_AGAIN),
    "low-balance-or-payee-limit-reached-or-not-allowed": Reason(FAILED, NextStep.TOP_UP),
    "not-allowed": Reason(FAILED, NextStep.CALL_OPERATOR),
    "not-enough-funds": Reason(FAILED, NextStep.TOP_UP),
    "payer-limit-reached": Reason(FAILED, NextStep.OTHER_NUMBER),
    "payer-not-found": Reason(FAILED, NextStep.OTHER_NUMBER),
    "request-cancelled-by-user": Reason(FAILED, NextStep.TRY_AGAIN),
    "sms-timeout": Reason(EXPIRED, NextStep.TRY_AGAIN),
    "the-balance-is-insufficient-for-the-transaction": Reason(FAILED, NextStep.TOP_UP),
    "the-initiator-information-is-invalid": Reason(FAILED, NextStep.TRY_AGAIN),
    "timeout": Reason(EXPIRED, NextStep.TRY_AGAIN),
    "transaction-timed-out": Reason(EXPIRED, NextStep.TRY_AGAIN),
    "unable-to-lock-subscriber": Reason(FAILED, NextStep.WAIT),
    REVERSED: Reason(FAILED, NextStep.ASK_SHOP),
}

# Why a request for money was refused, or asked for what only a card's holder could give.
_REFUSED: Mapping[str, Reason] = {
    "channel-not-available": Reason(FAILED, NextStep.ASK_SHOP),
    "currency-not-supported-by-merchant": Reason(FAILED, NextStep.ASK_SHOP),
    "invalid-amount": Reason(FAILED, NextStep.ASK_SHOP),
    "invalid-amount-sent": Reason(FAILED, NextStep.ASK_SHOP),
    "invalid-email-address-passed": Reason(FAILED, NextStep.ASK_SHOP),
    "invalid-mobile-money-provider": Reason(FAILED, NextStep.OTHER_NUMBER),
    "invalid-phone-number": Reason(FAILED, NextStep.OTHER_NUMBER),
    "no-wallet": Reason(FAILED, NextStep.OTHER_NUMBER),
    "send-address": Reason(FAILED, NextStep.OTHER_NUMBER),
    "send-birthday": Reason(FAILED, NextStep.OTHER_NUMBER),
    "send-phone": Reason(FAILED, NextStep.OTHER_NUMBER),
    "send-pin": Reason(FAILED, NextStep.OTHER_NUMBER),
    "unsupported-currency": Reason(FAILED, NextStep.ASK_SHOP),
}

# While it is one of these the money may still come.
_WAITING: Mapping[str, Reason] = {
    "abandoned": Reason(PENDING, NextStep.TRY_AGAIN),
    "ongoing": Reason(PENDING, NextStep.TRY_AGAIN),
    "open-url": Reason(PENDING, NextStep.TRY_AGAIN),
    "pay-offline": Reason(PENDING, NextStep.TRY_AGAIN),
    "pending": Reason(PENDING, NextStep.WAIT),
    "processing": Reason(PENDING, NextStep.WAIT),
    "queued": Reason(PENDING, NextStep.WAIT),
    "send-otp": Reason(PENDING, NextStep.TRY_AGAIN),
}

# Of refunds and transfers.
_SENDING: Mapping[str, Reason] = {
    "blocked": Reason(PENDING, NextStep.ASK_SHOP),
    "fully-reversed": Reason(UNKNOWN, NextStep.ASK_SHOP),
    "insufficient-balance": Reason(FAILED, NextStep.ASK_SHOP),
    "needs-attention": Reason(PENDING, NextStep.ASK_SHOP),
    "no-recipient": Reason(FAILED, NextStep.OTHER_NUMBER),
    "otp": Reason(PENDING, NextStep.ASK_SHOP),
    "received": Reason(PENDING, NextStep.WAIT),
    "refund-failed": Reason(FAILED, NextStep.ASK_SHOP),
    "refund-not-listed": Reason(UNKNOWN, NextStep.WAIT),
    "refund-unmatched": Reason(UNKNOWN, NextStep.ASK_SHOP),
    "rejected": Reason(FAILED, NextStep.ASK_SHOP),
    "transaction-has-been-fully-reversed": Reason(UNKNOWN, NextStep.ASK_SHOP),
    "transfer-abandoned": Reason(FAILED, NextStep.ASK_SHOP),
    "transfer-failed": Reason(FAILED, NextStep.ASK_SHOP),
    "transfer-reversed": Reason(FAILED, NextStep.ASK_SHOP),
    "your-balance-is-not-enough-to-fulfil-this-request": Reason(FAILED, NextStep.ASK_SHOP),
}

REASONS: Mapping[str, Reason] = {**_PAYER, **_REFUSED, **_WAITING, **_SENDING}

UNKNOWN_REASON = Reason(FAILED, NextStep.ASK_SHOP)


def meaning(code: str | None) -> tuple[Reason, bool]:
    """The code's row, and whether the table has one."""
    reason = REASONS.get(code or "")
    return (reason, True) if reason else (UNKNOWN_REASON, False)
