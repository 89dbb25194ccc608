"""What a delivery costs: one row for each rule, and what must hold of any fee."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.ports.delivery import Fulfilment, Point
from flows.ports.places import Weather
from flows.ports.quote import FeeCause
from store.delivery.distance import road_km, straight_km
from store.delivery.fees import Fee, Trip, reckon
from store.delivery_terms import DeliveryTerms, Scheme
from store.terms import Road, Terms, Zone

PICKUP, STANDARD, EXPRESS = Fulfilment.PICKUP, Fulfilment.STANDARD, Fulfilment.EXPRESS
ROADS = (Road(PICKUP), Road(STANDARD, 5000), Road(EXPRESS, 10000))
NEAR = Zone("Near", ("Kamwokya",), 3000)
FAR = Zone("Far", ("Ntinda",), 8000)
BY_KM = Zone("Hills", ("Muyenga",), per_km=700, minimum=4000)
LOOSE = Zone("Loose", ("Bwaise",))
PLAIN = DeliveryTerms()
BASKETS = DeliveryTerms(free_from=200_000, half_from=100_000)
CLAMPED = replace(BASKETS, minimum=3500, maximum=9000)
DISTANCE = DeliveryTerms(scheme=Scheme.DISTANCE, base=5000, per_km=500, origin=Point(0.33, 32.58))
STEPS = replace(DISTANCE, step=500)
FIRST = DeliveryTerms(first_order_free=True, minimum=2000)
WET, WILD = Weather.RAIN, Weather.STORM
PEAK, RAIN, STORM = FeeCause.PEAK, FeeCause.RAIN, FeeCause.STORM
HALF, FREE, FIRST_ORDER = FeeCause.HALF, FeeCause.FREE, FeeCause.FIRST_ORDER


def terms(delivery: DeliveryTerms) -> Terms:
    return Terms(ROADS, (NEAR, FAR, BY_KM, LOOSE), delivery=delivery, anywhere=False)


@pytest.mark.parametrize(
    ("delivery", "trip", "fee"),
    [
        # One fee for all, a zone's own, and by the kilometre with a minimum.
        (PLAIN, Trip(STANDARD), Fee(5000)),
        (PLAIN, Trip(EXPRESS), Fee(10000)),
        (PLAIN, Trip(PICKUP, peak=True, weather=WILD), Fee(0)),
        (PLAIN, Trip(STANDARD, NEAR), Fee(3000)),
        (PLAIN, Trip(STANDARD, FAR), Fee(8000)),
        (PLAIN, Trip(STANDARD, LOOSE), Fee(5000)),
        (PLAIN, Trip(EXPRESS, FAR), Fee(13000)),
        (PLAIN, Trip(STANDARD, BY_KM, Decimal("10")), Fee(7000)),
        (PLAIN, Trip(STANDARD, BY_KM, Decimal("2")), Fee(4000)),
        (PLAIN, Trip(STANDARD, BY_KM), Fee(4000)),
        # By distance: 5,000 and 500 for each kilometre.
        (DISTANCE, Trip(STANDARD, km=Decimal(0)), Fee(5000)),
        (DISTANCE, Trip(STANDARD, km=Decimal("4.2")), Fee(7100)),
        (DISTANCE, Trip(STANDARD, LOOSE), Fee(5000)),
        (DISTANCE, Trip(STANDARD, FAR), Fee(8000)),
        (DISTANCE, Trip(EXPRESS, km=Decimal("4.2")), Fee(12100)),
        # Dear hours and weather.
        (PLAIN, Trip(STANDARD, peak=True), Fee(6000, (PEAK,))),
        (PLAIN, Trip(STANDARD, weather=WET), Fee(6500, (RAIN,))),
        (PLAIN, Trip(STANDARD, weather=WILD), Fee(7500, (STORM,))),
        (PLAIN, Trip(STANDARD, peak=True, weather=WET), Fee(7800, (PEAK, RAIN))),
        (replace(PLAIN, rain_factor=100), Trip(STANDARD, weather=WET), Fee(5000)),
        # Big baskets: the line itself counts.
        (BASKETS, Trip(STANDARD, goods=99_999), Fee(5000)),
        (BASKETS, Trip(STANDARD, goods=100_000), Fee(2500, (HALF,))),
        (BASKETS, Trip(STANDARD, goods=199_999), Fee(2500, (HALF,))),
        (BASKETS, Trip(STANDARD, goods=200_000), Fee(0, (FREE,))),
        (BASKETS, Trip(EXPRESS, goods=200_000, weather=WET), Fee(0, (FREE,))),
        (BASKETS, Trip(STANDARD), Fee(5000)),
        # Multiplied, then halved, then kept within bounds; what is free stays free.
        (CLAMPED, Trip(STANDARD, goods=100_000), Fee(3500, (HALF,))),
        (CLAMPED, Trip(STANDARD, goods=100_000, weather=WILD), Fee(3750, (STORM, HALF))),
        (CLAMPED, Trip(STANDARD, FAR, weather=WET), Fee(9000, (RAIN,))),
        (CLAMPED, Trip(STANDARD, NEAR), Fee(3500)),
        (CLAMPED, Trip(STANDARD, goods=200_000), Fee(0, (FREE,))),
        (CLAMPED, Trip(STANDARD, Zone("Next door", fee=0), weather=WET), Fee(0)),
        (CLAMPED, Trip(PICKUP), Fee(0)),
        # A first order.
        (FIRST, Trip(STANDARD, first_order=True, peak=True), Fee(0, (FIRST_ORDER,))),
        (FIRST, Trip(STANDARD), Fee(5000)),
        (PLAIN, Trip(STANDARD, first_order=True), Fee(5000)),
        # Rounded half up, to the shop's step where it has one.
        (BASKETS, Trip(STANDARD, Zone("Odd", fee=3001), goods=100_000), Fee(1501, (HALF,))),
        (STEPS, Trip(STANDARD, km=Decimal("4.4")), Fee(7000)),
        (STEPS, Trip(STANDARD, km=Decimal("4.5")), Fee(7500)),
    ],
)
def test_a_fee_by_the_rules(delivery: DeliveryTerms, trip: Trip, fee: Fee):
    assert reckon(terms(delivery), trip) == fee


kilometres = st.decimals(0, 300, places=1)
amounts = st.integers(0, 50_000)
trips = st.builds(
    Trip,
    st.sampled_from(Fulfilment),
    st.sampled_from((None, NEAR, FAR, BY_KM, LOOSE)),
    st.none() | kilometres,
    st.none() | st.integers(0, 400_000),
    st.booleans(),
    st.none() | st.sampled_from(Weather),
    st.booleans(),
)
rules = st.builds(
    DeliveryTerms,
    st.sampled_from(Scheme),
    amounts,
    st.integers(0, 5000),
    st.none() | st.integers(1, 5000),
    st.none() | st.integers(5000, 20_000),
    st.sampled_from((1, 100, 500)),
    free_from=st.none() | st.just(200_000),
    half_from=st.none() | st.just(100_000),
    first_order_free=st.booleans(),
)


@given(rules, trips)
def test_a_fee_is_within_its_bounds_or_nothing(delivery: DeliveryTerms, trip: Trip):
    fee = reckon(terms(delivery), trip).minor
    assert fee >= 0
    if fee and trip.kind is not PICKUP:
        assert fee >= (delivery.minimum or 0)
        assert fee <= (delivery.maximum or fee)


@given(rules, trips, kilometres, kilometres)
def test_farther_is_never_cheaper(delivery: DeliveryTerms, trip: Trip, one: Decimal, two: Decimal):
    near, far = sorted((one, two))
    fees = [reckon(terms(delivery), replace(trip, km=km)).minor for km in (near, far)]
    assert fees[0] <= fees[1]


@given(rules, trips, st.integers(0, 400_000), st.integers(0, 400_000))
def test_more_goods_never_cost_more_to_bring(delivery, trip, one, two):
    less, more = sorted((one, two))
    fees = [reckon(terms(delivery), replace(trip, goods=goods)).minor for goods in (less, more)]
    assert fees[0] >= fees[1]


KAMPALA, ENTEBBE = Point(0.3136, 32.5811), Point(0.0512, 32.4637)


def test_a_straight_line_is_as_long_as_on_the_globe():
    assert straight_km(KAMPALA, ENTEBBE) == pytest.approx(31.95, abs=0.05)
    assert straight_km(KAMPALA, KAMPALA) == 0
    assert straight_km(Point(0, 179.9), Point(0, -179.9)) == pytest.approx(22.24, abs=0.05)


def test_a_road_is_longer_than_the_line():
    assert road_km(KAMPALA, ENTEBBE, 130) == Decimal("41.6")


def test_a_point_is_written_to_a_metre_and_read_again():
    assert KAMPALA.written == "0.31360,32.58110"
    assert Point.read(KAMPALA.written) == KAMPALA
    assert [Point.read(text) for text in ("", "here", "1,2", "0.1,x")] == [None] * 4
