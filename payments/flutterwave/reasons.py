"""Why money did not move, in Flutterwave's words: what each means and what a person can do.

Flutterwave has no codes: `processor_response` of a charge and `complete_message` of a transfer are
sentences, often the network's own. Sources: Flutterwave support, "Common mobile money transaction
errors" (first block); Flutterwave's Node library, documentation/transfers.md (transfers); general
knowledge, to be verified (cards and banks). A failed charge on a hosted page is not the end of it: the
customer may try again there, see payments/flutterwave/charges.py.
"""

import re
from collections.abc import Mapping

from flows.ports.payments import AttemptStatus, NextStep
from payments.charge import Reason

FAILED, EXPIRED, UNKNOWN = AttemptStatus.FAILED, AttemptStatus.EXPIRED, AttemptStatus.UNKNOWN

# Our own words for what Flutterwave has none for.
NO_LINK = "no-link"
NO_CHARGE = "no-charge"
NO_NETWORK = "no-network"
NOT_SEEN = "refund-not-seen"
UNMATCHED = "refund-unmatched"
REFUND_FAILED = "refund-failed"
ALREADY_REFUNDED = "already-refunded"

REASONS: Mapping[str, Reason] = {
    "Activity timed out": Reason(EXPIRED, NextStep.TRY_AGAIN),
    "An IOException was thrown while trying to execute the Http method": Reason(
        FAILED, NextStep.WAIT
    ),
    "Declined due to limit rule: would exceed the daily transfer limit": Reason(
        FAILED, NextStep.CALL_OPERATOR
    ),
    "External validation failed for the C2B transaction": Reason(FAILED, NextStep.TRY_AGAIN),
    "Internal Server Error": Reason(FAILED, NextStep.WAIT),
    "System internal error": Reason(FAILED, NextStep.WAIT),
    "The Http Server replied with a 5XX status code": Reason(FAILED, NextStep.WAIT),
    "The balance is insufficient for the transaction": Reason(FAILED, NextStep.TOP_UP),
    "The initiator information is invalid": Reason(FAILED, NextStep.TRY_AGAIN),
    "Declined by Financial Institution": Reason(FAILED, NextStep.CALL_OPERATOR),
    "Do Not Honour": Reason(FAILED, NextStep.CALL_OPERATOR),
    "Insufficient Funds": Reason(FAILED, NextStep.TOP_UP),
    "LOW_BALANCE_OR_PAYEE_LIMIT_REACHED_OR_NOT_ALLOWED": Reason(FAILED, NextStep.TOP_UP),
    "Transaction Failed": Reason(FAILED, NextStep.TRY_AGAIN),
    "Unable to obtain user details": Reason(FAILED, NextStep.OTHER_NUMBER),
    "beneficiary_name is required": Reason(FAILED, NextStep.ASK_SHOP),
    "Insufficient wallet balance": Reason(FAILED, NextStep.ASK_SHOP),
    "wallet currently restricted. please contact administrator": Reason(FAILED, NextStep.ASK_SHOP),
    "Cannot refund non-existent/unauthorized transaction": Reason(FAILED, NextStep.ASK_SHOP),
    ALREADY_REFUNDED: Reason(UNKNOWN, NextStep.WAIT),
    NO_CHARGE: Reason(FAILED, NextStep.ASK_SHOP),
    NO_LINK: Reason(UNKNOWN, NextStep.WAIT),
    NO_NETWORK: Reason(FAILED, NextStep.OTHER_NUMBER),
    REFUND_FAILED: Reason(FAILED, NextStep.ASK_SHOP),
    NOT_SEEN: Reason(UNKNOWN, NextStep.WAIT),
    UNMATCHED: Reason(UNKNOWN, NextStep.ASK_SHOP),
    "http-400": Reason(FAILED, NextStep.ASK_SHOP),
    "http-401": Reason(FAILED, NextStep.ASK_SHOP),
    "http-403": Reason(FAILED, NextStep.ASK_SHOP),
    "http-429": Reason(UNKNOWN, NextStep.WAIT),
    "http-500": Reason(UNKNOWN, NextStep.WAIT),
    "http-502": Reason(UNKNOWN, NextStep.WAIT),
    "http-503": Reason(UNKNOWN, NextStep.WAIT),
    "http-504": Reason(UNKNOWN, NextStep.WAIT),
}

# A sentence that no table has. The money may have moved.
UNKNOWN_REASON = Reason(UNKNOWN, NextStep.ASK_SHOP)

# "[MpesaCB - ]", "DISBURSE FAILED:", "Error:": who said it, or that it is an error.
_SPEAKER = re.compile(r"^\s*(?:\[[^\]]*\]|disburse failed:|error:)\s*", re.IGNORECASE)
# Money that the refund before took already: general knowledge, to be verified.
_REFUNDED = re.compile(r"already (?:been )?(?:fully )?refunded|refund.*(?:exceed|greater)", re.I)
# A phone number or an account must not get into the books' reasons.
_DIGITS = re.compile(r"\d{5,}")


def _folded(text: str) -> str:
    return text.strip().rstrip(".").casefold()


_BY_WORDS = {_folded(code): code for code in REASONS}


def code_of(text: object) -> str | None:
    """The table's own spelling of what Flutterwave says, else its words without long numbers."""
    if not isinstance(text, str) or not text.strip():
        return None
    words = _SPEAKER.sub("", text)
    if _REFUNDED.search(words):
        return ALREADY_REFUNDED
    known = _BY_WORDS.get(_folded(words))
    return known or _DIGITS.sub("#", words.strip())[:100]


def meaning(code: str | None) -> tuple[Reason, bool]:
    """The code's row, and whether the table has one."""
    reason = REASONS.get(code or "")
    return (reason, True) if reason else (UNKNOWN_REASON, False)
