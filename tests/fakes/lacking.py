"""Goods of an order that are not there, as the flows of sellers meet it."""

from dataclasses import dataclass, field, replace
from typing import Protocol

from flows.money import Money
from flows.ports.lacking import Lack
from flows.ports.orders import Order
from flows.ports.refusals import NotInOrder, OrderLessened, Refusal, UnknownOrder


class Placed(Protocol):
    """Where the orders are."""

    def find(self, number: int) -> Order | None: ...


def a_lack(order: Order, **changes: object) -> Lack:
    """One piece of the first line, for which nothing was paid yet."""
    line = order.lines[0]
    values: dict[str, object] = {
        "order": order,
        "sku": line.sku,
        "name": line.name,
        "quantity": 1,
        "less": line.unit_price,
        "total": order.total,
        "refund": None,
        "step": 1,
        **changes,
    }
    return Lack(**values)  # type: ignore[arg-type]


@dataclass
class FakeLacking:
    """Takes out what it is told to; `refusal` goes before everything."""

    orders: Placed
    refusal: Refusal | None = None
    done: list[tuple[int, str, int]] = field(default_factory=list)

    def without(self, number: int, sku: str, quantity: int | None) -> Lack | Refusal:
        order = self.orders.find(number)
        if self.refusal is not None or order is None:
            return self.refusal or UnknownOrder(number)
        line = next((line for line in order.lines if line.sku == sku), None)
        if line is None or quantity == 0:
            return NotInOrder(number)
        gone = line.quantity if quantity is None else min(quantity, line.quantity)
        less = Money(line.unit_price.minor * gone, line.unit_price.currency)
        refund = less if order.payment_status.came else None
        total = order.total - less
        return Lack(order, sku, line.name, gone, less, total, refund, len(self.done))

    def take_out(self, number: int, sku: str, quantity: int, step: int) -> Lack | Refusal:
        lack = self.without(number, sku, quantity)
        if isinstance(lack, Lack) and step != len(self.done):
            return OrderLessened(number, lack.order.total)
        if isinstance(lack, Lack):
            self.done.append((number, sku, lack.quantity))
            return replace(lack, order=replace(lack.order, total=lack.total))
        return lack
