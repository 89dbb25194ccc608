"""What a price, a sale or a haggle may not be."""

from dataclasses import dataclass
from datetime import datetime

from flows.money import Money
from flows.ports.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True)
class SaleOutside(Refusal):
    """A sale price is from `lowest` to below `price`."""

    lowest: Money
    price: Money


@dataclass(frozen=True, slots=True)
class UnknownPromotion(Refusal):
    name: str


@dataclass(frozen=True, slots=True)
class NotBargained(Refusal):
    """It has one price for everybody."""

    name: str
    price: Money


@dataclass(frozen=True, slots=True)
class DealDone(Refusal):
    """This person has had a price agreed for it today, which is used up or has run out."""

    name: str
    price: Money


@dataclass(frozen=True, slots=True)
class FloorOutside(Refusal):
    """No floor for a price of `most`: it must be at least `least`, and not above the price."""

    least: Money
    most: Money


@dataclass(frozen=True, slots=True)
class BelowBase(Refusal):
    """The supplier gets `base` for each, and nothing goes for less."""

    base: Money


@dataclass(frozen=True, slots=True)
class CouponRefused(Refusal):
    """A coupon does not count; `why` is a flows.ports.loyalty.Why. `amount` is what is missing, or the most
    that it counts for; `at` is when it ended, begins, or may be tried again."""

    code: str
    why: str
    amount: Money | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoCouponCode(Refusal):
    """These words cannot be a coupon's code."""

    text: str


@dataclass(frozen=True, slots=True)
class CouponTooBig(Refusal):
    """By phone a coupon takes off so many percent at most."""

    most: int


@dataclass(frozen=True, slots=True)
class TooFewPoints(Refusal):
    """So many points are `there`; at least `least` can be spent at once."""

    there: int
    least: int
