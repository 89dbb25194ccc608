"""A shop's terms for points, as its file's [points] says, with the usual numbers filled in."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from store.models.base import JsonMap

# Hundredths in a whole.
TIMES = 100


@dataclass(frozen=True, slots=True)
class Tier:
    """From so many lifetime points on, what is earned counts `times` as much (in hundredths)."""

    name: str
    since: int
    times: int


TIERS = (
    Tier("bronze", 0, 100),
    Tier("silver", 2_500, 150),
    Tier("gold", 10_000, 200),
    Tier("platinum", 25_000, 250),
    Tier("diamond", 50_000, 300),
)


@dataclass(frozen=True, slots=True)
class PointsTerms:
    """`per` (minor units) of goods bring one point at the first tier, and one point is `worth` so many
    minor units when it is spent. At least `least` are spent at once, on at most `share` (hundredths of a
    percent) of an order's goods. They are kept for `days`; `warned` days before their end their owner
    hears of it. `tiers` begin at zero."""

    per: int
    worth: int
    least: int = 100
    share: int = 5_000
    days: int = 365
    warned: int = 14
    tiers: Sequence[Tier] = TIERS

    @property
    def kept(self) -> timedelta:
        return timedelta(days=self.days)

    def tier(self, lifetime: int) -> Tier:
        """The highest that so many lifetime points reach."""
        return max((t for t in self.tiers if t.since <= lifetime), key=lambda tier: tier.since)

    def next_tier(self, lifetime: int) -> Tier | None:
        above = (tier for tier in self.tiers if tier.since > lifetime)
        return min(above, key=lambda tier: tier.since, default=None)

    def earned(self, paid: int, lifetime: int) -> int:
        """Points for goods that cost `paid` minor units; a part of a point is none."""
        return paid * self.tier(lifetime).times // (self.per * TIMES)


def kept_points(terms: PointsTerms | None) -> JsonMap | None:
    """What `points_of` reads."""
    return None if terms is None else {**asdict(terms), "tiers": [asdict(t) for t in terms.tiers]}


def points_of(kept: JsonMap | None) -> PointsTerms | None:
    if kept is None:
        return None
    tiers = tuple(Tier(**each) for each in kept["tiers"])
    return PointsTerms(**{**kept, "tiers": tiers})
