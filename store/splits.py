"""Whose an order's money is: the seller's, the suppliers', the platform's, and what pays for bringing it.

What each line's commission, base price and supplier are is written on the line when the order is placed,
so that a later change of rates or prices changes no old order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from flows.money import Money
from flows.ports.delivery import Fulfilment
from flows.ports.quote import SavingKind
from store.models import OrderRow


@dataclass(frozen=True, slots=True)
class Split:
    """In minor units; together they are the order's total. `suppliers` by their keys. `seller` is what
    is left to the shop: less than nothing where it sold below base price and commission."""

    seller: int
    commission: int = 0
    delivery: int = 0
    suppliers: Mapping[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        return self.seller + self.commission + self.delivery + sum(self.suppliers.values())


def split_of(order: OrderRow) -> Split:
    """How the order's total is shared, as its lines say. A discount beyond the goods lowers what the
    customer pays for the delivery, and so does a fee that is waived; the seller bears what the delivery then
    lacks."""
    commission = sum(line.commission for line in order.lines)
    suppliers: dict[str, int] = {}
    for line in order.lines:
        if line.supplier and line.base:
            share = line.base * line.quantity
            suppliers[line.supplier] = suppliers.get(line.supplier, 0) + share
    bringing = worth_of_bringing(order)
    shared = commission + bringing + sum(suppliers.values())
    return Split(order.total - shared, commission, bringing, suppliers)


def worth_of_bringing(order: OrderRow) -> int:
    """What whoever brings it gets: the fee that the customer pays, and what of it the shop has waived by a
    promotion or a coupon."""
    if order.fulfilment == Fulfilment.PICKUP:
        return order.delivery_fee
    waived = (int(s["amount"]) for s in order.savings or () if s["kind"] == SavingKind.DELIVERY)
    return sum(waived, order.delivery_fee)


def spread(amount: int, over: Sequence[int]) -> list[int]:
    """`amount` shared out in proportion to `over`, by the largest remainder (of equals the first): the
    parts add up to it, and none is larger than its own of `over` as long as `amount` is not larger than
    their sum."""
    whole = sum(over)
    if whole == 0:
        return [0 for _ in over]
    parts = [amount * each // whole for each in over]
    left = amount - sum(parts)
    by_remainder = sorted(
        range(len(over)), key=lambda place: (-(amount * over[place] % whole), place)
    )
    for place in by_remainder[:left]:
        parts[place] += 1
    return parts


def commissions(paid: Sequence[int], hundredths: int, currency: str) -> Sequence[int]:
    """The platform's part of each line: so many hundredths of a percent of what is `paid` for its goods
    after what is off them, rounded half up once per line."""
    rate = Decimal(hundredths) / 100
    return [Money(amount, currency).percent(rate).minor for amount in paid]
