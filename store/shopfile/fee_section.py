"""[delivery], what it says of fees: by what they go, and when they are higher, lower or none."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from flows.money import Money
from flows.ports.delivery import Fulfilment
from store.delivery_terms import DeliveryTerms, KnownArea, Scheme
from store.hours import WEEKDAYS, HoursError, read_day
from store.shopfile.points import read_point
from store.shopfile.presets import FREE_FROM, HALF_FROM, PER_KM
from store.shopfile.table import Table
from store.terms import Road, Zone

# More than this is a slip of the pen: 1.2 and not 120.
MOST_FACTOR = 10
NO_ORIGIN = "is missing; fees by the kilometre need to know where the shop is"


def read_fees(
    table: Table | None,
    roads: Sequence[Road],
    zones: Sequence[Zone],
    gazetteer: tuple[KnownArea, ...],
    currency: str,
    top: Table,
) -> DeliveryTerms:
    """What is usual for the currency where a file has no [delivery]; else what it says."""
    if table is None:
        if any(zone.per_km for zone in zones):
            top.wrong("delivery.origin", NO_ORIGIN)
        return DeliveryTerms(
            free_from=_preset(FREE_FROM, currency),
            half_from=_preset(HALF_FROM, currency),
            gazetteer=gazetteer,
        )
    plain = DeliveryTerms()
    usual = Scheme.ZONES if zones else Scheme.FLAT
    scheme = Scheme(table.one_of("scheme", [each.value for each in Scheme], usual.value) or usual)
    base, per_km = table.amount("base", currency), table.amount("per_km", currency)
    terms = DeliveryTerms(
        scheme=scheme,
        base=_standard(roads) if base is None else base,
        per_km=_per_km(scheme, per_km, currency),
        minimum=table.amount("minimum", currency),
        maximum=table.amount("maximum", currency),
        step=table.amount("step", currency) or plain.step,
        peak=_peak(table),
        peak_factor=_factor(table, "peak_factor", plain.peak_factor),
        rain_factor=_factor(table, "rain_factor", plain.rain_factor),
        storm_factor=_factor(table, "storm_factor", plain.storm_factor),
        rain_slower=_factor(table, "rain_slower", plain.rain_slower),
        storm_slower=_factor(table, "storm_slower", plain.storm_slower),
        free_from=table.amount("free_from", currency),
        half_from=table.amount("half_from", currency),
        first_order_free=table.truth("first_order_free", default=False),
        origin=read_point(table, "origin"),
        road_factor=_factor(table, "road_factor", plain.road_factor),
        gazetteer=gazetteer,
    )
    _check(table, terms, zones)
    return terms


def _check(table: Table, terms: DeliveryTerms, zones: Sequence[Zone]) -> None:
    """What cannot be together."""
    by_distance = terms.scheme is Scheme.DISTANCE
    if terms.origin is None and (by_distance or any(zone.per_km for zone in zones)):
        table.wrong("origin", NO_ORIGIN)
    if not by_distance:
        for key in ("base", "per_km"):
            if table.has(key):
                table.wrong(key, 'is of scheme = "distance"')
    if terms.scheme is Scheme.FLAT and any(zone.fee or zone.per_km for zone in zones):
        table.wrong("scheme", "is flat, and yet a zone has a fee of its own")
    if None not in (terms.minimum, terms.maximum) and terms.minimum > terms.maximum:  # type: ignore[operator]
        table.wrong("minimum", "is more than the maximum")
    if None not in (terms.half_from, terms.free_from) and terms.half_from >= terms.free_from:  # type: ignore[operator]
        table.wrong("half_from", "must be less than free_from")


def _standard(roads: Sequence[Road]) -> int:
    return next((road.fee for road in roads if road.kind is Fulfilment.STANDARD), 0)


def _per_km(scheme: Scheme, written: int | None, currency: str) -> int:
    if written is not None or scheme is not Scheme.DISTANCE:
        return written or 0
    return _preset(PER_KM, currency) or 0


def _preset(numbers: Mapping[str, int], currency: str) -> int | None:
    return Money.of(numbers[currency], currency).minor if currency in numbers else None


def _peak(table: Table) -> dict[str, str]:
    """By weekday, or one text for every day."""
    value = table.value("peak")
    if isinstance(value, str):
        return dict.fromkeys(WEEKDAYS, value) if _is_day(table, "peak", value) else {}
    inner = table.table("peak")
    if inner is None:
        return {}
    hours = {day: inner.text(day) or "" for day in WEEKDAYS if inner.has(day)}
    inner.close()
    return {day: text for day, text in hours.items() if text and _is_day(inner, day, text)}


def _is_day(table: Table, key: str, text: str) -> bool:
    try:
        return bool(read_day(text))
    except HoursError as error:
        table.wrong(key, str(error))
        return False


def _factor(table: Table, key: str, usual: int) -> int:
    """1.2 in the file, 120 in the books."""
    written = table.decimal(key)
    if written is None:
        return usual
    if not 1 <= written <= MOST_FACTOR:
        table.wrong(key, f"must be between 1 and {MOST_FACTOR}, like 1.2")
        return usual
    return int((written * 100).quantize(Decimal(1), ROUND_HALF_UP))
