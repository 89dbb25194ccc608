"""Amounts as Paystack writes them: whole hundredths of the currency's major unit, as a JSON integer.

Source: Paystack documentation, API reference, "Supported currency": amounts are in the subunit; XOF,
which has none, is multiplied by 100 all the same. The same table has the least amounts: NGN 50.00,
GHS 0.10, ZAR 1.00, KES 3.00, XOF 1.00.
"""

from collections.abc import Mapping

from flows.money import Money, exponent
from payments.amounts import amount_of
from payments.charge import Limits

DECIMALS = 2

# In minor units as we count them, so that XOF 1.00 is 1.
LEAST: Mapping[str, int] = {"NGN": 5_000, "GHS": 10, "ZAR": 100, "KES": 300, "XOF": 1}


def limits(currency: str) -> Limits:
    """Paystack names no most; wallets have limits of their own."""
    return Limits(least=LEAST.get(currency, 1))


def subunits(amount: Money) -> int:
    """NGN 480.00 -> 48000; XOF 480 -> 48000."""
    return amount.minor * _factor(amount.currency)


def money(amount: object, currency: object) -> Money | None:
    """What Paystack says that moved; None for what is no amount, finer than the currency, or in one that
    Paystack does not have."""
    read = amount_of(amount, currency, minor=True)
    if read is None or read.currency not in LEAST:
        return None
    minor, rest = divmod(read.minor, _factor(read.currency))
    return None if rest else Money(minor, read.currency)


def _factor(currency: str) -> int:
    return int(10 ** (DECIMALS - exponent(currency)))
