"""Goods listed, renamed and hidden by phone, in the books."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from market import SHOP, Market, ugx
from sqlalchemy import select

from flows.ports.orders import Order
from flows.ports.refusals import BadAmount, NameTaken, UnknownProduct
from flows.ports.stall import PutOnSale
from intents.listing import Listing
from store.models import ProductRow, StaffRow
from store.shopfile import load, read_text
from store.stall import ShopStall
from store.transaction import run

GOWN = Listing("Ankara gown", Decimal(15000), 5)


@pytest.fixture
def market(sessions):
    return Market(sessions).open()


def stall(market, work):
    def do(scope):
        staff = scope.session.scalars(select(StaffRow).where(StaffRow.shop_id == scope.shop.id))
        return work(ShopStall(scope, staff.first()))

    return market.do(do)


def add(market, listing=GOWN):
    return stall(market, lambda own: own.add(listing))


def test_what_is_added_can_be_bought_at_once(market):
    added = add(market)
    assert added == PutOnSale("Ankara gown", "ankara-gown", added.code, ugx(15000), 5)
    order = market.buy(("ankara-gown", 2))
    assert isinstance(order, Order)
    assert order.lines[0].total == ugx(30000)
    assert market.ask(lambda buyer: buyer.catalogue.product("ankara-gown").free) == 3
    assert market.ask(lambda buyer: buyer.catalogue.by_code(added.code).name) == "Ankara gown"


def test_what_is_not_counted_never_runs_out(market):
    add(market, Listing("Chapati", Decimal(500)))
    assert market.ask(lambda buyer: buyer.catalogue.product("chapati").free) is None


@pytest.mark.parametrize("name", ["Ankara gown", "ANKARA  GOWN", "ankara-gown"])
def test_a_name_is_given_once(market, name):
    add(market)
    assert add(market, Listing(name, Decimal(1))) == NameTaken("Ankara gown", "ankara-gown")


def test_two_names_that_make_one_sku_get_two(market):
    add(market, Listing("Fresh coconut oil from Lamu", Decimal(9000)))
    other = add(market, Listing("Fresh coconut oil from Malindi", Decimal(9500)))
    assert other.sku == "fresh-coconut-oil-from-l-2" or other.sku.startswith(
        "fresh-coconut-oil-from-m"
    )


@pytest.mark.parametrize("price", [Decimal("0.4"), Decimal(10) ** 15])
def test_a_price_that_the_currency_cannot_pay_is_refused(market, price):
    assert isinstance(add(market, Listing("Gown", price)), BadAmount)


def test_it_stands_with_goods_that_are_called_alike(market):
    add(market, Listing("Basmati rice", Decimal(6000)))
    assert market.ask(lambda buyer: buyer.catalogue.product("basmati-rice").category) == "Grains"
    add(market)
    assert market.ask(lambda buyer: buyer.catalogue.product("ankara-gown").category) not in (
        "Grains",
        "Kitchen",
    )


def test_a_file_that_is_loaded_again_leaves_it(market):
    added = add(market)
    stall(market, lambda own: own.hide("salt"))
    run(market.sessions, lambda s: load(s, [read_text(SHOP, "njeri.toml")], market.now))
    assert market.ask(lambda buyer: buyer.catalogue.by_code(added.code).name) == "Ankara gown"
    assert market.ask(lambda buyer: buyer.catalogue.product("salt")) is None


def test_what_is_hidden_cannot_be_bought_until_it_is_shown(market):
    stall(market, lambda own: own.hide("salt"))
    assert [each.sku for each in stall(market, lambda own: own.hidden())] == ["salt"]
    assert isinstance(market.ask(lambda buyer: buyer.cart.add("salt", 1)), UnknownProduct)
    stall(market, lambda own: own.show("salt"))
    assert isinstance(market.buy(("salt", 1)), Order)


def test_an_open_order_of_hidden_goods_goes_on(market):
    order = market.buy(("salt", 1))
    stall(market, lambda own: own.hide("salt"))
    assert isinstance(market.sell(lambda trade: trade.accept(order.number)), Order)


def test_goods_are_renamed_unless_something_else_is_called_so(market):
    assert stall(market, lambda own: own.rename("salt", "Sea salt")).name == "Sea salt"
    assert isinstance(stall(market, lambda own: own.rename("salt", "cooking OIL")), NameTaken)
    assert isinstance(stall(market, lambda own: own.rename("gold", "Gold")), UnknownProduct)


def test_staff_who_add_at_once_get_codes_and_skus_of_their_own(market):
    names = [f"Gown {letter}" for letter in "abcdefgh"] + ["Same gown"] * 4
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda name: add(market, Listing(name, Decimal(1500))), names))
    put = [each for each in done if isinstance(each, PutOnSale)]
    assert len(put) == 9
    rows = market.do(
        lambda scope: scope.session.execute(
            select(ProductRow.sku, ProductRow.code).where(ProductRow.by_phone)
        ).all()
    )
    assert len({row.sku for row in rows}) == len({row.code for row in rows}) == 9
