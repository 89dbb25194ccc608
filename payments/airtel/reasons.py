"""Airtel Money's codes: what each means for the money, and what a person can do.

Sources: Airtel Africa developer documentation, "Collection-APIs" and "Disbursement-APIs", error codes (DP),
and "Error Codes" (ROUTER of its gateway, ESB of the older result_code); read in copies of the portals of
Uganda, Zambia and Chad, whose texts stand beside the rows that need them. What a person can do is ours.

A code explains, it does not decide: that a transaction succeeded or failed is said by its own `status`
alone. By itself a code counts as the answer to a request that was refused before anybody was asked.
"""

from collections.abc import Mapping

from flows.ports.payments import AttemptStatus, NextStep
from payments.charge import Reason

PENDING, UNKNOWN = AttemptStatus.PENDING, AttemptStatus.UNKNOWN
FAILED, EXPIRED = AttemptStatus.FAILED, AttemptStatus.EXPIRED

_TAKEN = Reason(PENDING, NextStep.WAIT)
# "Please do the transaction enquiry": the money may have moved.
_ENQUIRE = Reason(UNKNOWN, NextStep.WAIT)
_AGAIN = Reason(FAILED, NextStep.TRY_AGAIN)
_OTHER = Reason(FAILED, NextStep.OTHER_NUMBER)
_OPERATOR = Reason(FAILED, NextStep.CALL_OPERATOR)
# Our account, our key or our amount: nothing that the payer could mend.
_OURS = Reason(FAILED, NextStep.ASK_SHOP)
_TOO_LATE = Reason(EXPIRED, NextStep.TRY_AGAIN)

# What we write for DP00800001005 as the answer to a request, with HTTP 400: there its message is "Msisdn Not
# Found", since nobody was asked for a PIN yet.
NO_WALLET = "DP00800001005-400"

COLLECTION: Mapping[str, Reason] = {
    "DP00800001000": _ENQUIRE,
    "DP00800001001": _TAKEN,
    # "Incorrect pin has been entered."
    "DP00800001002": _AGAIN,
    # "The User has exceeded their wallet allowed transaction limit."
    "DP00800001003": _OTHER,
    # "... less than the minimum amount allowed."
    "DP00800001004": _OURS,
    # "User didn't enter the pin."
    "DP00800001005": _AGAIN,
    NO_WALLET: _OTHER,
    "DP00800001006": _TAKEN,
    "DP00800001007": Reason(FAILED, NextStep.TOP_UP),
    "DP00800001008": _AGAIN,
    # "Do not honor", for several possible causes.
    "DP00800001009": _OPERATOR,
    # "... barred or not registered on Airtel Money platform."
    "DP00800001010": _OTHER,
    "DP00800001024": _TOO_LATE,
    "DP00800001025": _ENQUIRE,
    "DP00800001026": _OURS,
    "DP00800001029": _TOO_LATE,
}

DISBURSEMENT: Mapping[str, Reason] = {
    "DP00900001000": _ENQUIRE,
    "DP00900001001": _TAKEN,
    # "Maximum transaction limit reached for the day."
    "DP00900001003": Reason(FAILED, NextStep.WAIT),
    "DP00900001004": _OURS,
    "DP00900001005": _AGAIN,
    "DP00900001006": _TAKEN,
    # Of our own account.
    "DP00900001007": _OURS,
    "DP00900001009": _OURS,
    "DP00900001010": _OURS,
    # "Transaction with similar information already exists": perhaps this very one.
    "DP00900001011": _ENQUIRE,
    "DP00900001012": _OTHER,
    "DP00900001013": _OPERATOR,
    # "May be processed or failed due to time out."
    "DP00900001014": _ENQUIRE,
    "DP00900001015": _ENQUIRE,
    "DP00900001016": _OURS,
    # "Duplicate Transaction Id": taken before.
    "DP00900001017": _TAKEN,
    # In the copies from Congo alone: 1016 under another number, and "Sender is Barred".
    "DP00900001018": _OURS,
    "DP00900001019": _OURS,
}

GATEWAY: Mapping[str, Reason] = {
    "ROUTER001": _OURS,
    "ROUTER003": _OURS,
    "ROUTER005": _OURS,
    "ROUTER006": _OURS,
    "ROUTER007": _OURS,
    "ROUTER112": _OURS,
    "ROUTER114": _OURS,
    "ROUTER115": _OURS,
    "ROUTER116": _OURS,
    "ROUTER117": _ENQUIRE,
    "ROUTER119": _OURS,
}

OLDER: Mapping[str, Reason] = {
    "0000900": _ENQUIRE,
    "ESB000001": _ENQUIRE,
    "ESB000004": _ENQUIRE,
    # "Field validation": whether before or after the money moved is not said.
    "ESB000008": Reason(UNKNOWN, NextStep.ASK_SHOP),
    "ESB000010": _TAKEN,
    "ESB000011": _AGAIN,
    "ESB000014": _ENQUIRE,
    "ESB000033": _OTHER,
    "ESB000034": _OURS,
    "ESB000035": _OURS,
    "ESB000036": _OTHER,
    "ESB000039": _OURS,
    # "External Transaction ID already exists": taken before.
    "ESB000041": _TAKEN,
    "ESB000045": _ENQUIRE,
}

# The ends of a transaction, where no code explains them.
ENDS: Mapping[str, Reason] = {"TF": _AGAIN, "TE": _TOO_LATE}

REASONS: Mapping[str, Reason] = {**COLLECTION, **DISBURSEMENT, **GATEWAY, **OLDER, **ENDS}

# Airtel has never heard of the transaction.
NOT_FOUND = frozenset({"DP00800001025", "DP00900001015", "ESB000045"})

# Of the KYC product: nobody has a wallet by this number.
NO_USER = frozenset({"DP02200000002"})

# A code that no table has. The money may have moved.
UNKNOWN_REASON = Reason(UNKNOWN, NextStep.ASK_SHOP)


def meaning(code: str | None) -> tuple[Reason, bool]:
    """The code's row, and whether the table has one."""
    reason = REASONS.get(code or "")
    return (reason, True) if reason else (UNKNOWN_REASON, False)
