"""Amounts as Paystack writes them: whole hundredths of the currency's major unit, as a JSON integer.

Source: Paystack documentation, API reference, "Supported currency": amounts are in the subunit; XOF,
which has none, is multiplied by 100 all the same. The same table has the least amounts: NGN 50.00,
GHS 0.10, ZAR 1.00, KES 3.00, XOF 1.00.
"""

from collections.abc import Mapping

from flows.money import Money, exponent
from payments.charge import Limits

DECIMALS = 2

# Beyond this no number is an amount.
MOST = 10**15

# In minor units as we count them, so that XOF 1.00 is 1.
LEAST: Mapping[str, int] = {"NGN": 5_000, "GHS": 10, "ZAR": 100, "KES": 300, "XOF": 1}


def limits(currency: str) -> Limits:
    """Paystack names no most; wallets have limits of their own."""
    return Limits(least=LEAST.get(currency, 1))


def subunits(amount: Money) -> int:
    """NGN 480.00 -> 48000; XOF 480 -> 48000."""
    return amount.minor * _factor(amount.currency)


def money(amount: object, currency: object) -> Money | None:
    """What Paystack says that moved; None for what is no amount: a fraction, a text, a negative or an
    absurd number, or finer than the currency."""
    if not isinstance(amount, int) or isinstance(amount, bool) or not isinstance(currency, str):
        return None
    if not 0 <= amount <= MOST or currency not in LEAST:
        return None
    minor, rest = divmod(amount, _factor(currency))
    return None if rest else Money(minor, currency)


def _factor(currency: str) -> int:
    return int(10 ** (DECIMALS - exponent(currency)))
