"""What a cart comes to, once everything that lowers or raises it is counted."""

from dataclasses import dataclass
from enum import StrEnum

from flows.money import Money
from flows.ports.refusals import Refusal


class SavingKind(StrEnum):
    """Where a saving comes from. DELIVERY is off the fee; all others are off the goods."""

    PROMOTION = "promotion"
    COUPON = "coupon"
    POINTS = "points"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Saving:
    """`name` is what customers know it by: a promotion's name, a coupon's code; "" for points."""

    kind: SavingKind
    name: str
    amount: Money


class FeeCause(StrEnum):
    """What made the delivery's fee other than usual."""

    PEAK = "peak"
    RAIN = "rain"
    STORM = "storm"
    HALF = "half"
    FREE = "free"
    FIRST_ORDER = "first-order"


@dataclass(frozen=True, slots=True)
class FeeReason:
    """`goods` is from what amount of goods on it is so, None where that plays no part."""

    cause: FeeCause
    goods: Money | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """`fee` is what the delivery costs after `savings`, and `fee_reasons` why it is not as usual. The
    total is `subtotal` less the savings off the goods, with the fee and the tax; never below zero.
    `waives_minimum`: the shop takes it however small it is. `unmet` is why something that the customer
    wanted to use does not count."""

    subtotal: Money
    savings: tuple[Saving, ...]
    fee: Money
    tax: Money
    total: Money
    waives_minimum: bool = False
    fee_reasons: tuple[FeeReason, ...] = ()
    unmet: tuple[Refusal, ...] = ()

    @property
    def discount(self) -> Money:
        """All that is off the goods."""
        off = (s.amount for s in self.savings if s.kind is not SavingKind.DELIVERY)
        return sum(off, Money.zero(self.subtotal.currency))
