"""How many statements the newer ways into a conversation cost, and the newer words of sellers: each row is
a turn, with the number that it may cost on PostgreSQL."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.books import load_shops
from tests.e2e.house import SHOPS, House, Phone
from tests.e2e.tally import Tally
from tests.e2e.trade import CUSTOMER, SELLER

pytestmark = pytest.mark.databases("sqlite", "postgres")

FRIEND, FOUNDER, RESELLER = "+256772300081", "+256772910001", "+256772100021"
MORE = """
[[promotions]]
name = "TENTH"
percent = 10
limit_each = 1

[[promotions]]
name = "SENT"
free_delivery = true

[[coupons]]
code = "FRIDAY"
percent = 10
limit_each = 1

[points]
per = 100
worth = 10
"""
RITA = f"""
[shop]
slug = "rita"
name = "Rita Online"
model = "reseller"
country = "UG"
currency = "UGX"
locales = ["en"]
owner = "{RESELLER}"
alerts = ["{RESELLER}"]

[[lines]]
channel = "sms"
provider = "twilio"
address = "+256312000022"

[[suppliers]]
key = "mama"
name = "Mama Njeri Foods"
phone = "{SELLER}"
shop = "mama"

[[listings]]
from = "mama"
categories = ["Grains"]
markup = 20

[delivery]
pickup = true

[payments]
rails = ["cash"]
"""
PINS = {
    # Whoever comes in.
    "a shop's link": 14,
    "a product's link": 6,
    "share this": 8,
    "a link that was passed on": 18,
    "a product's code on a handset": 13,
    # A reseller.
    "CATALOGUE": 11,
    "LIST": 32,
    "UNLIST": 15,
    # A business.
    "asks for wholesale": 12,
    "APPROVE": 16,
    # A shop of one's own.
    "a new shop": 52,
    # A seller.
    "SALE": 13,
    "SALE off": 12,
    "PROMO": 10,
    "PROMO off": 14,
    "COUPON": 12,
    "COUPON list": 6,
    # Goods that come back.
    "asks to return": 18,
    "RETURN": 10,
    "RETURNED": 4,
    "back on the shelf": 35,
}


@pytest.fixture
def house(build_house: Callable[..., House], tmp_path: Path) -> House:
    """The shop "mama" with promotions, a coupon and points, a reseller of it, and the platform itself."""
    house = build_house()
    written = (SHOPS / "mama.toml").read_text() + MORE
    (tmp_path / "mama.toml").write_text(
        written.replace('sku = "soap"', 'sku = "soap"\nwholesale_price = 4000', 1)
    )
    (tmp_path / "rita.toml").write_text(RITA)
    files = [tmp_path / "mama.toml", tmp_path / "rita.toml", SHOPS / "sokoni.toml"]
    load_shops(house.world, files)
    return house


def pinned(tally: Tally, step: str) -> None:
    tally.last(step, PINS[step])


def test_arriving_costs_few_statements(house: House, tally: Tally) -> None:
    sharer, friend = house.whatsapp(CUSTOMER), house.whatsapp(FRIEND)
    # The catalogue is read once.
    house.dial("*284*77#", "+256772300082")
    sharer.say("Hi Mama Njeri Foods", "Mama Njeri")
    pinned(tally, "a shop's link")
    sharer.say("Mama Njeri Foods #12", "Rice")
    pinned(tally, "a product's link")
    said = sharer.say("share this", "/s/mama/12/")
    pinned(tally, "share this")
    code = re.search(r"/s/mama/12/(\w{6})", said)
    assert code is not None
    friend.say(f"Mama Njeri Foods #12 #{code[1]}", "Rice")
    pinned(tally, "a link that was passed on")
    house.dial("*284*77*13#", "+256772300082")
    pinned(tally, "a product's code on a handset")


def test_a_resellers_words_cost_few_statements(house: House, tally: Tally) -> None:
    reseller = house.sms(RESELLER, "+256312000022")
    # Both catalogues are read once.
    reseller.say("CATALOGUE", "Bar Soap")
    reseller.say("CATALOGUE", "Bar Soap")
    pinned(tally, "CATALOGUE")
    reseller.say("LIST soap 6000", "6,000")
    pinned(tally, "LIST")
    reseller.say("UNLIST soap", "Bar Soap|soap")
    pinned(tally, "UNLIST")


def test_a_business_is_let_in_by_few_statements(house: House, tally: Tally) -> None:
    customer, seller = house.whatsapp(CUSTOMER), house.sms(SELLER)
    customer.say("I have a shop, I want wholesale price", "called")
    customer.say("Kintu Stores", "what do you sell")
    customer.say("groceries in Nakasero", "Thank you")
    pinned(tally, "asks for wholesale")
    seller.read("APPROVE 1")
    seller.say("APPROVE 1", "Kintu Stores buys at wholesale")
    pinned(tally, "APPROVE")


def test_opening_a_shop_costs_few_statements(house: House, tally: Tally) -> None:
    founder = house.sms(FOUNDER, "22000", "africastalking")
    said = founder.follow(founder.say("hi", "Open a shop"), "Open a shop", ">Prince Fashions")
    said = founder.follow(said, ">dresses and shoes", ">Ntinda, behind the Shell station")
    said = founder.follow(said, ">Prince Okello", ">Ankara gown 15000 x5")
    founder.choose("Open it", said, "PRINCE")
    pinned(tally, "a new shop")


def test_a_sellers_deals_cost_few_statements(house: House, tally: Tally) -> None:
    seller = house.sms(SELLER)
    seller.say("SALE", ".")
    for step, words, answer in (
        ("SALE", "SALE soap 4000 3", "4,000"),
        ("SALE off", "SALE soap OFF", "4,500"),
        ("PROMO", "PROMO", "TENTH"),
        ("PROMO off", "PROMO TENTH OFF", "TENTH"),
        ("COUPON", "COUPON MONDAY 10% 30d", "MONDAY is on"),
        ("COUPON list", "COUPON", "FRIDAY"),
    ):
        seller.say(words, answer)
        pinned(tally, step)


def test_goods_come_back_by_few_statements(house: House, tally: Tally) -> None:
    customer, seller = house.whatsapp(CUSTOMER), house.sms(SELLER)
    said = customer.say("2 soap and one rice 5kg and one sugar", "soap")
    customer.follow(said, "check", "pick", "cash", "confirm|place")
    seller.say("OK 1001", "1001")
    seller.say("READY 1001", "1001")
    code = re.findall(r"\b\d{4}\b", customer.read("is ready"))
    seller.say(f"DELIVERED 1001 {code[-1]}", "delivered")
    customer.follow(_asked(customer), "all", "broken")
    pinned(tally, "asks to return")
    seller.read("RETURN 1001")
    seller.say("RETURN 1001", "back")
    pinned(tally, "RETURN")
    said = seller.say("RETURNED 1001", "come back")
    pinned(tally, "RETURNED")
    seller.choose("good", said, "back")
    pinned(tally, "back on the shelf")


def _asked(customer: Phone) -> str:
    return customer.say("return order 1001", "What of order")
