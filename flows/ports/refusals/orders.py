"""What an order no longer allows, or never did."""

from dataclasses import dataclass
from datetime import datetime

from flows.money import Money
from flows.ports.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True)
class UnknownOrder(Refusal):
    number: int


@dataclass(frozen=True, slots=True)
class NotTaking(Refusal):
    """The shop takes no orders now. `standing` is a Standing's value; a pause ends `until` (UTC)."""

    standing: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class WrongStep(Refusal):
    """The order is not where this can be done. `status` is an OrderStatus or delivery status value."""

    number: int
    status: str


@dataclass(frozen=True, slots=True)
class TooLate(Refusal):
    """A window has closed: cancelling, changing the address, UNDO."""

    number: int


@dataclass(frozen=True, slots=True)
class SellerCancels(Refusal):
    """Too late for the customer to cancel: the seller was asked to. `keeps` is what the shop then keeps."""

    number: int
    keeps: Money | None


@dataclass(frozen=True, slots=True)
class NoReturns(Refusal):
    """The shop takes nothing back."""


@dataclass(frozen=True, slots=True)
class ReturnsOver(Refusal):
    """So many days after the delivery goods may be given back, which are over."""

    number: int
    days: int


@dataclass(frozen=True, slots=True)
class ReturnOpen(Refusal):
    """The shop has a wish of this order before it already."""

    number: int


@dataclass(frozen=True, slots=True)
class AllBack(Refusal):
    """Everything of the order came back, or is replaced."""

    number: int


@dataclass(frozen=True, slots=True)
class NoReturnAsked(Refusal):
    """Nobody wants to give goods of this order back."""

    number: int


@dataclass(frozen=True, slots=True)
class NotInOrder(Refusal):
    """What a seller would take out of order `number` is not in it."""

    number: int


@dataclass(frozen=True, slots=True)
class NothingStays(Refusal):
    """Nothing would be left of the order that is paid for: it is ended instead."""

    number: int


@dataclass(frozen=True, slots=True)
class MoneyAsked(Refusal):
    """The order's money is asked for at this moment, or looked at by a person."""

    number: int


@dataclass(frozen=True, slots=True)
class OrderLessened(Refusal):
    """Something was taken out of it meanwhile; it comes to `total` by now."""

    number: int
    total: Money


@dataclass(frozen=True, slots=True)
class NothingToRate(Refusal):
    """No order of theirs has arrived."""


@dataclass(frozen=True, slots=True)
class OwnShop(Refusal):
    """They work at the shop of which they would say how good it is."""


@dataclass(frozen=True, slots=True)
class RatingOver(Refusal):
    """It arrived too long ago, or was rated more than a day ago."""

    number: int


@dataclass(frozen=True, slots=True)
class SlotGone(Refusal):
    """The window is full by now, or too near."""


@dataclass(frozen=True, slots=True)
class UnknownSupply(Refusal):
    """Nothing of this number (S12) is wanted of this shop."""

    number: int


@dataclass(frozen=True, slots=True)
class SupplyOver(Refusal):
    """What another shop wanted is off or gone; or this shop has `refused` it."""

    number: int
    refused: bool
