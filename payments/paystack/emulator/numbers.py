"""Wallets' numbers, as Paystack is told them and as the world knows them."""

from collections.abc import Mapping

# By what the numbers of each currency's country begin abroad, and what is left out before them.
PREFIXES: Mapping[str, tuple[str, str]] = {
    "GHS": ("+233", "0"),
    "KES": ("+254", "0"),
    "XOF": ("+225", ""),
}


def wallet(currency: str, number: str) -> str | None:
    """E.164 of a wallet as the API names it; None for what is no number."""
    if currency not in PREFIXES or not number.removeprefix("+").isdigit():
        return None
    if number.startswith("+"):
        return number
    prefix, left_out = PREFIXES[currency]
    return prefix + number.removeprefix(left_out)
