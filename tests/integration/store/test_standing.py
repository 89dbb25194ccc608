"""A shop that is not live takes no orders, and what was ordered before runs on."""

from datetime import timedelta

import pytest
from market import NOON, Market

from flows.ports.orders import Order
from flows.ports.refusals import NotTaking
from flows.ports.shop import Standing
from store.standing import pause, resume, standing_of, takes_orders


@pytest.fixture
def market(sessions):
    return Market(sessions).open()


def _stands(market, standing):
    market.do(lambda scope: setattr(scope.shop, "status", standing.value))


@pytest.mark.parametrize("standing", list(Standing), ids=lambda standing: standing.value)
def test_only_a_live_shop_takes_an_order(market, standing):
    _stands(market, standing)
    placed = market.try_to_buy(("salt", 1))
    assert isinstance(placed, Order if standing is Standing.LIVE else NotTaking)


def test_a_shop_from_a_file_is_live(market):
    assert market.do(lambda scope: takes_orders(scope.shop, scope.now))


def test_what_was_ordered_before_is_accepted_and_packed(market):
    order = market.buy(("salt", 1))
    _stands(market, Standing.SUSPENDED)
    assert isinstance(market.sell(lambda trade: trade.accept(order.number)), Order)
    assert isinstance(market.sell(lambda trade: trade.ready(order.number)), Order)


def test_a_pause_ends_by_itself(market):
    market.do(lambda scope: pause(scope.shop, NOON + timedelta(hours=2)))
    assert isinstance(market.try_to_buy(("salt", 1)), NotTaking)
    market.wait(hours=2)
    assert isinstance(market.try_to_buy(("salt", 1)), Order)


def test_a_pause_without_an_end_waits_for_the_seller(market):
    market.do(lambda scope: pause(scope.shop, None))
    market.wait(days=9)
    assert isinstance(market.try_to_buy(("salt", 1)), NotTaking)
    market.do(lambda scope: resume(scope.shop))
    assert isinstance(market.try_to_buy(("salt", 1)), Order)


@pytest.mark.parametrize("standing", [Standing.PENDING, Standing.SUSPENDED, Standing.CLOSED])
def test_a_pause_is_no_way_out_of_what_the_platform_decided(market, standing):
    _stands(market, standing)
    market.do(lambda scope: pause(scope.shop, None))
    market.do(lambda scope: resume(scope.shop))
    assert market.do(lambda scope: standing_of(scope.shop, scope.now)) is standing
