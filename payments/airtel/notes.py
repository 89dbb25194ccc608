"""Texts as Airtel takes them.

Source: integrations in Uganda find 4 to 64 letters and digits in `reference` and `transaction.id`; the
documents' own sample has a space in the first. To be verified.
"""

import re
import unicodedata
from uuid import UUID

LEAST, MOST = 4, 64
_ODD = re.compile(r"[^A-Za-z0-9 ]+")


def clean(text: str) -> str:
    """`text` in plain letters, digits and spaces."""
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = " ".join(_ODD.sub(" ", plain).split())[:MOST].strip()
    return words if len(words) >= LEAST else "Payment"


def transaction_id(reference: UUID) -> str:
    """Our reference without its dashes: 32 letters and digits. `UUID` reads it back."""
    return reference.hex
