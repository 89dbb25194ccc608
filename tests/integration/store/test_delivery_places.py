"""Areas by other names and by phone, areas asked for in vain, and the weather over a shop."""

from decimal import Decimal

import pytest
from market import KAMWOKYA, SHOP, Market, ugx

from flows.happenings import AreasAsked
from flows.ports.delivery import Area, Fulfilment, Point
from flows.ports.places import AskedArea, OwnArea, Weather
from flows.ports.refusals import BadAmount, NotCovered
from store.delivery.places import ShopPlaces
from store.due import DUTIES
from store.models import AreaAskedRow
from store.transaction import run

STANDARD = Fulfilment.STANDARD
EXPRESS = 'express = { fee = 10000, eta = "30 min" }\npickup = { eta = "30 min" }'
MAPPED = SHOP.replace(
    '"Bukoto"]', '{ name = "Bukoto", also = ["Kisaasi road"], at = [0.3508, 32.5966] }]'
)

ALL_MAPPED = MAPPED.replace(
    '["Kamwokya", {', '[{ name = "Kamwokya", at = [0.3476, 32.5825] }, {'
).replace('["Ntinda", "Najjera", "Old Kampala"]', '[{ name = "Ntinda", at = [0.3549, 32.6128] }]')


def say(market: Market, word):
    return market.do(lambda scope: word(ShopPlaces(scope)))


def found(market: Market, text: str) -> list[str]:
    return [area.name for area in market.ask(lambda b: b.delivery.find(text))]


def fee(market: Market, area: Area) -> int:
    return market.ask(lambda b: b.delivery.fee(STANDARD, area)).minor


def clock(market: Market) -> None:
    [duty] = [duty for duty in DUTIES if duty.name == "areas_asked"]
    for _, shop in run(market.sessions, lambda s: duty.find(s, market.rules, market.now, 50)):
        market.do(lambda scope, shop=shop: duty.act(scope, shop))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("kisasi road", ["Bukoto"]),
        ("near bukotto market", ["Bukoto"]),
        ("Kamwocha", ["Kamwokya"]),
        ("Kampala", []),
        ("near the mosque", []),
    ],
)
def test_an_area_is_found_by_what_else_it_is_called(market: Market, text, names):
    market.open(MAPPED)
    assert found(market, text) == names


def test_a_point_on_the_map_is_in_the_nearest_area(market: Market):
    market.open(MAPPED)
    beside, entebbe = Point(0.352, 32.60), Point(0.05, 32.46)
    assert market.ask(lambda b: b.delivery.around(beside)) == Area("Bukoto", "Near", beside)
    assert market.ask(lambda b: b.delivery.around(entebbe)) is None


@pytest.mark.parametrize(
    ("point", "beyond"),
    [
        (Point(0.05, 32.46), False),
        (Point(-0.61, 30.66), True),
        (Point(0.0, 0.0), True),
        (Point(-4.04, 39.67), True),
    ],
    ids=["Entebbe", "Mbarara", "the Gulf of Guinea", "Mombasa"],
)
def test_a_point_far_from_every_area_cannot_be_meant(market: Market, point: Point, beyond: bool):
    market.open(ALL_MAPPED)
    assert market.ask(lambda b: b.delivery.beyond(point)) is beyond


def test_where_an_area_is_on_no_map_a_point_may_be_in_it(market: Market):
    market.open(MAPPED)
    assert market.ask(lambda b: b.delivery.beyond(Point(-0.61, 30.66))) is False


def test_an_area_added_by_phone_is_delivered_to_and_outlives_the_file(market: Market):
    assert found(market, "Mukono") == []
    added = say(market, lambda places: places.add("Mukono", Decimal(8000)))
    assert added == OwnArea("Mukono", ugx(8000))
    market.open(SHOP)
    assert found(market, "mukno") == ["Mukono"]
    assert fee(market, Area("Mukono", "Mukono")) == 8000
    order = market.buy(("oil", 1), area=Area("Mukono", "Mukono"))
    assert (order.area, order.delivery_fee) == ("Mukono", ugx(8000))
    assert "Mukono" in market.ask(lambda b: b.delivery.areas())


def test_what_a_seller_says_of_an_area_goes_before_the_file(market: Market):
    say(market, lambda places: places.add("bukoto", Decimal(4500)))
    [area] = market.ask(lambda b: b.delivery.find("Bukoto"))
    assert fee(market, area) == 4500
    say(market, lambda places: places.add("Bukoto", Decimal(4000)))
    assert say(market, lambda places: places.own()) == [OwnArea("Bukoto", ugx(4000))]
    assert say(market, lambda places: places.drop("BUKOTO")) == OwnArea("Bukoto", ugx(4000))
    [area] = market.ask(lambda b: b.delivery.find("Bukoto"))
    assert fee(market, area) == 3000


def test_a_shop_that_goes_anywhere_still_does_beside_its_own_areas(market: Market):
    start, end = SHOP.index("[[zones]]"), SHOP.index("[[riders]]")
    market.open((SHOP[:start] + SHOP[end:]).replace('zones = ["Far"]', ""))
    say(market, lambda places: places.add("Mukono", Decimal(8000)))
    assert found(market, "Gulu") == ["Gulu"]
    assert fee(market, Area("Gulu")) == 5000
    assert fee(market, Area("Mukono", "Mukono")) == 8000
    assert market.ask(lambda b: b.delivery.areas()) == []


@pytest.mark.parametrize("amount", [Decimal("0.5"), Decimal(-1)])
def test_a_fee_that_cannot_be_is_refused(market: Market, amount: Decimal):
    assert isinstance(say(market, lambda places: places.add("Mukono", amount)), BadAmount)
    assert say(market, lambda places: places.drop("Mukono")) == NotCovered("Mukono")


def test_rain_ends_by_itself_and_fine_weather_ends_it_sooner(market: Market):
    until = say(market, lambda places: places.change_weather(Weather.RAIN))
    assert fee(market, KAMWOKYA) == 3900
    market.wait(hours=2, minutes=59)
    assert fee(market, KAMWOKYA) == 3900
    market.wait(minutes=1)
    assert (market.now, fee(market, KAMWOKYA)) == (until, 3000)
    say(market, lambda places: places.change_weather(Weather.STORM))
    assert fee(market, KAMWOKYA) == 4500
    assert say(market, lambda places: places.change_weather(None)) is None
    assert fee(market, KAMWOKYA) == 3000


def times(market: Market) -> dict[Fulfilment, str | None]:
    return {way.kind: way.eta for way in market.ask(lambda b: b.delivery.options())}


def test_the_promise_is_as_the_weather_is(market: Market):
    express = SHOP.replace("express = { fee = 10000 }", EXPRESS)
    market.open(express)
    dry = {STANDARD: "60-90 min", Fulfilment.PICKUP: "30 min", Fulfilment.EXPRESS: "30 min"}
    assert times(market) == dry
    say(market, lambda places: places.change_weather(Weather.RAIN))
    rain = {STANDARD: "80-120 min", Fulfilment.PICKUP: "30 min", Fulfilment.EXPRESS: "40 min"}
    assert times(market) == rain
    market.wait(hours=3)
    assert times(market) == dry


def test_another_address_is_promised_as_the_weather_is_then(market: Market):
    number = market.buy(("oil", 1)).number
    say(market, lambda places: places.change_weather(Weather.STORM))
    far = Area("Ntinda", "Far")
    agreed = market.ask(lambda b: b.orders.change_address(number, far, "gate")).more
    market.ask(lambda b: b.orders.change_address(number, far, "gate", agreed))
    assert market.order(number).eta == "3 hours"


def ask_for(market: Market, place: str, *people: int) -> None:
    for one in people:
        phone = f"+25677200{one:04d}"
        market.ask(lambda b: b.delivery.missed(place), phone)


def test_a_seller_hears_once_a_week_where_people_wanted_goods_brought(market: Market):
    ask_for(market, "Mukono", 1, 2, 3, 3, 3)
    ask_for(market, "to jinja", 4, 5)
    ask_for(market, "Gulu", 6)
    listed = [AskedArea("Mukono", 3), AskedArea("Jinja", 2), AskedArea("Gulu", 1)]
    assert say(market, lambda places: places.asked()) == listed
    market.wait(days=6)
    clock(market)
    assert market.heard(AreasAsked) == []
    market.wait(days=1)
    clock(market)
    clock(market)
    assert market.heard(AreasAsked) == [AreasAsked(tuple(listed[:2]))]
    assert market.do(lambda scope: scope.session.query(AreaAskedRow).count()) == 0


def test_what_has_come_to_be_delivered_to_is_not_told(market: Market):
    ask_for(market, "Mukono", 1, 2)
    say(market, lambda places: places.add("Mukono", Decimal(8000)))
    market.wait(days=7)
    clock(market)
    assert market.heard(AreasAsked) == []


def test_numbers_and_sentences_are_no_places(market: Market):
    ask_for(market, "0772123456", 1)
    ask_for(market, "i live near my sister who sells fish at the old taxi park", 2)
    assert say(market, lambda places: places.asked()) == []
