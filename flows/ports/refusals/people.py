"""Why somebody cannot be forgotten yet."""

from dataclasses import dataclass

from flows.money import Money
from flows.ports.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True)
class WorksHere(Refusal):
    """They sell or ride for `shop`."""

    shop: str


@dataclass(frozen=True, slots=True)
class OrderOpen(Refusal):
    """An order of theirs at `shop` is not finished, or goods of it are to come back."""

    number: int
    shop: str


@dataclass(frozen=True, slots=True)
class MoneyMoving(Refusal):
    """Money of theirs is on its way, or looked at by a person."""


@dataclass(frozen=True, slots=True)
class MoneyLeft(Refusal):
    """So much is in their wallet at `shop`."""

    amount: Money
    shop: str
