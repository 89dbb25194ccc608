"""One promotion as a value, and the document in which its row keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from flows.ports.promotions import PromotionKind
from store.hours import Span
from store.models.base import JsonMap


class Audience(StrEnum):
    """Who gets it, by price list."""

    BOTH = "both"
    RETAIL = "retail"
    WHOLESALE = "wholesale"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When it runs, by the shop's own clock: from `begins` until just before `ends`, on these `days` of
    the week (0 is Monday) and `dates` of the month (-1 is its last day), in this span of the day. What is
    empty or None does not narrow it."""

    begins: datetime | None = None
    ends: datetime | None = None
    days: tuple[int, ...] = ()
    dates: tuple[int, ...] = ()
    hours: Span | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """On what it is given: goods named here in any way, all where none are. `minimum` is what all goods
    together must come to, in minor units."""

    skus: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    minimum: int = 0

    @property
    def everything(self) -> bool:
        return not (self.skus or self.categories or self.brands)


@dataclass(frozen=True, slots=True)
class Gift:
    """What is given, of which each kind of promotion needs its own part: `percent` in hundredths of a
    percent; `amount` in minor units (off, or what a bundle costs); with every `buy` pieces `free` more
    cost nothing; `bundle` is how many of each sku belong together."""

    percent: int = 0
    amount: int = 0
    buy: int = 0
    free: int = 0
    bundle: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Promotion:
    """`cap` is the most that it takes off one order, in minor units. Of those that are not `stackable`
    the best one is given, by amount, then by `priority` (the higher first); the stackable ones come on
    top. `waives_minimum`: the shop's minimum order does not count while it runs for something in the
    cart. `words` is how the shop describes it, None where it is described by itself."""

    id: UUID
    name: str
    kind: PromotionKind
    gift: Gift = Gift()
    reach: Reach = Reach()
    schedule: Schedule = Schedule()
    audience: Audience = Audience.BOTH
    cap: int | None = None
    priority: int = 0
    stackable: bool = False
    waives_minimum: bool = False
    words: str | None = None
    limit_total: int | None = None
    limit_each: int | None = None
    paused: bool = False

    @property
    def limited(self) -> bool:
        return self.limit_total is not None or self.limit_each is not None


def terms_of(promotion: Promotion) -> JsonMap:
    """The document that `promotion_of` reads: all but the name, the limits and what the seller does by
    phone."""
    schedule, hours = promotion.schedule, promotion.schedule.hours
    return {
        "kind": promotion.kind.value,
        "gift": {
            "percent": promotion.gift.percent,
            "amount": promotion.gift.amount,
            "buy": promotion.gift.buy,
            "free": promotion.gift.free,
            "bundle": [list(part) for part in promotion.gift.bundle],
        },
        "reach": {
            "skus": list(promotion.reach.skus),
            "categories": list(promotion.reach.categories),
            "brands": list(promotion.reach.brands),
            "minimum": promotion.reach.minimum,
        },
        "schedule": {
            "begins": schedule.begins.isoformat() if schedule.begins else None,
            "ends": schedule.ends.isoformat() if schedule.ends else None,
            "days": list(schedule.days),
            "dates": list(schedule.dates),
            "hours": [hours.opens, hours.closes] if hours else None,
        },
        "audience": promotion.audience.value,
        "cap": promotion.cap,
        "priority": promotion.priority,
        "stackable": promotion.stackable,
        "waives_minimum": promotion.waives_minimum,
        "words": promotion.words,
    }


def promotion_of(row: Row[Any]) -> Promotion:
    kept = row.terms
    return Promotion(
        id=row.id,
        name=row.name,
        kind=PromotionKind(kept["kind"]),
        gift=_gift(kept["gift"]),
        reach=_reach(kept["reach"]),
        schedule=_schedule(kept["schedule"]),
        audience=Audience(kept["audience"]),
        cap=kept["cap"],
        priority=kept["priority"],
        stackable=kept["stackable"],
        waives_minimum=kept["waives_minimum"],
        words=kept["words"],
        limit_total=row.limit_total,
        limit_each=row.limit_each,
        paused=row.paused,
    )


def _gift(kept: Mapping[str, Any]) -> Gift:
    bundle = tuple((str(sku), int(count)) for sku, count in kept["bundle"])
    return Gift(kept["percent"], kept["amount"], kept["buy"], kept["free"], bundle)


def _reach(kept: Mapping[str, Any]) -> Reach:
    skus, categories, brands = (tuple(kept[key]) for key in ("skus", "categories", "brands"))
    return Reach(skus, categories, brands, kept["minimum"])


def _schedule(kept: Mapping[str, Any]) -> Schedule:
    begins, ends = kept["begins"], kept["ends"]
    return Schedule(
        begins=datetime.fromisoformat(begins) if begins else None,
        ends=datetime.fromisoformat(ends) if ends else None,
        days=tuple(kept["days"]),
        dates=tuple(kept["dates"]),
        hours=Span(*kept["hours"]) if kept["hours"] else None,
    )
