"""PAUSE, OPEN and HOURS in the books."""

from datetime import UTC, datetime, timedelta

import pytest
from market import NOON, Market

from flows.ports.orders import Order
from flows.ports.refusals import NotTaking
from intents.times_said import Until
from store.opening import ShopOpening


@pytest.fixture
def market(sessions):
    return Market(sessions).open()


def opening(market, work):
    return market.do(lambda scope: work(ShopOpening(scope)))


def test_a_pause_of_two_hours_takes_no_orders_and_ends_by_itself(market):
    until = opening(market, lambda own: own.pause(Until(timedelta(hours=2))))
    assert until == NOON + timedelta(hours=2)
    assert isinstance(market.try_to_buy(("salt", 1)), NotTaking)
    market.wait(hours=2)
    assert isinstance(market.try_to_buy(("salt", 1)), Order)


@pytest.mark.parametrize(
    ("weekday", "day"), [(3, 26), (0, 30), (2, 25 + 7)], ids=["tomorrow", "monday", "in-a-week"]
)
def test_until_a_day_means_the_next_one_by_the_shops_clock(market, weekday, day):
    until = opening(market, lambda own: own.pause(Until(weekday=weekday)))
    midnight = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=day - 1)
    assert until == midnight - timedelta(hours=3)


def test_the_word_open_ends_a_pause(market):
    assert opening(market, lambda own: own.pause(Until())) is None
    market.sell(lambda trade: trade.open_shop())
    assert isinstance(market.try_to_buy(("salt", 1)), Order)


def test_a_shop_that_is_suspended_cannot_be_paused_nor_opened(market):
    market.do(lambda scope: setattr(scope.shop, "status", "suspended"))
    assert isinstance(opening(market, lambda own: own.pause(Until())), NotTaking)
    market.sell(lambda trade: trade.open_shop())
    assert isinstance(market.try_to_buy(("salt", 1)), NotTaking)


def test_hours_are_set_by_day_and_the_other_days_stay(market):
    assert opening(market, lambda own: own.hours()) == ()
    opening(market, lambda own: own.set_hours({"mon": "08:00-18:00", "tue": "08:00-18:00"}))
    week = opening(market, lambda own: own.set_hours({"tue": "", "sat": "09:00-13:00"}))
    assert list(week) == ["08:00-18:00", "", "", "", "", "09:00-13:00", ""]
    opening(market, lambda own: own.always())
    assert opening(market, lambda own: own.hours()) == ()


def test_a_week_without_hours_is_not_taken_for_one_that_never_ends(market):
    opening(market, lambda own: own.set_hours({"mon": "08:00-18:00"}))
    assert opening(market, lambda own: own.set_hours({"mon": ""})) is None
    assert opening(market, lambda own: own.hours())[0] == "08:00-18:00"
