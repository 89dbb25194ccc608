"""Goods that come back after the delivery: what a customer may ask for, and what the shop answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from flows.money import Money
from flows.ports.orders import Order
from flows.ports.refusals import Refusal


class Reason(StrEnum):
    """Why goods come back. OTHER: in the customer's own words."""

    BROKEN = "broken"
    SPOILED = "spoiled"
    WRONG = "wrong"
    UNLIKE = "unlike"
    UNWANTED = "unwanted"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """`quantity` pieces of the order's line at `position` that can still come back, or that do."""

    position: int
    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Returnable:
    """What of order `number` may be given back."""

    number: int
    lines: tuple[ReturnLine, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """A wish to give goods back, as it stands. `refund` is what their coming back is worth; `in_hand`: the
    seller was paid in cash, and gives it back by hand."""

    order: Order
    lines: tuple[ReturnLine, ...]
    reason: Reason
    words: str
    refund: Money
    in_hand: bool = False


class ReturnsPort(Protocol):
    """The customer's own."""

    def possible(self, order: Order) -> bool:
        """Whether something of it may still come back, as far as the order itself tells."""

    def returnable(self, number: int) -> Returnable | Refusal:
        """Refuses with UnknownOrder, WrongStep (not delivered), NoReturns, ReturnsOver, ReturnOpen, and with
        AllBack where nothing is left."""

    def ask(
        self, number: int, goods: Mapping[int, int], reason: Reason, words: str
    ) -> Return | Refusal:
        """Give back so many of each position. Refuses as `returnable`; more than there is, is what there
        is."""


class ReturnsDeskPort(Protocol):
    """The seller's answers, each about the open wish of an order: NoReturnAsked where there is none.
    Saying again what is already so changes nothing."""

    def waiting(self) -> Sequence[Return]:
        """Open wishes, oldest first."""

    def accept(self, number: int) -> Return | Refusal: ...
    def refuse(self, number: int, reason: str) -> Return | Refusal: ...
    def booked(self, number: int, *, damaged: bool) -> Return | Refusal:
        """The goods are back, on the shelf or `damaged`; their money goes back."""

    def repair(self, number: int) -> Order | Refusal:
        """Others are sent for nothing, as a new order; OnlyLeft, SoldOut where there are none."""
