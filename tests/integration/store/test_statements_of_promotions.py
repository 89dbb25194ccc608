"""What promotions cost in statements: nothing to those who browse, and nothing where none is limited."""

import pytest
from market import SHOP, Market
from test_statements import checkout, statements

from flows.ports.delivery import Fulfilment
from store.promotions.offers import ShopOffers
from store.transaction import Sessions

TENTH = """
[[promotions]]
name = "TENTH"
percent = 10
products = ["oil"]
"""


def offers(buyer) -> object:
    shown = ShopOffers(buyer.scope, buyer.customer, buyer.catalogue)
    return [shown.promotions(), shown.on_sale()]


@pytest.mark.parametrize(
    ("what", "limit", "most", "work"),
    [
        ("a category", "", 1, lambda b: b.catalogue.in_category("Kitchen")),
        ("a category", "limit = 5", 1, lambda b: b.catalogue.in_category("Kitchen")),
        ("what runs", "", 0, offers),
        ("what runs, limited", "limit = 5", 1, offers),
    ],
)
def test_a_look_costs(sessions: Sessions, what: str, limit: str, most: int, work):
    market = Market(sessions).open(SHOP + TENTH + limit)
    assert len(statements(market, work)) <= most, what


@pytest.mark.parametrize(("limit", "more"), [("", 0), ("limit = 5\nlimit_each = 2", 1)])
def test_a_quote_costs_no_more_than_without_promotions(sessions: Sessions, limit: str, more: int):
    def quote(buyer) -> object:
        return buyer.orders.quote(Fulfilment.PICKUP)

    plain = Market(sessions).open()
    plain.ask(lambda b: b.cart.add("oil", 1))
    before = len(statements(plain, quote))
    plain.open(SHOP + TENTH + limit)
    assert len(statements(plain, quote)) <= before + more


def test_an_order_without_a_promotion_is_as_cheap_as_ever(sessions: Sessions):
    market = Market(sessions).open(SHOP + TENTH)
    # What is remembered of a customer is written with their first order.
    for _ in range(2):
        market.ask(lambda b: b.cart.add("rice-5kg", 1))
        with_promotions = len(statements(market, checkout))
    market.open()
    market.ask(lambda b: b.cart.add("rice-5kg", 1))
    assert with_promotions <= len(statements(market, checkout))
