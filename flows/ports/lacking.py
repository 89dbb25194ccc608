"""Goods of an order that are not there when it is to be packed: the rest goes, and their money goes back."""

from dataclasses import dataclass
from typing import Protocol

from flows.money import Money
from flows.ports.orders import Order
from flows.ports.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Lack:
    """`order` without `quantity` pieces of what is called `name`: it then comes to `total`, so much `less`
    than before. Of what was paid `refund` goes back, None where nothing was. `step` counts how often
    something was taken out of the order before."""

    order: Order
    sku: str
    name: str
    quantity: int
    less: Money
    total: Money
    refund: Money | None
    step: int


class LackingPort(Protocol):
    """For a member of the staff, until the goods are picked up. Refuses with UnknownOrder; WrongStep;
    NotInOrder for what is not in it; NothingStays where nothing would be left that is paid for; and with
    MoneyAsked while its money is asked for or looked at."""

    def without(self, number: int, sku: str, quantity: int | None) -> Lack | Refusal:
        """What would become of it; None: without all of these. More than there are is what there is."""

    def take_out(self, number: int, sku: str, quantity: int, step: int) -> Lack | Refusal:
        """Do it; refuses with OrderLessened where something was taken out after `step`, and has then changed
        nothing."""
