"""Fees on the way from a shop's file to an order: what is seen is what is taken."""

from uuid import UUID

import pytest
from ledger_books import engine_of
from market import KAMWOKYA, SHOP, Market, ugx
from test_lacking import take_out

from flows.happenings import AddressChanged
from flows.money import Money
from flows.ports.delivery import Area, Fulfilment, Point
from flows.ports.orders import Checkout, Order
from flows.ports.quote import FeeCause, FeeReason
from flows.ports.refusals import AddressCosts, CartChanged, DearerArea, DoorCosts
from store.orders.settlement import receive_payment
from store.proof import prove

STANDARD = Fulfilment.STANDARD
BUSY = SHOP.replace(
    "[delivery]", '[delivery]\npeak = "17:00-20:00"\nhalf_from = 100000\nfree_from = 200000'
)
BY_DISTANCE = """
[shop]
slug = "njeri"
name = "Mama Njeri"
country = "UG"
owner = "+256700000101"
[[products]]
sku = "oil"
name = "Cooking oil"
category = "Kitchen"
price = 9000
[delivery]
scheme = "distance"
origin = [0.3136, 32.5811]
standard = { fee = 5000 }
"""
FAR = Area("Ntinda", "Far")
GATE = Area("Naguru", None, Point(0.34, 32.60))


@pytest.fixture
def busy(market: Market) -> Market:
    return market.open(BUSY)


def seen(market: Market, *wanted: tuple[str, int], area: Area = KAMWOKYA):
    """What the customer of a filled cart is shown."""

    def work(buyer):
        for sku, quantity in wanted:
            buyer.cart.add(sku, quantity)
        return buyer.orders.quote(STANDARD, area)

    return market.ask(work)


def place(market: Market, expected, area: Area = KAMWOKYA):
    checkout = Checkout(STANDARD, "cash", area, "gate")
    return market.ask(lambda b: b.orders.place(checkout, expected=expected))


def test_dear_hours_are_said_and_taken(busy: Market):
    busy.wait(hours=6)
    quote = seen(busy, ("oil", 1))
    assert (quote.fee, quote.fee_reasons) == (ugx(3600), (FeeReason(FeeCause.PEAK),))
    order = place(busy, quote.total)
    assert isinstance(order, Order)
    assert (order.delivery_fee, order.total) == (ugx(3600), quote.total)


def test_dear_hours_that_begin_in_between_are_shown_before_they_are_taken(busy: Market):
    busy.wait(hours=4, minutes=59)
    before = seen(busy, ("oil", 1))
    busy.wait(minutes=1)
    assert place(busy, before.total) == CartChanged()
    after = seen(busy)
    assert (before.fee, after.fee) == (ugx(3000), ugx(3600))
    assert isinstance(place(busy, after.total), Order)


def test_big_baskets_are_brought_for_half_and_for_nothing(busy: Market):
    half = seen(busy, ("rice-25kg", 1))
    assert half.fee_reasons == (FeeReason(FeeCause.HALF, ugx(100_000)),)
    assert (half.fee, half.total) == (ugx(1500), ugx(116_500))
    free = seen(busy, ("rice-25kg", 1))
    assert free.fee_reasons == (FeeReason(FeeCause.FREE, ugx(200_000)),)
    assert (free.fee, free.total) == (ugx(0), ugx(230_000))


def test_a_first_order_that_is_free_comes_once(market: Market):
    market.open(SHOP.replace("[delivery]", "[delivery]\nfirst_order_free = true"))
    first = seen(market, ("oil", 1))
    assert (first.fee, first.fee_reasons) == (ugx(0), (FeeReason(FeeCause.FIRST_ORDER),))
    order = place(market, first.total)
    assert seen(market, ("oil", 1)).fee == ugx(3000)
    market.ask(lambda b: b.orders.cancel(order.number, ""))
    assert seen(market).fee == ugx(0)


def test_a_fee_by_distance_goes_by_what_the_customer_shows_on_the_map(market: Market):
    market.open(BY_DISTANCE)
    assert seen(market, ("oil", 1), area=Area("Naguru")).fee == ugx(5000)
    quote = seen(market, area=GATE)
    assert quote.fee == ugx(7350)
    order = place(market, quote.total, GATE)
    assert isinstance(order, Order)
    assert order.at == GATE.at
    assert market.order(order.number).at == GATE.at


def test_an_order_may_move_where_it_would_have_cost_no_more(busy: Market):
    """Neither the hour nor what a coupon took off the fee makes a near place dearer."""
    quote = seen(busy, ("rice-25kg", 1))
    order = place(busy, quote.total)
    busy.wait(hours=6)
    moved = busy.ask(
        lambda b: b.orders.change_address(order.number, Area("Bukoto", "Near"), "gate")
    )
    assert isinstance(moved, Order)
    assert (moved.area, moved.delivery_fee) == ("Bukoto", ugx(1500))
    far = busy.ask(lambda b: b.orders.change_address(order.number, Area("Ntinda", "Far"), None))
    assert isinstance(far, AddressCosts)
    assert far.total == order.total + far.more


def test_what_was_brought_for_nothing_stays_so_elsewhere_though_goods_were_not_there(busy: Market):
    order = busy.buy(("rice-25kg", 2))
    assert order.delivery_fee == ugx(0)
    take_out(busy, order.number, "rice-25kg", 1)
    moved = move(busy, order.number, FAR)
    assert isinstance(moved, Order), moved
    assert (moved.delivery_fee, moved.total) == (ugx(0), ugx(115_000))


def move(market: Market, number: int, area: Area, agreed: Money | None = None):
    return market.ask(lambda b: b.orders.change_address(number, area, "gate", agreed))


def test_the_fee_of_an_unpaid_order_follows_the_place_after_a_yes_to_that_very_sum(market: Market):
    order = place(market, seen(market, ("oil", 1)).total)
    costs = move(market, order.number, FAR)
    assert costs == AddressCosts(order.number, "Ntinda", ugx(5000), order.total + ugx(5000))
    assert move(market, order.number, FAR, ugx(4999)) == costs
    assert market.order(order.number).area == "Kamwokya"
    moved = move(market, order.number, FAR, ugx(5000))
    assert (moved.delivery_fee, moved.total) == (ugx(8000), order.total + ugx(5000))
    back = move(market, order.number, KAMWOKYA)
    assert (back.delivery_fee, back.total) == (order.delivery_fee, order.total)
    assert [told.more for told in market.heard(AddressChanged)] == [ugx(5000), ugx(-5000)]
    assert prove(engine_of(market)).finding is None


def test_what_is_asked_for_goes_nowhere_dearer(
    market: Market,
):
    order = market.buy(("oil", 1), rail="mtn-momo")
    attempt = market.pay(order)
    assert move(market, order.number, FAR, ugx(5000)) == DearerArea("Ntinda", ugx(8000))
    market.do(lambda scope: receive_payment(scope, UUID(order.id), attempt))
    at_door = DoorCosts(order.number, "Ntinda", ugx(5000), ugx(5000))
    assert move(market, order.number, FAR, ugx(5000)) == at_door
    assert market.order(order.number).total == order.total


def test_a_file_without_delivery_has_what_is_usual(market: Market):
    start, end = SHOP.index("[delivery]"), SHOP.index("[[zones]]")
    market.open(SHOP[:start] + SHOP[end:])
    ways = market.ask(lambda b: b.delivery.options(ugx(100_000)))
    assert [(way.kind, way.fee) for way in ways] == [
        (Fulfilment.PICKUP, ugx(0)),
        (STANDARD, ugx(1500)),
        (Fulfilment.EXPRESS, ugx(4000)),
    ]


def test_pickup_costs_nothing_at_any_hour(busy: Market):
    busy.wait(hours=6)
    assert busy.ask(lambda b: b.delivery.fee(Fulfilment.PICKUP, None)) == ugx(0)
