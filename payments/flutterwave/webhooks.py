"""What Flutterwave calls us about.

Sources: Flutterwave v3 documentation, "Webhooks": the header `verif-hash` repeats the secret hash of the
account as it is, so it says who calls and nothing about the body. Events `charge.completed` and
`transfer.completed`. A refund's call has no reference of ours; ours stands in the path that it was given.
"""

import hmac
from collections.abc import Mapping
from uuid import UUID

from payments.amounts import json_object
from payments.charge import Callback

HEADER = "verif-hash"
REFUNDS = "refunds/"
# Bodies are some 2 kB.
LONGEST = 64 * 1024


def read(secret: str, path: str, headers: Mapping[str, str], body: bytes) -> Callback | None:
    """None where the secret is not the account's."""
    given = next((text for name, text in headers.items() if name.lower() == HEADER), "")
    if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        return None
    if path.startswith(REFUNDS):
        return Callback(refunds=_references(path.removeprefix(REFUNDS)))
    told = json_object(body) if len(body) <= LONGEST else {}
    data = told.get("data")
    record = data if isinstance(data, Mapping) else {}
    event = str(told.get("event", ""))
    if event.startswith("charge."):
        return Callback(charges=_references(record.get("tx_ref")))
    if event.startswith("transfer."):
        return Callback(payouts=_references(record.get("reference")))
    return Callback()


def _references(text: object) -> tuple[UUID, ...]:
    try:
        return (UUID(text),) if isinstance(text, str) else ()
    except ValueError:
        return ()
