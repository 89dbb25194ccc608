"""What a payout costs and when it is looked at, by currency: "NGN=1000, UGX=500"."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from babel.numbers import list_currencies

from store.payout_terms import PAYOUT_TERMS, PLAIN, PayoutTerms


def by_currency(text: str) -> Mapping[str, Decimal]:
    """What a setting says of each currency. Raises ValueError."""
    found: dict[str, Decimal] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        currency, _, figure = (word.strip() for word in part.partition("="))
        try:
            amount = Decimal(figure)
        except InvalidOperation:
            amount = Decimal(-1)
        if currency not in list_currencies() or not amount.is_finite() or amount < 0:
            raise ValueError('give currencies and figures, such as "NGN=1000, UGX=500"')
        found[currency] = amount
    return found


def payout_terms(
    least: str, fee_percent: str, fee_least: str, approval_above: str
) -> Mapping[str, PayoutTerms]:
    """Those of every currency of which a setting or a preset says something: the setting goes before."""
    smallest, percent = by_currency(least), by_currency(fee_percent)
    fee, above = by_currency(fee_least), by_currency(approval_above)
    terms = {}
    for currency in {*PAYOUT_TERMS, *smallest, *percent, *fee, *above}:
        preset = PAYOUT_TERMS.get(currency, PLAIN)
        terms[currency] = PayoutTerms(
            smallest.get(currency, preset.least),
            percent.get(currency, preset.fee_percent),
            fee.get(currency, preset.fee_least),
            above.get(currency, preset.approval_above),
        )
    return terms
