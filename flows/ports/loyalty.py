"""Coupons and points: what a customer may use at this shop, and what an open cart wants to use."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from flows.money import Money
from flows.ports.refusals import Refusal


class CouponKind(StrEnum):
    """What a coupon takes off: a part of the goods, an amount, or the delivery's fee."""

    PERCENT = "percent"
    FIXED = "fixed"
    DELIVERY = "delivery"


class Why(StrEnum):
    """Why a coupon does not count (CouponRefused.why)."""

    UNKNOWN = "unknown"
    OVER = "over"
    ENDED = "ended"
    NOT_YET = "not-yet"
    USED_UP = "used-up"
    YOU_USED = "you-used"
    FIRST_ONLY = "first-only"
    BELOW = "below"
    ABOVE = "above"
    NO_GOODS = "no-goods"
    TRIES = "tries"


# What the cart itself can mend: the coupon stays in it and counts as soon as the cart fits.
MENDED_BY_CART = frozenset({Why.BELOW, Why.ABOVE, Why.NO_GOODS, Why.NOT_YET})


@dataclass(frozen=True, slots=True)
class CouponOn:
    """It is in the cart. `saving` is what it is worth there now, zero while the cart is empty; `delivery`:
    it makes the delivery free, which costs nothing yet."""

    code: str
    saving: Money
    delivery: bool = False


class CouponPort(Protocol):
    """The coupons of one customer's open cart."""

    @property
    def any(self) -> bool:
        """Whether this shop ever had coupons."""

    @property
    def code(self) -> str | None:
        """The one in the cart, counting or not."""

    def known(self, word: str) -> bool:
        """Whether a word is a code of this shop's, valid or not. Too many words that are none: False."""

    def put(self, code: str) -> CouponOn | Refusal:
        """Into the cart, in place of another. CouponRefused says why it does not count; one that the cart
        can mend is kept all the same."""

    def drop(self) -> str | None:
        """Out of the cart; which one it was."""


@dataclass(frozen=True, slots=True)
class RunningOut:
    """So many points that are lost on this moment, the soonest ones."""

    points: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer's points here. `tier` and `next_tier` are names of tiers ("bronze"); `missing` is how many
    more points lead to the next one, None at the top. `worth` is what the balance is worth when spent.
    `per` is what brings one point at the lowest tier. `wanted` is what the cart wants to spend."""

    balance: int
    worth: Money
    tier: str
    next_tier: str | None
    missing: int | None
    per: Money
    least: int
    running_out: RunningOut | None = None
    wanted: int | None = None


class PointsPort(Protocol):
    """One customer's points at this shop."""

    def standing(self) -> Standing | None:
        """None where the shop counts no points for this customer."""

    def use(self, points: int | None) -> int | Refusal:
        """Have the cart spend at most so many (None: all there are), as far as the shop allows. Returns how
        many it wants now; TooFewPoints."""

    def keep(self) -> bool:
        """Spend none. Whether any were to be spent."""
