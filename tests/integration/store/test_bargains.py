"""Haggling in the books: what is said, what is agreed, and what the cart and the order make of it."""

from decimal import Decimal

import pytest
from market import AMINA, KAMWOKYA, SHOP, Market, ugx
from sqlalchemy import select, update

from flows.ports.bargains import Countered, Struck
from flows.ports.cart import Lapsed, Repriced
from flows.ports.delivery import Fulfilment
from flows.ports.orders import Checkout, Order
from flows.ports.refusals import (
    CartChanged,
    DealDone,
    FloorOutside,
    NeedsVariant,
    NotBargained,
    SoldOut,
    UnknownProduct,
)
from flows.ports.trade import FloorSet
from store.models import BargainRow, CartRow, CustomerRow, ProductRow, VariantRow

OTHER = "+256772000002"
RICE = "rice-5kg"


@pytest.fixture
def stall(market: Market) -> Market:
    """Rice at 24,000 with a floor of 20,000."""
    market.sell(lambda t: t.set_floor(RICE, Decimal(20000)))
    return market


def say(market: Market, offer: int | None = None, sku: str = RICE, phone: str = AMINA):
    money = ugx(offer) if offer is not None else None
    return market.ask(lambda b: b.bargains.haggle(sku, money), phone=phone)


def agree(market: Market, price: int = 22600, phone: str = AMINA) -> Struck:
    struck = say(market, price, phone=phone)
    assert isinstance(struck, Struck)
    assert struck.price == ugx(price)
    return struck


def rows(market: Market) -> list[BargainRow]:
    return market.do(lambda s: list(s.session.scalars(select(BargainRow).order_by(BargainRow.id))))


def test_counters_are_kept_between_messages_and_never_rise(stall: Market):
    said = [say(stall, offer) for offer in (None, 15000, None, 16000, None)]
    assert [s.price for s in said] == [ugx(p) for p in (22500, 21500, 21000, 21000, 21000)]
    assert [s.last for s in said] == [False, False, True, True, True]
    assert [s.opened for s in said] == [True, False, False, False, False]
    [row] = rows(stall)
    assert (row.counters, row.counter, row.offers, row.agreed) == (3, 21000, 2, None)
    assert stall.ask(lambda b: b.bargains.standing(RICE)) == said[-1]


def test_what_was_countered_can_be_taken_later_that_day(stall: Market):
    say(stall)
    stall.wait(hours=3)
    struck = stall.ask(lambda b: b.bargains.take(RICE))
    assert (struck.price, struck.listed, struck.in_cart) == (ugx(22500), ugx(24000), 0)
    [row] = rows(stall)
    assert (row.agreed, row.expires_at) == (22500, struck.until)
    assert row.cart_id == stall.do(lambda s: s.session.scalars(select(CartRow.id)).one())


def test_taking_what_was_never_offered_begins_to_haggle(stall: Market):
    assert isinstance(stall.ask(lambda b: b.bargains.take(RICE)), Countered)


def test_the_agreed_price_is_the_carts_for_any_number_of_it(stall: Market):
    agree(stall)
    line = stall.ask(lambda b: b.cart.add(RICE, 2))
    assert (line.unit_price, line.total) == (ugx(22600), ugx(45200))
    assert stall.ask(lambda b: b.cart.add(RICE, 3)).total == ugx(113000)
    assert stall.ask(lambda b: b.cart.read(refresh=True)).changes == ()


def test_a_line_that_is_there_costs_less_at_once(stall: Market):
    stall.ask(lambda b: b.cart.add(RICE, 2))
    assert agree(stall).in_cart == 2
    assert stall.ask(lambda b: b.cart.read()).subtotal == ugx(45200)


def test_the_price_comes_back_with_a_line_that_was_taken_out(stall: Market):
    agree(stall)
    stall.ask(lambda b: b.cart.add(RICE, 1))
    stall.ask(lambda b: b.cart.take(RICE))
    assert stall.ask(lambda b: b.cart.add(RICE, 1)).unit_price == ugx(22600)


def test_the_cart_knows_what_is_agreed_while_it_counts(stall: Market):
    assert stall.ask(lambda b: b.cart.agreed_price(RICE)) is None
    agree(stall)
    assert stall.ask(lambda b: b.cart.agreed_price(RICE)) == ugx(22600)
    assert stall.ask(lambda b: b.cart.agreed_price("oil")) is None
    assert stall.ask(lambda b: b.cart.agreed_price("unicorn")) is None
    stall.wait(hours=24)
    assert stall.ask(lambda b: b.cart.agreed_price(RICE)) is None


def test_an_order_carries_the_agreed_price_and_its_total_follows(stall: Market):
    agree(stall)
    order = stall.buy((RICE, 3))
    assert [line.unit_price for line in order.lines] == [ugx(22600)]
    assert order.subtotal == ugx(67800)
    assert order.total == ugx(67800) + order.delivery_fee


def test_the_next_cart_costs_what_the_list_says_and_the_day_has_one_deal(stall: Market):
    agree(stall)
    stall.buy((RICE, 1))
    assert say(stall) == DealDone("Rice 5kg", ugx(24000))
    assert stall.ask(lambda b: b.cart.add(RICE, 1)).unit_price == ugx(24000)
    stall.wait(hours=24)
    assert isinstance(say(stall), Countered)


def test_nobody_else_has_the_price(stall: Market):
    agree(stall)
    assert stall.ask(lambda b: b.cart.add(RICE, 1), phone=OTHER).unit_price == ugx(24000)
    assert isinstance(say(stall, phone=OTHER), Countered)


def test_another_shop_has_neither_the_floor_nor_the_price(stall: Market):
    other = SHOP.replace('"njeri"', '"joy"').replace("NJERI", "JOY")
    joy = Market(stall.sessions, slug="joy").open(other)
    agree(stall)
    assert say(joy) == NotBargained("Rice 5kg", ugx(24000))
    assert joy.ask(lambda b: b.cart.add(RICE, 1)).unit_price == ugx(24000)


def test_after_a_day_the_list_price_is_back_and_that_is_said_once(stall: Market):
    agree(stall)
    stall.ask(lambda b: b.cart.add(RICE, 2))
    stall.wait(hours=23, minutes=59)
    assert stall.ask(lambda b: b.cart.read(refresh=True)).changes == ()
    stall.wait(minutes=1)
    cart = stall.ask(lambda b: b.cart.read(refresh=True))
    assert cart.changes == (Lapsed("Rice 5kg", ugx(22600), ugx(24000)),)
    assert cart.subtotal == ugx(48000)
    assert stall.ask(lambda b: b.cart.read(refresh=True)).changes == ()


def test_an_order_is_not_placed_at_a_price_whose_time_is_over(stall: Market):
    agree(stall)
    stall.ask(lambda b: b.cart.add(RICE, 1))
    stall.wait(hours=25)
    checkout = Checkout(Fulfilment.PICKUP, "cash", KAMWOKYA, None, AMINA)
    refused = stall.ask(lambda b: b.orders.place(checkout, expected=ugx(22600)))
    assert refused == CartChanged()
    placed = stall.ask(lambda b: b.orders.place(checkout, expected=ugx(24000)))
    assert isinstance(placed, Order)


def test_a_price_that_the_seller_lowers_below_the_agreed_one_wins(stall: Market):
    agree(stall)
    stall.ask(lambda b: b.cart.add(RICE, 1))
    stall.sell(lambda t: t.set_price(RICE, Decimal(21000)))
    cart = stall.ask(lambda b: b.cart.read(refresh=True))
    assert cart.changes == (Repriced("Rice 5kg", ugx(22600), ugx(21000)),)
    stall.sell(lambda t: t.set_price(RICE, Decimal(26000)))
    again = stall.ask(lambda b: b.cart.read(refresh=True))
    assert again.changes == (Repriced("Rice 5kg", ugx(21000), ugx(22600)),)


def test_a_wholesale_price_below_the_agreed_one_wins(market: Market):
    market.sell(lambda t: t.set_floor("oil", Decimal(7000)))
    struck = say(market, 8800, sku="oil")
    assert isinstance(struck, Struck)
    market.do(lambda s: s.session.execute(update(CustomerRow).values(price_list="wholesale")))
    assert market.ask(lambda b: b.cart.add("oil", 1)).unit_price == ugx(8000)


def test_a_wholesale_buyer_haggles_from_the_wholesale_price_down(market: Market):
    market.sell(lambda t: t.set_floor("oil", Decimal(7500)))
    market.ask(lambda b: b.cart.read())
    market.do(lambda s: s.session.execute(update(CustomerRow).values(price_list="wholesale")))
    countered = say(market, sku="oil")
    assert (countered.listed, countered.price) == (ugx(8000), ugx(7800))
    market.sell(lambda t: t.set_floor("oil", Decimal(8200)))
    assert say(market, sku="oil", phone=AMINA) == NotBargained("Cooking oil", ugx(8000))


def test_a_floor_that_rose_past_the_counter_offer_ends_it_without_being_told(stall: Market):
    say(stall)
    stall.sell(lambda t: t.set_floor(RICE, Decimal(23000)))
    assert say(stall) == NotBargained("Rice 5kg", ugx(24000))
    assert stall.ask(lambda b: b.bargains.take(RICE)) == NotBargained("Rice 5kg", ugx(24000))


def test_who_goes_on_naming_prices_does_not_find_the_floor(stall: Market):
    for offer in (12000, 13000, 14000, 15000, 16000, 17000, 18000, 19000):
        say(stall, offer)
    assert say(stall, 20000).price == ugx(21000)
    assert isinstance(stall.ask(lambda b: b.bargains.take(RICE)), Struck)


@pytest.mark.parametrize(
    ("sku", "refusal"),
    [
        ("unicorn", UnknownProduct("unicorn")),
        ("rice", NeedsVariant("rice", "Rice")),
        ("salt", NotBargained("Salt", ugx(1500))),
        ("rice-25kg", NotBargained("Rice 25kg", ugx(115000))),
    ],
)
def test_what_is_not_bargained_about_is_refused(stall: Market, sku, refusal):
    assert say(stall, sku=sku) == refusal
    assert stall.ask(lambda b: b.bargains.about(sku)) == (sku == "rice")
    assert rows(stall) == []


def test_what_is_sold_out_is_refused(stall: Market):
    stall.sell(lambda t: t.set_stock(RICE, 0))
    assert say(stall) == SoldOut("Rice 5kg")


def test_the_usual_percentage_of_a_shop_holds_where_nothing_else_is_written(market: Market):
    market.open(SHOP.replace("owner =", "bargain = 10\nowner ="))
    assert say(market, sku="salt").price == ugx(1450)
    market.sell(lambda t: t.set_floor_off("oil", Decimal(0)))
    assert say(market, sku="oil") == NotBargained("Cooking oil", ugx(9000))
    assert market.ask(lambda b: b.bargains.anything)


def test_floors_of_a_file_are_loaded_and_go_when_they_are_left_out(market: Market):
    text = SHOP.replace("price = 1500", 'price = 1500\nfloor = "10%"')
    text = text.replace("price = 115000", "price = 115000\nfloor = 100000")
    market.open(text)

    def kept(scope):
        salt = scope.session.scalars(select(ProductRow).where(ProductRow.sku == "salt")).one()
        rice = scope.session.scalars(select(VariantRow).where(VariantRow.sku == "rice-25kg")).one()
        return (salt.floor, salt.floor_off, rice.floor, rice.floor_off)

    assert market.do(kept) == (None, 1000, 100000, None)
    assert say(market, sku="rice-25kg").price == ugx(109000)
    market.open()
    assert market.do(kept) == (None, None, None, None)
    assert not market.ask(lambda b: b.bargains.anything)


def test_a_seller_sets_a_floor_as_an_amount_a_percentage_or_none(market: Market):
    amount = market.sell(lambda t: t.set_floor("oil", Decimal(8000)))
    assert amount == FloorSet("Cooking oil", ugx(9000), ugx(8000))
    percent = market.sell(lambda t: t.set_floor_off("oil", Decimal("12.5")))
    assert percent == FloorSet("Cooking oil", ugx(9000), ugx(7875))
    none = market.sell(lambda t: t.set_floor_off("oil", Decimal(0)))
    assert none == FloorSet("Cooking oil", ugx(9000), None)
    assert isinstance(market.sell(lambda t: t.set_floor("rice", Decimal(9))), NeedsVariant)
    assert isinstance(market.sell(lambda t: t.set_floor("no", Decimal(9))), UnknownProduct)


@pytest.mark.parametrize("floor", ["9001", "4499", "0", "-5"])
def test_a_floor_above_the_price_or_below_half_of_it_is_refused(market: Market, floor):
    outside = FloorOutside(ugx(4500), ugx(9000))
    assert market.sell(lambda t: t.set_floor("oil", Decimal(floor))) == outside


@pytest.mark.parametrize("percent", ["50.01", "99", "-1"])
def test_a_percentage_beyond_half_is_refused(market: Market, percent):
    outside = FloorOutside(ugx(4500), ugx(9000))
    assert market.sell(lambda t: t.set_floor_off("oil", Decimal(percent))) == outside


def test_a_price_cut_and_a_floor_together_do_not_go_below_half_of_yesterdays_price(market: Market):
    market.sell(lambda t: t.set_price("oil", Decimal(4500)))
    outside = FloorOutside(ugx(4500), ugx(4500))
    assert market.sell(lambda t: t.set_floor("oil", Decimal(2500))) == outside
    assert market.sell(lambda t: t.set_floor_off("oil", Decimal(40))) == outside
    market.wait(hours=25)
    assert isinstance(market.sell(lambda t: t.set_floor("oil", Decimal(2500))), FloorSet)


def test_a_price_that_rises_takes_its_floor_up_to_half(stall: Market):
    stall.sell(lambda t: t.set_price(RICE, Decimal(60000)))
    prices = [say(stall, offer).price for offer in (None, None, None)]
    assert min(prices) > ugx(30000)
    assert say(stall, 29999).price == min(prices)
