"""A shop's ways, areas and fees as flows and orders ask for them."""

from collections.abc import Sequence
from uuid import UUID

from flows.money import Money
from flows.ports.delivery import Area, DeliveryOption, Fulfilment, Point
from flows.ports.quote import FeeCause, FeeReason
from store.delivery import asked
from store.delivery.areas import around, beyond, nearest
from store.delivery.distance import road_km
from store.delivery.fees import Fee, Trip, reckon
from store.delivery.moment import first_order, is_peak, weather
from store.delivery.times import expected
from store.scope import Scope
from store.terms import Terms, terms_of

LONGEST = 80


class ShopDelivery:
    """Implements flows.ports.delivery.DeliveryPort, for one person or for nobody in particular."""

    def __init__(self, scope: Scope, person: UUID | None = None) -> None:
        self._scope = scope
        self._currency = scope.shop.currency
        self._person = person
        self._terms: Terms = terms_of(scope.shop)
        self._peak = is_peak(scope.shop, self._terms.delivery, scope.now)
        self._weather = weather(scope.shop, scope.now)
        self._first: bool | None = None

    def options(self, goods: Money | None = None) -> Sequence[DeliveryOption]:
        return [
            self._option(road.kind, self.eta(road.kind, None), goods) for road in self._terms.roads
        ]

    def find(self, text: str) -> Sequence[Area]:
        found = nearest(text, self._terms.all_zones, self._terms.delivery)
        if found or not self._terms.anywhere:
            return found
        place = " ".join(text.split())[:LONGEST]
        return (Area(place),) if place else ()

    def around(self, point: Point) -> Area | None:
        return around(point, self._terms.all_zones, self._terms.delivery)

    def beyond(self, point: Point) -> bool:
        terms = self._terms
        return not terms.anywhere and beyond(point, terms.all_zones, terms.delivery)

    def missed(self, text: str) -> None:
        if self._person is not None:
            asked.hear(self._scope, text, self._person)

    def areas(self) -> Sequence[str]:
        if self._terms.anywhere:
            return []
        return [name for zone in self._terms.all_zones for name in zone.names]

    def fee(self, kind: Fulfilment, area: Area | None, goods: Money | None = None) -> Money:
        return self.charge(kind, area, goods)[0]

    def charge(
        self, kind: Fulfilment, area: Area | None, goods: Money | None = None
    ) -> tuple[Money, tuple[FeeReason, ...]]:
        """What it costs now, and why that is not as usual."""
        reckoned = self._fee(kind, area, goods)
        reasons = tuple(FeeReason(cause, self._line(cause)) for cause in reckoned.causes)
        return Money(reckoned.minor, self._currency), reasons

    def dearer(self, kind: Fulfilment, before: Area, after: Area, goods: Money) -> Money | None:
        fee = self._usual(kind, after, goods)
        return fee if fee > self._usual(kind, before, goods) else None

    def difference(self, kind: Fulfilment, before: Area, after: Area, goods: Money) -> Money:
        """How much more it costs on a usual day to bring the goods `after`; below zero: how much less."""
        return self._usual(kind, after, goods) - self._usual(kind, before, goods)

    def _usual(self, kind: Fulfilment, area: Area, goods: Money) -> Money:
        """On a dry afternoon."""
        return Money(reckon(self._terms, self._trip(kind, area, goods)).minor, self._currency)

    def eta(self, kind: Fulfilment, area: Area | None) -> str | None:
        """As the shop wrote it, longer in bad weather: the zone's for standard delivery, where it says
        one."""
        road = self._terms.road(kind)
        zone = self._terms.zone(area.zone) if area else None
        eta = road.eta if road else None
        if kind is Fulfilment.STANDARD and zone and zone.eta:
            eta = zone.eta
        return expected(self._terms.delivery, kind, eta, self._weather)

    def offers(self, kind: Fulfilment) -> bool:
        return self._terms.road(kind) is not None

    def covers(self, area: Area) -> bool:
        """Is this an area of the shop's, as `find` gave it?"""
        return self._terms.anywhere or self._terms.zone(area.zone) is not None

    def _fee(self, kind: Fulfilment, area: Area | None, goods: Money | None) -> Fee:
        trip = self._trip(kind, area, goods)
        if kind is Fulfilment.PICKUP:
            return reckon(self._terms, trip)
        now = Trip(
            trip.kind,
            trip.zone,
            trip.km,
            trip.goods,
            self._peak,
            self._weather,
            self._is_first(),
        )
        return reckon(self._terms, now)

    def _trip(self, kind: Fulfilment, area: Area | None, goods: Money | None) -> Trip:
        """There on a dry afternoon."""
        rules = self._terms.delivery
        known = rules.known(area.name) if area else None
        at = (area.at if area else None) or (known.at if known else None)
        km = road_km(rules.origin, at, rules.road_factor) if rules.origin and at else None
        zone = self._terms.zone(area.zone) if area else None
        return Trip(kind, zone, km, goods.minor if goods is not None else None)

    def _is_first(self) -> bool:
        """Asked only where it matters."""
        if not self._terms.delivery.first_order_free or self._person is None:
            return False
        if self._first is None:
            self._first = first_order(self._scope, self._person)
        return self._first

    def _line(self, cause: FeeCause) -> Money | None:
        rules = self._terms.delivery
        line = {FeeCause.HALF: rules.half_from, FeeCause.FREE: rules.free_from}.get(cause)
        return Money(line, self._currency) if line is not None else None

    def _option(self, kind: Fulfilment, eta: str | None, goods: Money | None) -> DeliveryOption:
        zones = self._terms.all_zones
        places: list[Area | None] = [Area(n, zone.name) for zone in zones for n in zone.names]
        if self._terms.anywhere:
            places.append(None)
        fees = {self._fee(kind, place, goods).minor for place in places}
        least = Money(min(fees), self._currency)
        # A place that is no area yet may be farther than any that is.
        by_distance = self._terms.anywhere and kind is not Fulfilment.PICKUP
        by_distance &= bool(self._terms.delivery.per_km and least)
        return DeliveryOption(kind, least, eta, varies=len(fees) > 1 or by_distance)
