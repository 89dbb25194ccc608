"""A seller puts things on sale by phone, and stops promotions."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from market import SHOP, Market, ugx
from sqlalchemy import select

from flows.ports.prices import Why
from flows.ports.promotions import SaleSet
from flows.ports.refusals import (
    BadAmount,
    NeedsVariant,
    SaleOutside,
    UnknownProduct,
    UnknownPromotion,
)
from store.models import StaffRow
from store.promotions.deals import ShopDeals
from store.promotions.offers import ShopOffers
from store.transaction import Sessions

TENTH = """
[[promotions]]
name = "TENTH"
percent = 10
limit_each = 1
"""


@pytest.fixture
def market(sessions: Sessions) -> Market:
    return Market(sessions).open(SHOP + TENTH)


def deal(market: Market, word):
    def work(scope):
        staff = scope.session.scalars(select(StaffRow).where(StaffRow.shop_id == scope.shop.id))
        return word(ShopDeals(scope, staff.first()))

    return market.do(work)


def put(market: Market, sku: str, price: int | str, days: int | None = None):
    return deal(market, lambda d: d.put_on_sale(sku, Decimal(price), days))


def offers(market: Market, word):
    return market.ask(lambda b: word(ShopOffers(b.scope, b.customer, b.catalogue)))


def test_a_sale_of_some_days_ends_with_the_last_of_them(market: Market):
    until = datetime(2026, 11, 27, 21, 0, tzinfo=UTC)
    assert put(market, "oil", 8000, 3) == SaleSet("Cooking oil", ugx(9000), ugx(8000), until)
    price = market.ask(lambda b: b.catalogue.product("oil").terms)
    assert (price.each, price.usual, price.why) == (ugx(8000), ugx(9000), Why.SALE)
    assert [sale.name for sale in deal(market, lambda d: d.on_sale())] == ["Cooking oil"]
    assert [p.name for p in offers(market, lambda o: o.on_sale())] == ["Cooking oil"]
    market.now = until
    assert market.ask(lambda b: b.catalogue.product("oil").price) == ugx(9000)
    assert not offers(market, lambda o: o.on_sale())


def test_a_percentage_is_of_the_usual_price(market: Market):
    sale = deal(market, lambda d: d.take_off("rice-5kg", Decimal("12.5"), None))
    assert sale.price == ugx(21000)


def test_a_sale_is_ended_at_a_word(market: Market):
    put(market, "oil", 8000)
    assert deal(market, lambda d: d.end_sale("OIL")).price is None
    assert market.ask(lambda b: b.catalogue.product("oil").price) == ugx(9000)


@pytest.mark.parametrize(
    ("sku", "price", "days", "refused"),
    [
        ("oil", 9000, None, SaleOutside(ugx(4500), ugx(9000))),
        ("oil", 4499, None, SaleOutside(ugx(4500), ugx(9000))),
        ("oil", 0, None, SaleOutside(ugx(4500), ugx(9000))),
        ("oil", "80.5", None, BadAmount("80.5")),
        ("oil", 8000, 91, BadAmount("91")),
        ("rice", 8000, None, NeedsVariant("rice", "Rice")),
        ("unicorn", 8000, None, UnknownProduct("unicorn")),
    ],
)
def test_what_cannot_be_is_refused(market: Market, sku, price, days, refused):
    assert put(market, sku, price, days) == refused
    assert deal(market, lambda d: d.on_sale()) == []


def test_small_cuts_do_not_make_a_great_one(market: Market):
    """A price that was halved today cannot be halved again by a sale."""
    market.sell(lambda trade: trade.set_price("oil", Decimal(5000)))
    assert put(market, "oil", 4000) == SaleOutside(ugx(4500), ugx(5000))


def test_promotions_are_counted_stopped_and_run_again(market: Market):
    order = market.buy(("oil", 1))
    assert order.savings
    [told] = deal(market, lambda d: d.promotions())
    assert (told.name, told.used, told.paused) == ("TENTH", 1, False)
    assert deal(market, lambda d: d.pause("tenth", paused=True)).paused
    assert not market.buy(("oil", 1), phone="+256772000009").savings
    assert not offers(market, lambda o: o.promotions())
    assert not deal(market, lambda d: d.pause("TENTH", paused=False)).paused
    assert market.buy(("oil", 1), phone="+256772000009").savings
    assert deal(market, lambda d: d.pause("EID", paused=True)) == UnknownPromotion("EID")


def test_who_has_used_it_up_is_not_offered_it_again(market: Market):
    assert [p.name for p in offers(market, lambda o: o.promotions())] == ["TENTH"]
    market.buy(("oil", 1))
    assert not offers(market, lambda o: o.promotions())
