"""The sandbox's made-up payers. Source: MTN MoMo developer documentation, "Testing"."""

from collections.abc import Mapping

# The last two digits of 467331234xx -> reason of a FAILED transaction.
FAILING: Mapping[str, str] = {
    "50": "INTERNAL_PROCESSING_ERROR",
    "51": "APPROVAL_REJECTED",
    "52": "EXPIRED",
    "55": "PAYER_NOT_FOUND",
    "56": "PAYEE_NOT_ALLOWED_TO_RECEIVE",
    "61": "INTERNAL_PROCESSING_ERROR",
    "62": "SERVICE_UNAVAILABLE",
    "63": "COULD_NOT_PERFORM_TRANSACTION",
}
# -> reason beside a status that stays PENDING.
WAITING: Mapping[str, str] = {"53": "ONGOING", "54": "PAYER_DELAYED"}
# -> code of an HTTP 500 to the request itself.
REFUSED: Mapping[str, str] = {
    "57": "NOT_ALLOWED",
    "58": "NOT_ALLOWED_TARGET_ENVIRONMENT",
    "59": "INVALID_CALLBACK_URL_HOST",
    "60": "INVALID_CURRENCY",
}

_STEM = "467331234"


def ending(payer: str) -> str:
    """The two digits of a made-up payer (with or without "+"), empty for anybody else."""
    digits = payer.removeprefix("+")
    return digits[-2:] if digits.startswith(_STEM) and len(digits) == len(_STEM) + 2 else ""
