"""The wish to give goods back: what it is worth, and how it is read and locked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from flows.money import Money
from flows.ports.orders import OrderStatus
from flows.ports.refusals import NoReturnAsked, Refusal, UnknownOrder
from flows.ports.returns import Reason, Return, ReturnLine
from store.models import OrderRow, ReturnRow
from store.orders.views import locked, view
from store.scope import Scope
from store.splits import spread

ASKED, ACCEPTED, REFUSED, BOOKED, REPAIRED = "asked", "accepted", "refused", "booked", "repaired"
OPEN = (ASKED, ACCEPTED)
# What of an order is settled: its money came back, or others were sent for it.
DONE = (BOOKED, REPAIRED)

# For these a shop answers, so that what its customer paid for the delivery goes back as well.
FAULTS = frozenset(Reason) - {Reason.UNWANTED, Reason.OTHER}


@dataclass(frozen=True, slots=True)
class Worth:
    """In minor units: what goes back to the customer, and the platform's part of it."""

    refund: int
    commission: int


def returns_of(scope: Scope, order_id: UUID) -> Sequence[ReturnRow]:
    """All of an order's, oldest first."""
    query = select(ReturnRow).where(
        ReturnRow.shop_id == scope.shop.id, ReturnRow.order_id == order_id
    )
    return scope.session.scalars(query.order_by(ReturnRow.asked_at, ReturnRow.id)).all()


def pieces(row: ReturnRow) -> Counter[int]:
    """By position."""
    return Counter({each["position"]: each["quantity"] for each in row.goods})


def settled(rows: Sequence[ReturnRow]) -> Counter[int]:
    """How many of each position came back or were replaced."""
    return sum((pieces(row) for row in rows if row.status in DONE), Counter[int]())


def booked(rows: Sequence[ReturnRow]) -> Counter[int]:
    """How many of each position came back."""
    return sum((pieces(row) for row in rows if row.status == BOOKED), Counter[int]())


def left(order: OrderRow, rows: Sequence[ReturnRow]) -> Mapping[int, int]:
    """How many of each position may still come back."""
    gone = settled(rows)
    counts = {line.position: line.quantity - gone[line.position] for line in order.lines}
    return {position: count for position, count in counts.items() if count > 0}


def worth(
    order: OrderRow, rows: Sequence[ReturnRow], goods: Mapping[int, int], reason: Reason
) -> Worth:
    """What `goods` cost their buyer after all deductions, tax included; rounded so that all pieces together
    are worth what was paid for them. The fee for bringing goes back where everything came back for a fault
    of the shop."""
    before = booked(rows)
    paid = [line.total - line.discount for line in order.lines]
    taxes = spread(order.tax, paid)
    refund = commission = 0
    for line, price, tax in zip(order.lines, paid, taxes, strict=True):
        earlier, now = before[line.position], goods.get(line.position, 0)
        refund += _part(price + tax, line.quantity, earlier, now)
        commission += _part(line.commission, line.quantity, earlier, now)
    if reason in FAULTS and all_back(order, before, goods):
        refund += order.delivery_fee
    earlier_refunds = sum(row.refund or 0 for row in rows)
    return Worth(max(min(refund, order.total - earlier_refunds), 0), commission)


def all_back(order: OrderRow, before: Mapping[int, int], goods: Mapping[int, int]) -> bool:
    """Whether nothing of the order stays with its customer."""
    return all(
        before.get(line.position, 0) + goods.get(line.position, 0) >= line.quantity
        for line in order.lines
    )


def _part(whole: int, quantity: int, earlier: int, now: int) -> int:
    return whole * (earlier + now) // quantity - whole * earlier // quantity


def by_hand(order: OrderRow) -> bool:
    """Cash was taken for it, so that the seller has the money."""
    return order.paid_by is None and order.rail == "cash"


def open_wish(
    scope: Scope, number: int, *states: str
) -> tuple[OrderRow, Sequence[ReturnRow], ReturnRow] | Refusal:
    """The locked order, all its returns and the newest in one of `states` (default: open ones)."""
    order = locked(scope, number=number)
    if order is None:
        return UnknownOrder(number)
    if order.status not in (OrderStatus.DELIVERED, OrderStatus.RETURNED):
        return NoReturnAsked(number)
    rows = returns_of(scope, order.id)
    wanted = [row for row in rows if row.status in (states or OPEN)]
    return (order, rows, wanted[-1]) if wanted else NoReturnAsked(number)


def wish(order: OrderRow, rows: Sequence[ReturnRow], row: ReturnRow) -> Return:
    """A wish as people see it."""
    goods, reason = pieces(row), Reason(row.reason)
    minor = worth(order, rows, goods, reason).refund if row.refund is None else row.refund
    return Return(
        order=view(order),
        lines=tuple(
            ReturnLine(line.position, line.name, goods[line.position])
            for line in order.lines
            if goods[line.position]
        ),
        reason=reason,
        words=row.words,
        refund=Money(minor, order.currency),
        in_hand=by_hand(order),
    )
