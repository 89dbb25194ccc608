"""How the orders that were paid were paid, and what made them cheaper."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.money import Money
from store.models import OrderRow

PAID = ("paid", "refunded", "partial")
# A name and a currency -> how many orders, and how much in minor units.
Sums = Mapping[tuple[str, str], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Paying:
    """`rails`: what orders came to, by how they were paid. `savings`: what was taken off, by what took
    it off."""

    rails: Sums
    savings: Sums


def paying(orders: Sequence[OrderRow]) -> Paying:
    paid = [order for order in orders if order.payment_status in PAID]
    return Paying(
        _sums([(order.rail, Money(order.total, order.currency)) for order in paid]),
        _sums(
            [
                (str(saving["kind"]), Money(int(str(saving["amount"])), order.currency))
                for order in paid
                for saving in order.savings
                if isinstance(saving, dict)
            ]
        ),
    )


def _sums(each: Sequence[tuple[str, Money]]) -> Sums:
    counts: Counter[tuple[str, str]] = Counter()
    amounts: Counter[tuple[str, str]] = Counter()
    for name, money in each:
        counts[name, money.currency] += 1
        amounts[name, money.currency] += money.minor
    return {key: (counts[key], amounts[key]) for key in sorted(counts)}
