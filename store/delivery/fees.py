"""What it costs to bring goods: one function of the shop's terms and of one trip."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from flows.ports.delivery import Fulfilment
from flows.ports.places import Weather
from flows.ports.quote import FeeCause
from store.delivery_terms import DeliveryTerms, Scheme
from store.terms import Terms, Zone


@dataclass(frozen=True, slots=True)
class Trip:
    """`km` by road, None where nobody knows how far it is. `goods` is what the goods cost in minor units,
    None where that is not asked. `first_order`: of a customer who never bought here."""

    kind: Fulfilment
    zone: Zone | None = None
    km: Decimal | None = None
    goods: int | None = None
    peak: bool = False
    weather: Weather | None = None
    first_order: bool = False


@dataclass(frozen=True, slots=True)
class Fee:
    """In minor units, with what made it other than usual."""

    minor: int
    causes: tuple[FeeCause, ...] = ()


def reckon(terms: Terms, trip: Trip) -> Fee:
    """Multiplied, then halved, then rounded, then kept within minimum and maximum; a delivery that is
    free stays free."""
    usual = _usual(terms, trip)
    if trip.kind is Fulfilment.PICKUP or not usual:
        return Fee(int(usual))
    rules = terms.delivery
    waived = _waived(rules, trip)
    if waived is not None:
        return Fee(0, (waived,))
    amount, causes = _multiplied(rules, trip, usual)
    if _reaches(trip.goods, rules.half_from):
        amount, causes = amount / 2, (*causes, FeeCause.HALF)
    return Fee(_clamped(rules, _rounded(amount, rules.step)), causes)


def _usual(terms: Terms, trip: Trip) -> Decimal:
    """On a dry afternoon. Express keeps its distance from the standard fee."""
    road = terms.road(trip.kind)
    if road is None:
        return Decimal(0)
    standard = terms.road(Fulfilment.STANDARD)
    by_place = _by_place(terms, trip)
    if trip.kind is Fulfilment.PICKUP or by_place is None:
        return Decimal(road.fee)
    if trip.kind is Fulfilment.STANDARD:
        return by_place
    if standard is None:
        return max(by_place, Decimal(road.fee))
    return by_place + max(road.fee - standard.fee, 0)


def _by_place(terms: Terms, trip: Trip) -> Decimal | None:
    """What the place costs; None where that is what the way costs anywhere."""
    rules, zone = terms.delivery, trip.zone
    if rules.scheme is Scheme.DISTANCE and trip.km is not None:
        return rules.base + rules.per_km * trip.km
    if zone is not None and zone.per_km is not None and trip.km is not None:
        return max(zone.per_km * trip.km, Decimal(zone.minimum or 0))
    fee = None if zone is None else zone.minimum if zone.fee is None else zone.fee
    if fee is None and rules.scheme is Scheme.DISTANCE:
        fee = rules.base
    return None if fee is None else Decimal(fee)


def _waived(rules: DeliveryTerms, trip: Trip) -> FeeCause | None:
    if _reaches(trip.goods, rules.free_from):
        return FeeCause.FREE
    return FeeCause.FIRST_ORDER if rules.first_order_free and trip.first_order else None


def _multiplied(
    rules: DeliveryTerms, trip: Trip, usual: Decimal
) -> tuple[Decimal, tuple[FeeCause, ...]]:
    factors = (
        (trip.peak, rules.peak_factor, FeeCause.PEAK),
        (trip.weather is Weather.RAIN, rules.rain_factor, FeeCause.RAIN),
        (trip.weather is Weather.STORM, rules.storm_factor, FeeCause.STORM),
    )
    amount, causes = usual, []
    for holds, factor, cause in factors:
        if holds and factor != 100:
            amount = amount * factor / 100
            causes.append(cause)
    return amount, tuple(causes)


def _reaches(goods: int | None, line: int | None) -> bool:
    return goods is not None and line is not None and goods >= line


def _rounded(amount: Decimal, step: int) -> int:
    """Half up to a multiple of `step`."""
    return int((amount / step).quantize(Decimal(1), ROUND_HALF_UP)) * step


def _clamped(rules: DeliveryTerms, amount: int) -> int:
    least = amount if rules.minimum is None else max(amount, rules.minimum)
    return least if rules.maximum is None else min(least, rules.maximum)
