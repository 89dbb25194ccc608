"""Whose the money of an order is, fixed when it is placed."""

from uuid import UUID

from market import SHOP, Market, ugx
from sqlalchemy import select

from flows.ports.refusals import BelowBase
from store.customers import get_or_create
from store.goods import Goods, Kind
from store.models import OrderLineRow
from store.people import upsert_person
from store.scope import Scope

SUPPLIED = SHOP.replace(
    "price = 9000\nwholesale_price = 8000",
    'price = 9000\nwholesale_price = 8000\nbase_price = 7000\nsupplier = "refinery"',
).replace(
    "[[riders]]",
    '[[suppliers]]\nkey = "refinery"\nname = "Refinery"\nphone = "0700000131"\n\n[[riders]]',
    1,
)


def lines(market: Market, order_id: str) -> list[tuple[str, int, int | None, str | None]]:
    query = select(OrderLineRow).where(OrderLineRow.order_id == UUID(order_id))
    return market.do(
        lambda scope: [
            (line.sku, line.commission, line.base, line.supplier)
            for line in scope.session.scalars(query.order_by(OrderLineRow.position))
        ]
    )


def test_an_order_keeps_the_rates_and_base_prices_of_its_day(market: Market):
    market.open(SUPPLIED)
    old = market.buy(("oil", 2), ("salt", 1))
    expected = [("oil", 1_260, 7_000, "refinery"), ("salt", 105, None, None)]
    assert lines(market, old.id) == expected
    dearer = SUPPLIED.replace("base_price = 7000", "base_price = 7500")
    market.open(dearer.replace('country = "UG"', 'country = "UG"\ncommission = 20'))
    new = market.buy(("oil", 1))
    assert lines(market, old.id) == expected
    assert lines(market, new.id) == [("oil", 1_800, 7_500, "refinery")]


def test_wholesale_customers_cost_the_shop_less(market: Market):
    phone = "+256772000009"

    def approve(scope: Scope) -> None:
        person = upsert_person(scope.session, phone, None, scope.now)
        get_or_create(scope.session, scope.shop.id, person.id, scope.now).price_list = "wholesale"

    market.do(approve)
    order = market.buy(("oil", 2), phone=phone)
    assert order.subtotal == ugx(16_000)
    assert lines(market, order.id) == [("oil", 480, None, None)]


def test_no_price_goes_below_what_the_supplier_gets(market: Market):
    market.open(SUPPLIED)
    assert market.sell(lambda t: t.set_price("oil", 6_999)) == BelowBase(ugx(7_000))
    assert not isinstance(market.sell(lambda t: t.set_price("oil", 7_000)), BelowBase)


def test_no_bargain_goes_below_what_the_supplier_gets():
    oil = Goods("oil", "Oil", None, None, None, 9_000, None, 1, None, ())
    supplied = Goods(
        "oil", "Oil", None, None, None, 9_000, None, 1, None, (Kind("oil-1", "1L", (), None),),
        floor=6_000, base_price=7_000, supplier="refinery",
    )  # fmt: skip
    assert oil.floor_of(None, 5_000) == 4_500
    assert supplied.floor_of(None, 0) == 7_000
    assert supplied.floor_of(supplied.kinds[0], 0) == 7_000
