"""From an empty cart to a placed order."""

import pytest
from market import AMINA, KAMWOKYA, SHOP, Market, ugx
from sqlalchemy import select, update

from flows.happenings import OrderPlaced
from flows.ports.cart import Gone, Reduced, Repriced
from flows.ports.delivery import Area, Fulfilment
from flows.ports.orders import Checkout, Order, OrderStatus, PaymentStatus
from flows.ports.refusals import (
    BadAmount,
    BelowMinimum,
    CartChanged,
    EmptyCart,
    NeedsVariant,
    NotCovered,
    NotInCart,
    OnlyLeft,
    RailUnavailable,
    SoldOut,
    TooMany,
    UnknownProduct,
)
from store.models import FactRow, HoldRow, StockRow


def stock_of(market: Market, sku: str) -> tuple[int, int]:
    def work(scope):
        row = scope.session.get(StockRow, (scope.shop.id, sku))
        return row.on_hand, row.held

    return market.do(work)


def test_categories_say_how_much_stands_in_them(market: Market):
    found = market.ask(lambda b: [(c.name, c.count) for c in b.catalogue.categories()])
    assert found == [("Grains", 1), ("Kitchen", 2), ("Fresh", 1)]


def test_a_product_with_variants_costs_the_least_of_them_and_has_their_sum(market: Market):
    rice = market.ask(lambda b: b.catalogue.product("rice-25kg"))
    assert (rice.sku, rice.price, rice.free) == ("rice", ugx(24000), 52)
    assert [(v.label, v.price, v.free) for v in rice.variants] == [
        ("5kg", ugx(24000), 40),
        ("25kg", ugx(115000), 12),
    ]


def test_what_is_not_counted_is_never_sold_out(market: Market):
    salt = market.ask(lambda b: b.catalogue.product("salt"))
    assert salt.free is None
    assert not salt.sold_out


def test_a_code_opens_its_product_and_no_code_opens_none(market: Market):
    def work(b):
        rice = b.catalogue.product("rice")
        return (
            rice,
            b.catalogue.by_code(rice.code),
            b.catalogue.by_code(999),
            b.catalogue.by_code(0),
        )

    rice, found, missing, zero = market.ask(work)
    assert found == rice
    assert missing is None
    assert zero is None


def test_names_for_the_language_engine_change_their_key_with_a_name_and_not_with_a_price(
    market: Market,
):
    before = market.ask(lambda b: b.catalogue.names)
    market.sell(lambda trade: trade.set_price("oil", 9500))
    assert market.ask(lambda b: b.catalogue.names.key) == before.key
    market.sell(lambda trade: trade.add_alias("mafuta", "oil"))
    after = market.ask(lambda b: b.catalogue.names)
    assert before.key != after.key
    entry = next(e for e in before.entries if e.sku == "rice-5kg")
    assert (entry.parent, entry.words) == ("rice", ("5kg",))


def test_a_wholesale_customer_sees_wholesale_prices(market: Market):
    def work(b):
        b.customer.price_list = "wholesale"
        b.scope.session.flush()

    market.ask(work)
    assert market.ask(lambda b: b.catalogue.product("oil").price) == ugx(8000)


def test_what_nobody_sells_is_noted(market: Market):
    market.ask(lambda b: b.catalogue.missed("unicorn"))
    facts = market.do(lambda scope: scope.session.scalars(select(FactRow)).all())
    assert [fact.values["mention"] for fact in facts] == ["unicorn"]


def test_quantities_of_one_thing_merge(market: Market):
    market.ask(lambda b: b.cart.add("oil", 2))
    line = market.ask(lambda b: b.cart.add("oil", 3))
    assert (line.quantity, line.total) == (5, ugx(45000))
    assert market.ask(lambda b: b.cart.read()).count == 5


@pytest.mark.parametrize(
    ("sku", "quantity", "refusal"),
    [
        ("unicorn", 1, UnknownProduct("unicorn")),
        ("rice", 1, NeedsVariant("rice", "Rice")),
        ("oil", 21, OnlyLeft("Cooking oil", 20, "oil")),
        ("salt", 1000, TooMany("Salt", 999)),
        ("oil", 0, BadAmount("0")),
        ("oil", -2, BadAmount("-2")),
    ],
)
def test_a_cart_refuses_what_cannot_be_had(market: Market, sku, quantity, refusal):
    assert market.ask(lambda b: b.cart.add(sku, quantity)) == refusal
    assert market.ask(lambda b: b.cart.read()).lines == ()


def test_a_line_is_set_reduced_and_removed(market: Market):
    market.ask(lambda b: b.cart.add("oil", 5))
    assert market.ask(lambda b: b.cart.set("oil", 2)).quantity == 2
    assert market.ask(lambda b: b.cart.take("oil", 1)).quantity == 1
    assert market.ask(lambda b: b.cart.take("oil")) is None
    assert market.ask(lambda b: b.cart.take("oil")) == NotInCart("Cooking oil")
    assert market.ask(lambda b: b.cart.set("oil", 0)) is None


def test_a_product_named_without_its_variant_means_the_one_in_the_cart(market: Market):
    market.ask(lambda b: b.cart.add("rice-5kg", 3))
    assert market.ask(lambda b: b.cart.set("rice", 2)).sku == "rice-5kg"
    market.ask(lambda b: b.cart.add("rice-25kg", 1))
    assert market.ask(lambda b: b.cart.take("rice")) == NeedsVariant("rice", "Rice")


def test_carts_of_two_people_do_not_meet(market: Market):
    market.ask(lambda b: b.cart.add("oil", 1))
    assert market.ask(lambda b: b.cart.read(), phone="+256772000002").lines == ()


def test_refreshing_says_every_difference_once(market: Market):
    for sku, quantity in (("oil", 10), ("matooke", 1), ("rice-5kg", 1)):
        market.ask(lambda b, s=sku, q=quantity: b.cart.add(s, q))
    market.sell(lambda trade: trade.set_stock("oil", 4))
    market.sell(lambda trade: trade.set_stock("matooke", 0))
    market.sell(lambda trade: trade.set_price("rice-5kg", 25000))
    cart = market.ask(lambda b: b.cart.read(refresh=True))
    assert set(cart.changes) == {
        Reduced("Cooking oil", 4),
        Gone("Matooke"),
        Repriced("Rice 5kg", ugx(24000), ugx(25000)),
    }
    assert cart.subtotal == ugx(4 * 9000 + 25000)
    assert market.ask(lambda b: b.cart.read(refresh=True)).changes == ()


def test_a_cash_order_is_held_without_end_and_waits_for_the_seller(market: Market):
    order = market.buy(("oil", 2), ("rice-5kg", 1))
    assert (order.number, order.status, order.payment_status) == (
        1001,
        OrderStatus.PENDING,
        PaymentStatus.PENDING,
    )
    assert (order.subtotal, order.delivery_fee, order.total) == (
        ugx(42000),
        ugx(3000),
        ugx(45000),
    )
    assert (order.area, order.zone, order.landmark) == ("Kamwokya", "Near", "near the mosque")
    assert len(order.code) == 4
    assert [happening.awaits_payment for happening in market.heard(OrderPlaced)] == [False]
    assert stock_of(market, "oil") == (20, 2)
    assert market.do(lambda s: s.session.scalars(select(HoldRow.expires_at)).all()) == [None, None]
    assert market.ask(lambda b: b.cart.read()).lines == ()


def test_an_order_to_be_prompted_for_is_held_for_a_while(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    assert [happening.awaits_payment for happening in market.heard(OrderPlaced)] == [True]
    until = market.do(lambda s: s.session.scalar(select(HoldRow.expires_at)))
    assert until == market.now + market.rules.hold
    assert order.payer == AMINA


def test_numbers_of_a_shop_follow_each_other(market: Market):
    assert [market.buy(("oil", 1)).number for _ in range(3)] == [1001, 1002, 1003]


def test_a_pickup_costs_nothing_and_has_no_area(market: Market):
    order = market.buy(("oil", 1), fulfilment=Fulfilment.PICKUP, area=None)
    assert (order.delivery_fee, order.area, order.landmark) == (ugx(0), None, None)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"area": Area("Jinja")}, NotCovered("Jinja")),
        ({"area": None}, NotCovered("")),
        ({"rail": "paystack"}, RailUnavailable("paystack")),
    ],
)
def test_a_checkout_on_other_terms_is_refused(market: Market, change, refusal):
    assert market.try_to_buy(("oil", 1), **change) == refusal


def test_an_empty_cart_is_no_order(market: Market):
    assert market.try_to_buy() == EmptyCart()


def test_below_the_minimum_nothing_is_ordered(market: Market):
    market.open(SHOP.replace('owner = "', 'minimum_order = 10000\nowner = "'))
    assert market.try_to_buy(("oil", 1)) == BelowMinimum(ugx(10000), ugx(1000))


def test_a_total_that_the_customer_did_not_see_orders_nothing(market: Market):
    def work(b):
        b.cart.add("oil", 1)
        checkout = Checkout(Fulfilment.STANDARD, "cash", KAMWOKYA)
        return b.orders.place(checkout, expected=ugx(1))

    assert market.ask(work) == CartChanged()
    assert stock_of(market, "oil") == (20, 0)


def test_a_cart_that_changed_is_mended_and_nothing_is_ordered(market: Market):
    market.ask(lambda b: b.cart.add("oil", 5))
    market.sell(lambda trade: trade.set_stock("oil", 3))
    assert market.try_to_buy() == CartChanged()
    assert market.ask(lambda b: b.cart.read()).count == 3


def test_what_is_held_for_others_is_not_free(market: Market):
    market.buy(("matooke", 1))
    assert market.ask(lambda b: b.cart.add("matooke", 1), phone="+256772000002") == SoldOut(
        "Matooke"
    )


def test_the_next_checkout_remembers_the_last(market: Market):
    market.buy(("oil", 1), rail="mtn-momo")
    profile = market.ask(lambda b: b.profile.profile())
    assert (profile.rail, profile.payer, profile.area, profile.landmark) == (
        "mtn-momo",
        AMINA,
        "Kamwokya",
        "near the mosque",
    )


def test_customers_see_their_own_orders_only(market: Market):
    mine = market.buy(("oil", 1))
    other = "+256772000002"
    assert market.ask(lambda b: b.orders.find(mine.number), phone=other) is None
    assert market.ask(lambda b: b.orders.mine(), phone=other) == []
    market.buy(("oil", 2))
    found = market.ask(lambda b: b.orders.mine())
    assert [order.number for order in found] == [1002, 1001]
    assert isinstance(found[0], Order)


def test_a_shop_with_the_most_of_one_preset_says_so(market: Market):
    market.open(SHOP.replace('country = "UG"', 'country = "UG"\nmodel = "marketplace"'))
    assert market.ask(lambda b: b.cart.add("oil", 6)) == TooMany("Cooking oil", 5)


def test_who_was_outrun_sees_what_is_left_in_the_same_turn(market: Market):
    def work(b):
        b.cart.add("oil", 3)
        seen = b.cart.read(refresh=True)
        # Somebody else buys between the look and the order.
        others = update(StockRow).where(StockRow.sku == "oil").values(on_hand=2)
        b.scope.session.execute(others)
        refused = b.orders.place(Checkout(Fulfilment.PICKUP, "cash"), expected=seen.subtotal)
        return refused, b.cart.read(refresh=True).changes

    refused, changes = market.ask(work)
    assert refused == OnlyLeft("Cooking oil", 2, "oil")
    assert changes == (Reduced("Cooking oil", 2),)
