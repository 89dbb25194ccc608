"""The SMS at the end of a shop's day: once, at nine in the evening there, and only where there is
something to tell."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
from market import Market, ugx
from sqlalchemy import update

from flows.happenings import DayEnded
from flows.ports.till import Day
from store.due import DUTIES
from store.models import RefundRow, ShopRow
from store.orders.settlement import receive_payment
from store.transaction import run

(DUTY,) = (duty for duty in DUTIES if duty.name == "days_end")


def tick(market: Market) -> None:
    """What the clock does."""
    due = run(market.sessions, lambda s: DUTY.find(s, market.rules, market.now, 10))
    for _, subject in due:
        market.do(lambda scope, subject=subject: DUTY.act(scope, subject))


def told(market: Market) -> list[Day]:
    return [happening.day for happening in market.heard(DayEnded)]


def paid(market: Market) -> None:
    """An order of a bag of rice, paid."""
    order = market.buy(("rice-5kg", 1), rail="mtn-momo")
    attempt = market.pay(order)
    market.do(lambda scope: receive_payment(scope, UUID(order.id), attempt))


def test_a_day_is_told_once_when_it_is_evening_there(market: Market) -> None:
    tick(market)
    paid(market)
    market.wait(hours=8, minutes=59)
    tick(market)
    assert told(market) == []
    market.wait(minutes=1)
    for _ in range(3):
        tick(market)
        market.wait(minutes=1)
    assert told(market) == [Day(date(2026, 11, 25), 1, ugx(27_000), ugx(0), 0)]


def test_a_day_without_orders_and_money_is_not_told(market: Market) -> None:
    for _ in range(72):
        tick(market)
        market.wait(hours=1)
    assert told(market) == []


def test_every_day_has_its_own(market: Market) -> None:
    tick(market)
    for _ in range(3):
        market.buy(("oil", 1))
        market.wait(hours=10)
        tick(market)
        market.wait(hours=14)
    assert [(day.on.day, day.orders) for day in told(market)] == [(25, 1), (26, 1), (27, 1)]


def test_a_clock_that_stood_still_tells_of_no_day_long_over(market: Market) -> None:
    tick(market)
    market.buy(("oil", 1))
    market.wait(days=3)
    tick(market)
    assert told(market) == []


def test_a_clock_that_stood_still_past_midnight_tells_of_the_day_that_ended(market: Market) -> None:
    tick(market)
    market.buy(("oil", 1))
    market.wait(hours=14)
    tick(market)
    assert [(day.on.day, day.orders) for day in told(market)] == [(25, 1)]


def test_the_hour_is_the_platforms_to_say_and_the_shops_to_have(market: Market) -> None:
    market.rules = replace(market.rules, day_told=time(18, 30))
    tick(market)
    (due,) = market.do(lambda scope: [scope.session.get_one(ShopRow, scope.shop.id).tell_day_at])
    assert due == datetime(2026, 11, 25, 15, 30, tzinfo=UTC)


def test_money_that_went_is_told_too(market: Market) -> None:
    tick(market)
    paid(market)
    market.sell(lambda trade: trade.refuse(1001, "no rice"))

    def returned(scope) -> None:  # type: ignore[no-untyped-def]
        done = {"status": "succeeded", "settled_at": scope.now}
        scope.session.execute(update(RefundRow).values(**done))

    market.do(returned)
    market.wait(hours=10)
    tick(market)
    assert told(market) == [Day(date(2026, 11, 25), 0, ugx(27_000), ugx(27_000), 0)]


@pytest.fixture
def evening(busy_market: Market) -> Market:
    """Nine in the evening after a day with an order."""
    tick(busy_market)
    busy_market.buy(("oil", 1))
    busy_market.wait(hours=9)
    return busy_market


@pytest.mark.postgres
def test_two_clocks_at_once_tell_it_once(evening: Market) -> None:
    due = run(evening.sessions, lambda s: DUTY.find(s, evening.rules, evening.now, 10))
    ((_, subject),) = due
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: evening.do(lambda scope: DUTY.act(scope, subject)), range(4)))
    assert len(told(evening)) == 1
