"""The sandbox's made-up numbers. Source: MTN MoMo developer documentation, "Testing": its table of cases
(RequestToPayPayerRejected, TransferPayeeNotEnoughFunds, ...) by number; the reason beside each case is
the code that its name says."""

from collections.abc import Mapping
from dataclasses import dataclass

_REFUSALS = (
    "NOT_ALLOWED",
    "NOT_ALLOWED_TARGET_ENVIRONMENT",
    "INVALID_CALLBACK_URL_HOST",
    "INVALID_CURRENCY",
)


@dataclass(frozen=True, slots=True)
class Table:
    """By a number's ending: `failing` is the reason of a FAILED transaction, `waiting` that beside a
    status that stays PENDING, `refused` the code of an HTTP 500 to the request itself."""

    failing: Mapping[str, str]
    waiting: Mapping[str, str]
    refused: Mapping[str, str]


# Payers of a request to pay: 467331234xx.
PAYERS = Table(
    failing={
        "50": "INTERNAL_PROCESSING_ERROR",
        "51": "APPROVAL_REJECTED",
        "52": "EXPIRED",
        "55": "PAYER_NOT_FOUND",
        "56": "PAYEE_NOT_ALLOWED_TO_RECEIVE",
        "61": "INTERNAL_PROCESSING_ERROR",
        "62": "SERVICE_UNAVAILABLE",
        "63": "COULD_NOT_PERFORM_TRANSACTION",
    },
    waiting={"53": "ONGOING", "54": "PAYER_DELAYED"},
    refused=dict(zip(("57", "58", "59", "60"), _REFUSALS, strict=True)),
)

# Payees of a transfer: 467331234xx.
PAYEES = Table(
    failing={
        "50": "INTERNAL_PROCESSING_ERROR",
        "51": "APPROVAL_REJECTED",
        "52": "EXPIRED",
        "55": "NOT_ENOUGH_FUNDS",
        "56": "PAYER_LIMIT_REACHED",
        "57": "PAYEE_NOT_FOUND",
        "62": "INTERNAL_PROCESSING_ERROR",
        "63": "SERVICE_UNAVAILABLE",
    },
    waiting={"53": "ONGOING", "54": "PAYEE_DELAYED"},
    refused=dict(zip(("58", "59", "60", "61"), _REFUSALS, strict=True)),
)

# Whole references of the payment that a refund is of.
REFUNDS = Table(
    failing={
        "1": "RESOURCE_NOT_FOUND",
        "2": "INTERNAL_PROCESSING_ERROR",
        "3": "APPROVAL_REJECTED",
        "4": "EXPIRED",
        "11": "INTERNAL_PROCESSING_ERROR",
        "12": "SERVICE_UNAVAILABLE",
        "13": "COULD_NOT_PERFORM_TRANSACTION",
    },
    waiting={"5": "ONGOING", "6": "PAYER_DELAYED"},
    refused=dict(zip(("7", "8", "9", "10"), _REFUSALS, strict=True)),
)

# Holders who are asked about: 467331234xx -> HTTP status and code; 51 is there, but not active.
HOLDERS: Mapping[str, tuple[int, str]] = {
    "50": (404, "RESOURCE_NOT_FOUND"),
    "52": (500, "NOT_ALLOWED"),
    "53": (500, "NOT_ALLOWED_TARGET_ENVIRONMENT"),
    "54": (500, "INTERNAL_PROCESSING_ERROR"),
    "55": (503, "SERVICE_UNAVAILABLE"),
}
NOT_ACTIVE = "51"

_STEM = "467331234"


def ending(phone: str) -> str:
    """The two digits of a made-up number (with or without "+"), empty for anybody else's."""
    digits = phone.removeprefix("+")
    return digits[-2:] if digits.startswith(_STEM) and len(digits) == len(_STEM) + 2 else ""
