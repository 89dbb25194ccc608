"""The coupons of a shop, as its staff make and end them by phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from flows.money import Money
from flows.ports.refusals import Refusal
from intents.coupon_making import Making


@dataclass(frozen=True, slots=True)
class CouponStanding:
    """`worth` is a percentage, an amount, or None: the delivery. It counts from `minimum` of goods on and
    until `ends_at`; None: always."""

    code: str
    worth: Decimal | Money | None
    used: int
    minimum: Money | None = None
    ends_at: datetime | None = None


class CouponDeskPort(Protocol):
    """For a member of the shop's staff."""

    def coupons(self) -> Sequence[CouponStanding]:
        """Those that count or still will, by their codes."""

    def make(self, making: Making) -> CouponStanding | Refusal:
        """A new one, or other terms for one that is there. An amount counts only where it is a modest part
        of the goods. NoCouponCode, CouponTooBig, BadAmount."""

    def end(self, code: str) -> CouponStanding | Refusal:
        """Nobody uses it any more; CouponRefused where there is none."""
