"""What scores are made of, and which grade they give: the platform's numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from flows.ports.scores import Grade, Part, RiderPart

SELLERS: Mapping[Part, Decimal] = {
    Part.COMPLETION: Decimal("0.25"),
    Part.DELIVERY: Decimal("0.20"),
    Part.RATING: Decimal("0.20"),
    Part.STOCK: Decimal("0.15"),
    Part.RESPONSE: Decimal("0.10"),
    Part.PRICE: Decimal("0.10"),
}
RIDERS: Mapping[RiderPart, Decimal] = {
    RiderPart.COMPLETION: Decimal("0.40"),
    RiderPart.TIME: Decimal("0.35"),
    RiderPart.FAILURES: Decimal("0.25"),
}
# From so many points, of five, the best first. Below all of them: probation.
GRADES: Mapping[Grade, Decimal] = {
    Grade.PLATINUM: Decimal("4.5"),
    Grade.GOLD: Decimal("4.0"),
    Grade.SILVER: Decimal("3.5"),
    Grade.BRONZE: Decimal("3.0"),
}


@dataclass(frozen=True, slots=True)
class ScoreTerms:
    """Orders placed `within` are looked at, and of fewer than `least_orders` (or jobs of a rider) there is
    no score. What is still open `late_after` it should have been there counts as not fulfilled. Prices are
    held against those of at least `price_shops` others, and what is `dear` percent dearer gets no points.
    `sellers` and `riders` are weights."""

    within: timedelta = timedelta(days=30)
    least_orders: int = 5
    late_after: timedelta = timedelta(days=7)
    price_shops: int = 3
    dear: int = 50
    sellers: Mapping[Part, Decimal] = field(default_factory=lambda: SELLERS)
    riders: Mapping[RiderPart, Decimal] = field(default_factory=lambda: RIDERS)
    grades: Mapping[Grade, Decimal] = field(default_factory=lambda: GRADES)
