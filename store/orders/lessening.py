"""What an order comes to when some of one thing in it is not there.

Every piece that stays costs what it cost before: no deduction is judged anew, and every rounding is in the
customer's favour.
"""

from dataclasses import dataclass

from flows.ports.quote import SavingKind
from store.models import OrderLineRow, OrderRow
from store.models.base import JsonList
from store.splits import spread


@dataclass(frozen=True, slots=True)
class Line:
    """What stays of one line; of a `quantity` of 0 nothing does. Minor units."""

    quantity: int
    total: int
    discount: int
    commission: int

    @property
    def paid(self) -> int:
        return self.total - self.discount


@dataclass(frozen=True, slots=True)
class Lessened:
    """The order as it would be, in minor units. `position` is of the line of which less is there."""

    position: int
    line: Line
    subtotal: int
    discount: int
    tax: int
    total: int
    savings: JsonList


def lessened(order: OrderRow, line: OrderLineRow, lacking: int) -> Lessened:
    """`order` without `lacking` pieces of `line`, which has at least so many."""
    stays = _line(line, line.quantity - lacking)
    paid = order.subtotal - order.discount
    left = paid - (line.total - line.discount) + stays.paid
    subtotal = order.subtotal - line.total + stays.total
    discount = order.discount - line.discount + stays.discount
    tax = order.tax * left // paid if paid else 0
    return Lessened(
        position=line.position,
        line=stays,
        subtotal=subtotal,
        discount=discount,
        tax=tax,
        total=subtotal - discount + order.delivery_fee + tax,
        savings=_savings(order, line, stays),
    )


def ordered(order: OrderRow) -> int:
    """What all its goods cost before anything was off them, also those that were not there; minor units."""
    lacking: int = sum(each["goods"] for each in order.lacking)
    return order.subtotal + lacking


def points_paid(savings: JsonList) -> int:
    """What of an order points have paid, in minor units."""
    return sum(saving["amount"] for saving in savings if saving["kind"] == SavingKind.POINTS)


def _line(line: OrderLineRow, quantity: int) -> Line:
    total = line.total * quantity // line.quantity
    discount = min(-(-line.discount * quantity // line.quantity), total)
    before, after = line.total - line.discount, total - discount
    # Half up, as when it was fixed.
    commission = (2 * line.commission * after + before) // (2 * before) if before else 0
    return Line(quantity, total, discount, min(commission, after))


def _savings(order: OrderRow, line: OrderLineRow, stays: Line) -> JsonList:
    """What of each saving still is off the goods; what is off nothing any more is left out."""
    goods = [saving for saving in order.savings if saving["kind"] != SavingKind.DELIVERY]
    if all("cuts" in saving for saving in goods):
        amounts, cuts = _by_line(goods, line, stays)
    else:
        # Placed before it was written down what is off which line.
        there = [saving["amount"] for saving in goods]
        amounts = spread(sum(there) - line.discount + stays.discount, there)
        cuts = [{} for _ in goods]
    left = iter(
        {**saving, "amount": amount, **cut}
        for saving, amount, cut in zip(goods, amounts, cuts, strict=True)
    )
    every = [s if s["kind"] == SavingKind.DELIVERY else next(left) for s in order.savings]
    return [saving for saving in every if saving["amount"]]


def _by_line(goods: JsonList, line: OrderLineRow, stays: Line) -> tuple[list[int], JsonList]:
    """What each saving comes to, and its cuts as they are written."""
    placed: list[dict[int, int]] = [dict(saving["cuts"]) for saving in goods]
    here = spread(stays.discount, [cuts.get(line.position, 0) for cuts in placed])
    for cuts, cut in zip(placed, here, strict=True):
        cuts[line.position] = cut
    written = [{"cuts": [[at, cut] for at, cut in cuts.items() if cut]} for cuts in placed]
    return [sum(cuts.values()) for cuts in placed], written
