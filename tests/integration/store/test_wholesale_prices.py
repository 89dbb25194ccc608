"""Wholesale prices: asked for, granted by one word, and ended."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from market import AMINA, SHOP, Buying, Market
from sqlalchemy import select

from flows.happenings import WholesaleAsked, WholesaleGranted, WholesaleRefused
from flows.ports.cart import Repriced
from flows.ports.refusals import UnknownApplication
from flows.ports.wholesale import Buying as Standing
from store.models import CustomerRow, StaffRow
from store.wholesale import ShopApprovals, ShopWholesale

OTHER = "+256772000099"


def customers(scope, phone: str = AMINA) -> ShopWholesale:
    buyer = Buying(scope, phone)
    return ShopWholesale(scope, buyer.person, buyer.customer)


def staff(scope) -> ShopApprovals:
    own = select(StaffRow).where(StaffRow.shop_id == scope.shop.id)
    return ShopApprovals(scope, scope.session.scalars(own).first())


def apply(market: Market, phone: str = AMINA) -> int:
    return market.do(lambda scope: customers(scope, phone).apply("Kintu Stores", "food")).number


def test_an_approved_business_buys_at_the_other_prices_at_once(market: Market) -> None:
    market.ask(lambda buyer: buyer.cart.add("oil", 2))
    number = apply(market)
    assert market.do(lambda scope: customers(scope).standing()) is Standing.ASKED
    [asked] = market.heard(WholesaleAsked)
    assert asked.application.phone == AMINA
    approved = market.do(lambda scope: staff(scope).approve(number))
    assert approved.business == "Kintu Stores"
    assert market.do(lambda scope: customers(scope).standing()) is Standing.WHOLESALE
    cart = market.ask(lambda buyer: buyer.cart.read(refresh=True))
    [change] = cart.changes
    assert isinstance(change, Repriced)
    assert (change.before.minor, change.after.minor) == (9000, 8000)
    assert cart.subtotal.minor == 16000


def test_saying_it_twice_tells_once(market: Market) -> None:
    number = apply(market)
    for _ in range(2):
        market.do(lambda scope: staff(scope).approve(number))
    assert len(market.heard(WholesaleGranted)) == 1
    for _ in range(2):
        market.do(lambda scope: staff(scope).decline(number, "no licence"))
    [ended] = market.heard(WholesaleRefused)
    assert (ended.ended, ended.reason) == (True, "no licence")
    assert market.do(lambda scope: customers(scope).standing()) is Standing.RETAIL


def test_who_is_declined_may_ask_again_under_a_new_number(market: Market) -> None:
    first = apply(market)
    assert apply(market) == first
    market.do(lambda scope: staff(scope).decline(first, ""))
    assert not market.heard(WholesaleRefused)[0].ended
    assert apply(market) == first + 1
    assert [one.number for one in market.do(lambda scope: staff(scope).waiting())] == [first + 1]


def test_a_number_that_nobody_has_is_unknown(market: Market) -> None:
    assert market.do(lambda scope: staff(scope).approve(7)) == UnknownApplication(7)
    assert market.do(lambda scope: staff(scope).decline(7, "")) == UnknownApplication(7)


def test_another_shop_decides_nothing_here(market: Market) -> None:
    number = apply(market)
    other = Market(market.sessions, slug="other").open(
        SHOP.replace('slug = "njeri"', 'slug = "other"').replace("NJERI", "OTHER")
    )
    assert other.do(lambda scope: staff(scope).approve(number)) == UnknownApplication(number)
    lists = market.do(lambda scope: scope.session.scalars(select(CustomerRow.price_list)).all())
    assert set(lists) == {"retail"}


@pytest.mark.postgres
def test_two_who_ask_at_once_get_two_numbers(busy_market: Market) -> None:
    phones = [f"+25677200010{n}" for n in range(6)]
    with ThreadPoolExecutor(len(phones)) as pool:
        numbers = list(pool.map(lambda phone: apply(busy_market, phone), phones))
    assert sorted(numbers) == list(range(1, len(phones) + 1))
