"""What each kind of promotion takes off: one function per kind, of the lines that it reaches."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from flows.money import Money
from flows.ports.promotions import PromotionKind
from store.promotions.promotion import Promotion
from store.promotions.reach import reached
from store.quoting.basket import Basket, BasketLine
from store.splits import spread


@dataclass(frozen=True, slots=True)
class Off:
    """What comes off each line, and off the delivery, in minor units."""

    cuts: tuple[int, ...]
    fee: int = 0

    @property
    def amount(self) -> int:
        return sum(self.cuts) + self.fee


Lefts = Sequence[int]


def off(promotion: Promotion, basket: Basket, currency: str) -> Off:
    """What the promotion is worth to this basket: nothing where it reaches nothing; never more than
    what is left of a line, or than its cap."""
    here = reached(promotion, basket)
    none = tuple(0 for _ in basket.lines)
    if not any(here):
        return Off(none)
    if promotion.kind is PromotionKind.FREE_DELIVERY:
        return Off(none, _capped(promotion, basket.fee))
    lefts = [line.left if on else 0 for line, on in zip(basket.lines, here, strict=True)]
    cuts = CUTS[promotion.kind](promotion, basket.lines, lefts, currency)
    whole = sum(cuts)
    return Off(
        tuple(cuts if whole <= _capped(promotion, whole) else spread(promotion.cap or 0, cuts))
    )


def _capped(promotion: Promotion, amount: int) -> int:
    return amount if promotion.cap is None else min(amount, promotion.cap)


def _percentage(
    promotion: Promotion, lines: Sequence[BasketLine], lefts: Lefts, currency: str
) -> Sequence[int]:
    """Rounded half up once, of all that it reaches together."""
    rate = Decimal(promotion.gift.percent) / 100
    return spread(Money(sum(lefts), currency).percent(rate).minor, lefts)


def _amount(
    promotion: Promotion, lines: Sequence[BasketLine], lefts: Lefts, currency: str
) -> Sequence[int]:
    return spread(min(promotion.gift.amount, sum(lefts)), lefts)


def _buy_get(
    promotion: Promotion, lines: Sequence[BasketLine], lefts: Lefts, currency: str
) -> Sequence[int]:
    """Counted over all that it reaches; of the pieces the cheapest are free."""
    gift = promotion.gift
    reached = [place for place, left in enumerate(lefts) if left > 0]
    pieces = sum(lines[place].quantity for place in reached)
    free = pieces // (gift.buy + gift.free) * gift.free
    cuts = [0 for _ in lines]
    for place in sorted(reached, key=lambda place: Fraction(lefts[place], lines[place].quantity)):
        given = min(free, lines[place].quantity)
        cuts[place] = lefts[place] * given // lines[place].quantity
        free -= given
    return cuts


def _bundle(
    promotion: Promotion, lines: Sequence[BasketLine], lefts: Lefts, currency: str
) -> Sequence[int]:
    """As many bundles as are whole; each costs the bundle's price instead of what its parts do."""
    needed = dict(promotion.gift.bundle)
    there = {line.sku: line.quantity for line in lines}
    times = min(there.get(sku, 0) // count for sku, count in needed.items())
    parts = [
        left * needed.get(line.sku, 0) * times // line.quantity
        for line, left in zip(lines, lefts, strict=True)
    ]
    return spread(max(sum(parts) - promotion.gift.amount * times, 0), parts)


Cuts = Callable[[Promotion, Sequence[BasketLine], Lefts, str], Sequence[int]]

CUTS: Mapping[PromotionKind, Cuts] = {
    PromotionKind.PERCENTAGE: _percentage,
    PromotionKind.AMOUNT: _amount,
    PromotionKind.BUY_GET: _buy_get,
    PromotionKind.BUNDLE: _bundle,
}
