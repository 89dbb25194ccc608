"""What buyers think, as flows meet it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.ports.orders import Order, OrderStatus
from flows.ports.ratings import Rating
from flows.ports.refusals import NothingToRate, Refusal, UnknownOrder, WrongStep
from tests.fakes.returns import Placed


@dataclass
class FakeRatings:
    """Whatever was delivered may be rated; `waits` is the order that its buyer was asked about."""

    orders: Placed
    given: dict[int, Rating] = field(default_factory=dict)
    waits: int | None = None

    def rate(self, number: int | None, stars: int, words: str = "") -> Rating | Refusal:
        order = self._order(number)
        if order is None:
            return NothingToRate() if number is None else UnknownOrder(number)
        if order.status is not OrderStatus.DELIVERED:
            return WrongStep(order.number, order.status.value)
        self.given[order.number] = Rating(order.number, stars, words)
        self.waits = None
        return self.given[order.number]

    def asked(self) -> int | None:
        return self.waits

    def latest(self, limit: int = 3) -> Sequence[Rating]:
        return [rating for rating in self.given.values() if rating.words][:limit]

    def _order(self, number: int | None) -> Order | None:
        return self.orders.find(1001 if number is None else number)
