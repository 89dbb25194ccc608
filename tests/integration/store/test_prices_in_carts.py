"""Prices that change by themselves: with the date, and with how many are taken."""

import pytest
from market import NOON, SHOP, Market, ugx

from flows.ports.cart import Repriced
from flows.ports.prices import Why
from flows.ports.refusals import TooFew
from store.models import CustomerRow
from store.shopfile import load, read_text
from store.transaction import Sessions, run

STALL = SHOP.replace(
    'category = "Kitchen"\nprice = 9000\n',
    """category = "Kitchen"
price = 9000
sale_price = 8500
sale_from = 2026-11-26
sale_until = 2026-11-27
breaks = { 5 = 8200, 10 = 7900 }
""",
).replace(
    'name = "Salt"\ncategory = "Kitchen"\n',
    'name = "Salt"\nfeatured = true\nminimum = 6\nbrand = "Lake"\ncategory = "Kitchen"\n',
)


@pytest.fixture
def stall(sessions: Sessions) -> Market:
    return Market(sessions).open(STALL)


def price(market: Market):
    return market.ask(lambda b: b.catalogue.product("oil").terms)


def test_a_sale_begins_and_ends_by_itself(stall: Market):
    """Whatever is kept of the catalogue: the first day's midnight and the last one's, in Kampala."""
    assert price(stall).each == ugx(9000)
    stall.wait(hours=11, minutes=59)
    assert price(stall).each == ugx(9000)
    stall.wait(minutes=1)
    assert (price(stall).each, price(stall).usual) == (ugx(8500), ugx(9000))
    stall.now = NOON.replace(day=27, hour=20, minute=59)
    assert price(stall).why is Why.SALE
    stall.wait(minutes=1)
    assert price(stall).each == ugx(9000)


def test_a_sale_that_ends_is_said_to_whoever_has_it_in_the_cart(stall: Market):
    stall.now = NOON.replace(day=26)
    assert stall.ask(lambda b: b.cart.add("oil", 1)).unit_price == ugx(8500)
    stall.now = NOON.replace(day=29)
    changes = stall.ask(lambda b: b.cart.read(refresh=True)).changes
    assert changes == (Repriced("Cooking oil", ugx(8500), ugx(9000)),)


def test_more_of_it_costs_less_each(stall: Market):
    assert stall.ask(lambda b: b.cart.add("oil", 4)).total == ugx(36000)
    assert stall.ask(lambda b: b.cart.add("oil", 1)).total == ugx(41000)
    assert stall.ask(lambda b: b.cart.set("oil", 12)).unit_price == ugx(7900)
    assert stall.ask(lambda b: b.cart.take("oil", 8)).unit_price == ugx(9000)
    assert stall.ask(lambda b: b.cart.read(refresh=True)).changes == ()
    assert stall.buy().subtotal == ugx(36000)


def test_an_order_has_the_price_for_so_many(stall: Market):
    assert stall.buy(("oil", 10)).lines[0].unit_price == ugx(7900)


def test_wholesale_customers_have_whichever_is_less(stall: Market):
    def become(buyer):
        buyer.scope.session.get_one(CustomerRow, buyer.customer.id).price_list = "wholesale"

    stall.ask(become)
    assert (price(stall).each, price(stall).why) == (ugx(8000), Why.WHOLESALE)
    assert stall.ask(lambda b: b.cart.add("oil", 10)).unit_price == ugx(7900)


def test_fewer_than_the_minimum_are_not_sold(stall: Market):
    assert stall.ask(lambda b: b.cart.add("salt", 5)) == TooFew("Salt", 6)
    assert stall.ask(lambda b: b.cart.add("salt", 6)).quantity == 6
    assert stall.ask(lambda b: b.cart.take("salt", 1)) == TooFew("Salt", 6)
    assert stall.ask(lambda b: b.cart.take("salt")) is None


def test_the_last_ones_are_sold_to_whoever_wants_them(stall: Market):
    stall.sell(lambda trade: trade.set_stock("salt", 4))
    assert stall.ask(lambda b: b.cart.add("salt", 4)).quantity == 4


def test_featured_goods_come_first_on_their_shelf(stall: Market):
    names = [p.name for p in stall.ask(lambda b: b.catalogue.in_category("Kitchen"))]
    assert names == ["Salt", "Cooking oil"]


def test_loading_the_same_file_again_changes_nothing(stall: Market):
    [loaded] = run(stall.sessions, lambda s: load(s, [read_text(STALL, "njeri.toml")], stall.now))
    assert not loaded.changed
