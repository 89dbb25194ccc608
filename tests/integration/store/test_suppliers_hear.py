"""Suppliers hear of orders that have goods of theirs, once the orders stand."""

import pytest
from market import SHOP, Market

from flows.happenings import SupplierNotWanted, SupplierWanted
from store.transaction import Sessions

KILIMO = "+256700000777"
SUPPLIED = (
    SHOP
    + f"""
[[suppliers]]
key = "kilimo"
name = "Kilimo"
phone = "{KILIMO}"

[[products]]
sku = "maize"
name = "Maize flour"
price = 4000
stock = 20
supplier = "kilimo"
base_price = 3000
"""
)


@pytest.fixture
def stall(sessions: Sessions) -> Market:
    return Market(sessions).open(SUPPLIED)


def test_what_of_an_order_is_theirs_once_the_seller_takes_it_on(stall: Market) -> None:
    order = stall.buy(("maize", 3), ("oil", 1))
    assert not stall.heard(SupplierWanted)
    stall.sell(lambda trade: trade.accept(order.number))
    assert stall.heard(SupplierWanted) == [
        SupplierWanted(KILIMO, order.number, ((3, "Maize flour"),))
    ]


def test_nobody_hears_of_an_order_without_goods_of_theirs(stall: Market) -> None:
    order = stall.buy(("oil", 1))
    stall.sell(lambda trade: trade.accept(order.number))
    assert not stall.heard(SupplierWanted)


def test_that_it_is_off_only_who_had_heard_of_it(stall: Market) -> None:
    never = stall.buy(("maize", 1))
    stall.sell(lambda trade: trade.refuse(never.number, "no"))
    assert not stall.heard(SupplierNotWanted)
    taken = stall.buy(("maize", 1))
    stall.sell(lambda trade: trade.accept(taken.number))
    stall.sell(lambda trade: trade.refuse(taken.number, "no"))
    assert stall.heard(SupplierNotWanted) == [SupplierNotWanted(KILIMO, taken.number)]
