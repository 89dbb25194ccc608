"""What a customer may ask who wants to be known no more."""

from typing import Protocol

from flows.ports.refusals import Refusal


class ForgettingPort(Protocol):
    """For the person of this turn, at every shop: a number is known to all of them or to none."""

    def hindered(self) -> Refusal | None:
        """Why it cannot be yet: WorksHere, OrderOpen, MoneyMoving, MoneyLeft."""

    def points(self) -> int:
        """How many would be lost, at all shops together."""

    def forget(self) -> Refusal | None:
        """Have it done once the answer to this has left. Refuses as `hindered`."""
