"""Paystack's webhooks: signed, and even so only hints.

Source: Paystack documentation, "Webhooks": `x-paystack-signature` is the hex HMAC-SHA512 of the raw body
under the secret key. There is none for a charge that failed. A refund's events name the transaction's
reference, not our own; a transfer's name ours.
"""

import hashlib
import hmac
from collections.abc import Mapping
from uuid import UUID

from payments.amounts import json_object
from payments.charge import Callback

HEADER = "x-paystack-signature"


def sign(secret_key: str, body: bytes) -> str:
    return hmac.new(secret_key.encode(), body, hashlib.sha512).hexdigest()


def read(secret_key: str, headers: Mapping[str, str], body: bytes) -> Callback | None:
    """What an event is about; None where Paystack did not sign it."""
    given = next((text for name, text in headers.items() if name.lower() == HEADER), "")
    signed = sign(secret_key, body)
    if not hmac.compare_digest(given.strip().lower().encode(), signed.encode()):
        return None
    told = json_object(body)
    event, data = told.get("event"), told.get("data")
    if not isinstance(event, str) or not isinstance(data, Mapping):
        return Callback()
    if event.startswith("charge."):
        return Callback(charges=_uuids(data.get("reference")))
    if event.startswith("transfer."):
        return Callback(payouts=_uuids(data.get("reference")))
    if event.startswith("refund."):
        return Callback(charges=_uuids(data.get("transaction_reference")))
    return Callback()


def _uuids(reference: object) -> tuple[UUID, ...]:
    """Our own references are UUIDs; an account may have transactions that are none of ours."""
    try:
        return (UUID(reference),) if isinstance(reference, str) else ()
    except ValueError:
        return ()
