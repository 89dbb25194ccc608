"""[dispatch]: the numbers by which deliveries are given to riders."""

from flows.money import Money
from store.dispatch.terms import USUAL, DispatchTerms
from store.shopfile.presets import CASH_LIMITS
from store.shopfile.table import Table

LONGEST_MINUTES = 24 * 60
MOST_AT_ONCE = 20


def read_dispatch(table: Table | None, currency: str) -> DispatchTerms:
    """What the file says, else what is usual; a `cash_limit` of 0 is none."""
    usual = CASH_LIMITS.get(currency)
    limit = None if usual is None else Money.of(usual, currency).minor
    if table is None:
        return DispatchTerms(cash_limit=limit)
    if table.has("cash_limit"):
        limit = table.amount("cash_limit", currency) or None
    terms = DispatchTerms(
        pick_up_minutes=table.whole("pick_up_minutes", 1, LONGEST_MINUTES) or USUAL.pick_up_minutes,
        pass_on_minutes=table.whole("pass_on_minutes", 1, LONGEST_MINUTES) or USUAL.pass_on_minutes,
        again_fee=table.amount("again_fee", currency) or 0,
        most_at_once=table.whole("most_at_once", 1, MOST_AT_ONCE) or USUAL.most_at_once,
        cash_limit=limit,
    )
    table.close()
    return terms
