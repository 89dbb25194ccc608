"""Amounts as Flutterwave writes and takes them: major units, as JSON numbers or text.

Source: Flutterwave v3 documentation, "Flutterwave Standard" and "Transaction Verification".
"""

import re
from decimal import Decimal

from flows.money import Money, MoneyError

_PLAIN = re.compile(r"\d{1,15}(\.\d{1,6})?")


def read(amount: object, currency: object) -> Money | None:
    """The amount; None where it is not plainly one: negative, with an exponent, out of all measure,
    finer than its currency, or no number."""
    if not isinstance(currency, str) or not re.fullmatch("[A-Z]{3}", currency):
        return None
    if isinstance(amount, bool) or not isinstance(amount, int | str | Decimal):
        return None
    if not isinstance(amount, str) and not -1 < amount < 10**15:
        return None
    words = str(amount)
    if not _PLAIN.fullmatch(words):
        return None
    try:
        return Money.of(Decimal(words), currency)
    except MoneyError:
        return None


def write(money: Money) -> str:
    """In major units, as text."""
    return format(money.major, "f")
