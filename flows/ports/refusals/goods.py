"""What cannot be had, or not so much of it."""

from dataclasses import dataclass

from flows.money import Money
from flows.ports.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True)
class UnknownProduct(Refusal):
    mention: str


@dataclass(frozen=True, slots=True)
class SoldOut(Refusal):
    name: str


@dataclass(frozen=True, slots=True)
class OnlyLeft(Refusal):
    """Fewer than asked for are free; nothing was changed."""

    name: str
    left: int
    sku: str = ""


@dataclass(frozen=True, slots=True)
class NeedsVariant(Refusal):
    """The product comes in several kinds; one must be chosen."""

    sku: str
    name: str


@dataclass(frozen=True, slots=True)
class NameTaken(Refusal):
    """The shop has a product of this name already, perhaps out of sight."""

    name: str
    sku: str


@dataclass(frozen=True, slots=True)
class CountedBySupplier(Refusal):
    """It stands on the shelf of a supplier, who says how much is there."""

    name: str
    supplier: str


@dataclass(frozen=True, slots=True)
class SuppliersPicture(Refusal):
    """What a reseller lists has the picture that its supplier gives it."""

    name: str


@dataclass(frozen=True, slots=True)
class NotInCart(Refusal):
    name: str


@dataclass(frozen=True, slots=True)
class TooMany(Refusal):
    """More than a person may order of one thing at once."""

    name: str
    most: int


@dataclass(frozen=True, slots=True)
class EmptyCart(Refusal):
    pass


@dataclass(frozen=True, slots=True)
class CartChanged(Refusal):
    """Prices or stock moved since the cart was shown; the cart was refreshed, nothing was ordered."""


@dataclass(frozen=True, slots=True)
class TooFew(Refusal):
    """Less of it than `least` is not sold."""

    name: str
    least: int


@dataclass(frozen=True, slots=True)
class UsedUp(Refusal):
    """Others were quicker: the promotion `name` has been used as often as it may be."""

    name: str


@dataclass(frozen=True, slots=True)
class BelowMinimum(Refusal):
    minimum: Money
    missing: Money


@dataclass(frozen=True, slots=True)
class BadAmount(Refusal):
    """Not an amount this currency knows, or not a quantity."""

    text: str


@dataclass(frozen=True, slots=True)
class NotCounted(Refusal):
    """Nobody counts how much of it is there."""

    name: str
