"""Goods that come back, as the flows of customers and sellers meet it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from flows.money import Money
from flows.ports.orders import Order, OrderStatus
from flows.ports.refusals import (
    AllBack,
    NoReturnAsked,
    Refusal,
    ReturnOpen,
    UnknownOrder,
    WrongStep,
)
from flows.ports.returns import Reason, Return, Returnable, ReturnLine


class Placed(Protocol):
    """Where the orders are."""

    def find(self, number: int) -> Order | None: ...


def a_return(order: Order, **changes: object) -> Return:
    """One piece of the first line, broken."""
    line = order.lines[0]
    values: dict[str, object] = {
        "order": order,
        "lines": (ReturnLine(1, line.name, 1),),
        "reason": Reason.BROKEN,
        "words": "",
        "refund": line.unit_price,
        **changes,
    }
    return Return(**values)  # type: ignore[arg-type]


@dataclass
class FakeReturns:
    """Everything that was delivered may come back, once."""

    orders: Placed
    asked: dict[int, Return] = field(default_factory=dict)

    def possible(self, order: Order) -> bool:
        return order.status is OrderStatus.DELIVERED

    def returnable(self, number: int) -> Returnable | Refusal:
        order = self.orders.find(number)
        if order is None:
            return UnknownOrder(number)
        if order.status is OrderStatus.RETURNED:
            return AllBack(number)
        if order.status is not OrderStatus.DELIVERED:
            return WrongStep(number, order.status.value)
        if number in self.asked:
            return ReturnOpen(number)
        lines = enumerate(order.lines, 1)
        return Returnable(number, tuple(ReturnLine(n, x.name, x.quantity) for n, x in lines))

    def ask(
        self, number: int, goods: Mapping[int, int], reason: Reason, words: str
    ) -> Return | Refusal:
        found, order = self.returnable(number), self.orders.find(number)
        if isinstance(found, Refusal) or order is None:
            return found if isinstance(found, Refusal) else UnknownOrder(number)
        lines = tuple(
            ReturnLine(line.position, line.name, goods[line.position])
            for line in found.lines
            if line.position in goods
        )
        self.asked[number] = a_return(order, lines=lines, reason=reason, words=words)
        return self.asked[number]


@dataclass
class FakeReturnsDesk:
    """`open` are the wishes that wait; `done` tells what was answered."""

    open: dict[int, Return] = field(default_factory=dict)
    done: list[tuple[object, ...]] = field(default_factory=list)
    successor: Order | None = None

    def waiting(self) -> Sequence[Return]:
        return list(self.open.values())

    def _act(self, number: int, *act: object) -> Return | Refusal:
        wish = self.open.get(number)
        if wish is None:
            return NoReturnAsked(number)
        self.done.append((act[0], number, *act[1:]))
        return wish

    def accept(self, number: int) -> Return | Refusal:
        return self._act(number, "accept")

    def refuse(self, number: int, reason: str) -> Return | Refusal:
        return self._act(number, "refuse", reason)

    def booked(self, number: int, *, damaged: bool) -> Return | Refusal:
        return self._act(number, "booked", damaged)

    def repair(self, number: int) -> Order | Refusal:
        wish = self._act(number, "repair")
        if isinstance(wish, Refusal):
            return wish
        return self.successor or wish.order


NOTHING = Money(0, "UGX")
