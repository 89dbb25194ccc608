"""What a shop asks for bringing goods, and where the places are that it knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flows.ports.delivery import Point
from store.models.base import JsonMap


class Scheme(StrEnum):
    """What the fee goes by: one for all, the zone's (the way's own where the zone has none), or the
    distance from the shop."""

    FLAT = "flat"
    ZONES = "zones"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class KnownArea:
    """An area by its name in a zone: what people call it `also`, and where it lies."""

    name: str
    also: tuple[str, ...] = ()
    at: Point | None = None


@dataclass(frozen=True, slots=True)
class DeliveryTerms:
    """Amounts in minor units, factors in hundredths (120: one fifth more).

    `base` and `per_km` are of the distance scheme. `peak` are the dear hours, by weekday as opening hours
    are. Every fee is a multiple of `step`, but for `minimum` and `maximum`, which any delivery that is
    not free keeps to. `rain_slower` and `storm_slower` are of the time that it takes. `road_factor` makes a
    road of the straight line from `origin`."""

    scheme: Scheme = Scheme.ZONES
    base: int = 0
    per_km: int = 0
    minimum: int | None = None
    maximum: int | None = None
    step: int = 1
    peak: Mapping[str, str] = field(default_factory=dict)
    peak_factor: int = 120
    rain_factor: int = 130
    storm_factor: int = 150
    rain_slower: int = 130
    storm_slower: int = 150
    free_from: int | None = None
    half_from: int | None = None
    first_order_free: bool = False
    origin: Point | None = None
    road_factor: int = 130
    gazetteer: tuple[KnownArea, ...] = ()

    def known(self, name: str) -> KnownArea | None:
        return next((area for area in self.gazetteer if area.name == name), None)


_AMOUNTS = ("base", "per_km", "minimum", "maximum", "step", "free_from", "half_from")
_SLOWER = ("rain_slower", "storm_slower")
_FACTORS = ("peak_factor", "rain_factor", "storm_factor", *_SLOWER, "road_factor")
_PLAIN = (*_AMOUNTS, *_FACTORS, "first_order_free")


def as_document(terms: DeliveryTerms) -> JsonMap:
    """The document that `read_document` reads."""
    return {
        **{name: getattr(terms, name) for name in _PLAIN},
        "scheme": terms.scheme.value,
        "peak": dict(terms.peak),
        "origin": _written(terms.origin),
        "gazetteer": [
            {"name": area.name, "also": list(area.also), "at": _written(area.at)}
            for area in terms.gazetteer
        ],
    }


def read_document(kept: JsonMap) -> DeliveryTerms:
    """As the books keep it; {} for a shop that was loaded before there was any. What it was not asked then
    is as usual."""
    if not kept:
        return DeliveryTerms()
    return DeliveryTerms(
        **{name: kept[name] for name in _PLAIN if name in kept},
        scheme=Scheme(kept["scheme"]),
        peak=kept["peak"],
        origin=_point(kept["origin"]),
        gazetteer=tuple(
            KnownArea(area["name"], tuple(area["also"]), _point(area["at"]))
            for area in kept["gazetteer"]
        ),
    )


def _written(point: Point | None) -> str | None:
    return point.written if point else None


def _point(written: str | None) -> Point | None:
    return Point.read(written) if written else None
