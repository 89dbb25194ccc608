"""MTN MoMo's reason codes: what each means for the attempt, and what the customer can do.

Sources: MTN MoMo developer documentation, "Common error codes" and "Testing"; the error reason's
enumeration in the Collection and Disbursement APIs, which is one for both. A code counts only together
with `status` FAILED, or as the body of an error: while `status` is PENDING the money may still come,
whatever the reason says. The next step is for somebody who pays.
"""

from collections.abc import Mapping

from flows.ports.payments import AttemptStatus, NextStep
from payments.charge import Reason

FAILED, EXPIRED, UNKNOWN = AttemptStatus.FAILED, AttemptStatus.EXPIRED, AttemptStatus.UNKNOWN

REASONS: Mapping[str, Reason] = {
    "APPROVAL_REJECTED": Reason(FAILED, NextStep.TRY_AGAIN),
    "COULD_NOT_PERFORM_TRANSACTION": Reason(EXPIRED, NextStep.TRY_AGAIN),
    "EXPIRED": Reason(EXPIRED, NextStep.TRY_AGAIN),
    # MTN: "predominantly due to insufficient customer funds".
    "INTERNAL_PROCESSING_ERROR": Reason(FAILED, NextStep.TOP_UP),
    "INVALID_CALLBACK_URL_HOST": Reason(FAILED, NextStep.ASK_SHOP),
    "INVALID_CURRENCY": Reason(FAILED, NextStep.ASK_SHOP),
    "NOT_ALLOWED": Reason(FAILED, NextStep.CALL_OPERATOR),
    "NOT_ALLOWED_TARGET_ENVIRONMENT": Reason(FAILED, NextStep.ASK_SHOP),
    "NOT_ENOUGH_FUNDS": Reason(FAILED, NextStep.TOP_UP),
    "ONGOING": Reason(FAILED, NextStep.WAIT),
    "PAYEE_DELAYED": Reason(EXPIRED, NextStep.WAIT),
    "PAYEE_NOT_ALLOWED_TO_RECEIVE": Reason(FAILED, NextStep.ASK_SHOP),
    "PAYEE_NOT_FOUND": Reason(FAILED, NextStep.ASK_SHOP),
    "PAYER_DELAYED": Reason(EXPIRED, NextStep.TRY_AGAIN),
    "PAYER_LIMIT_REACHED": Reason(FAILED, NextStep.OTHER_NUMBER),
    "PAYER_NOT_FOUND": Reason(FAILED, NextStep.OTHER_NUMBER),
    "PAYMENT_NOT_APPROVED": Reason(FAILED, NextStep.TRY_AGAIN),
    "RESOURCE_NOT_FOUND": Reason(FAILED, NextStep.ASK_SHOP),
    "SERVICE_UNAVAILABLE": Reason(UNKNOWN, NextStep.WAIT),
    "TRANSACTION_CANCELED": Reason(FAILED, NextStep.TRY_AGAIN),
}

# A code that no table has. The attempt stays undecided: the money may have moved.
UNKNOWN_REASON = Reason(UNKNOWN, NextStep.ASK_SHOP)

# As the body of an HTTP 5xx these say that MTN was in trouble, not that it refused.
TROUBLE = frozenset({"INTERNAL_PROCESSING_ERROR", "SERVICE_UNAVAILABLE"})


def meaning(code: str | None) -> tuple[Reason, bool]:
    """The code's row, and whether the table has one."""
    reason = REASONS.get(code or "")
    return (reason, True) if reason else (UNKNOWN_REASON, False)
