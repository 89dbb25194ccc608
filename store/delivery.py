"""How the goods reach the customer: options, areas matched by name, fees."""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from flows.money import Money
from flows.ports.delivery import Area, DeliveryOption, Fulfilment
from store.scope import Scope
from store.terms import Road, Terms, Zone, terms_of

# Out of 100. A misspelt name ("Kamwocha") scores about 82, another place of the same town under 75.
NEAR = 78.0
SURE_BY = 9.0
MOST_NEAR = 4
LONGEST = 80


class ShopDelivery:
    """Implements flows.ports.delivery.DeliveryPort."""

    def __init__(self, scope: Scope) -> None:
        self._currency = scope.shop.currency
        self._terms: Terms = terms_of(scope.shop)

    def options(self) -> Sequence[DeliveryOption]:
        return [self._option(road) for road in self._terms.roads]

    def find(self, text: str) -> Sequence[Area]:
        if not self._terms.zones:
            place = " ".join(text.split())[:LONGEST]
            return (Area(place),) if place else ()
        return nearest(text, self._terms.zones)

    def areas(self) -> Sequence[str]:
        return [name for zone in self._terms.zones for name in zone.areas or (zone.name,)]

    def fee(self, kind: Fulfilment, area: Area | None) -> Money:
        """A zone's fee is for standard delivery; express keeps its distance from the standard fee."""
        road = self._terms.road(kind)
        zone = self._terms.zone(area.zone) if area else None
        if road is None:
            return Money.zero(self._currency)
        return Money(self._fee(road, zone), self._currency)

    def eta(self, kind: Fulfilment, area: Area | None) -> str | None:
        """As the shop wrote it: the zone's for standard delivery, where it says one."""
        road = self._terms.road(kind)
        zone = self._terms.zone(area.zone) if area else None
        if kind is Fulfilment.STANDARD and zone and zone.eta:
            return zone.eta
        return road.eta if road else None

    def offers(self, kind: Fulfilment) -> bool:
        return self._terms.road(kind) is not None

    def covers(self, area: Area) -> bool:
        """Is this an area of the shop's, as `find` gave it?"""
        return not self._terms.zones or self._terms.zone(area.zone) is not None

    def _fee(self, road: Road, zone: Zone | None) -> int:
        if road.kind is Fulfilment.PICKUP or zone is None or zone.fee is None:
            return road.fee
        if road.kind is Fulfilment.STANDARD:
            return zone.fee
        standard = self._terms.road(Fulfilment.STANDARD)
        return zone.fee + max(road.fee - standard.fee, 0) if standard else max(zone.fee, road.fee)

    def _option(self, road: Road) -> DeliveryOption:
        fees = {self._fee(road, zone) for zone in self._terms.zones} or {road.fee}
        return DeliveryOption(
            kind=road.kind,
            fee=Money(min(fees), self._currency),
            eta=road.eta,
            varies=len(fees) > 1,
        )


def nearest(text: str, zones: Sequence[Zone]) -> Sequence[Area]:
    """The areas whose name `text` says: one when sure, up to four when several are near."""
    words = _folded(text).split()
    scored: list[tuple[float, Area]] = []
    for zone in zones:
        for name in zone.areas or (zone.name,):
            score = _score(words, _folded(name))
            if score >= NEAR:
                scored.append((score, Area(name, zone.name)))
    scored.sort(key=lambda pair: -pair[0])
    if not scored:
        return ()
    best = scored[0][0]
    close = [area for score, area in scored if best - score < SURE_BY]
    return tuple(close[:MOST_NEAR])


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", kept))


def _score(words: Sequence[str], name: str) -> float:
    """How well the best run of as many words as the name has says it, out of 100."""
    size = len(name.split())
    starts = range(max(len(words) - size, 0) + 1)
    return max((_alike(" ".join(words[i : i + size]), name) for i in starts), default=0.0)


def _alike(heard: str, name: str) -> float:
    """Half edit distance, half common beginning: people misspell the ends of names."""
    if not heard:
        return 0.0
    return (fuzz.ratio(heard, name) + 100 * JaroWinkler.similarity(heard, name)) / 2
