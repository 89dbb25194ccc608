"""What the clock does, and that it does it once."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from ledger_books import paid
from market import SHOP, Market
from sqlalchemy import select

from flows.happenings import OrderCancelled, SellerSilent
from store.due import DUTIES
from store.models import CartRow, OrderRow

KAMPALA = ZoneInfo("Africa/Kampala")


def tick(market: Market) -> list[str]:
    """Do everything that is due now; the names of what was. A day's end has tests of its own."""
    done = []
    for duty in (each for each in DUTIES if each.name != "days_end"):
        for _, subject in market.do(lambda s, d=duty: d.find(s.session, s.rules, s.now, 100)):
            market.do(lambda s, d=duty, i=subject: d.act(s, i))
            done.append(duty.name)
    return done


def test_a_silent_seller_is_reminded_three_times(market: Market):
    market.buy(("oil", 1))
    reminders = []
    for _ in range(8):
        market.wait(minutes=10)
        tick(market)
        reminders.append(len(market.heard(SellerSilent)))
    assert reminders == [1, 1, 2, 2, 2, 3, 3, 3]
    assert [told.reminder for told in market.heard(SellerSilent)] == [1, 2, 3]


def test_after_the_last_reminder_the_customer_may_cancel_after_all(market: Market):
    order = market.buy(("oil", 1))
    for _ in range(7):
        market.wait(minutes=10)
        tick(market)
    assert not isinstance(
        market.ask(lambda b: b.orders.cancel(order.number, "no answer")), type(None)
    )
    assert len(market.heard(OrderCancelled)) == 1


def test_an_answered_order_is_not_reminded_about(market: Market):
    order = market.buy(("oil", 1))
    market.sell(lambda trade: trade.accept(order.number))
    market.wait(hours=2)
    tick(market)
    assert market.heard(SellerSilent) == []


def test_while_the_shop_is_closed_nobody_is_reminded(market: Market):
    market.open(SHOP.replace('country = "UG"', 'country = "UG"\nhours = { thu = "08:00-20:00" }'))
    market.buy(("oil", 1))  # Wednesday noon
    due = market.do(lambda s: s.session.scalar(select(OrderRow.remind_at)))
    assert due == datetime(2026, 11, 26, 5, 10, tzinfo=UTC)


def test_no_reminder_comes_after_closing(market: Market):
    """Noon, and the shop closes at a quarter past: the second reminder is due in the morning."""
    hours = 'hours = { wed = "08:00-12:15", thu = "08:00-20:00" }'
    market.open(SHOP.replace('country = "UG"', f'country = "UG"\n{hours}'))
    market.buy(("oil", 1))
    moments = []
    for _ in range(3):
        due = market.do(lambda s: s.session.scalar(select(OrderRow.remind_at)))
        moments.append(due.astimezone(KAMPALA).strftime("%a %H:%M"))
        market.now = due
        tick(market)
    assert moments == ["Wed 12:10", "Thu 08:15", "Thu 08:45"]
    assert [told.reminder for told in market.heard(SellerSilent)] == [1, 2, 3]


@pytest.mark.parametrize(("minutes", "reminders"), [(9, 0), (10, 1), (29, 1), (30, 2), (60, 3)])
def test_reminders_come_to_the_minute(market: Market, minutes: int, reminders: int):
    market.buy(("oil", 1))
    for _ in range(minutes):
        market.wait(minutes=1)
        tick(market)
    assert len(market.heard(SellerSilent)) == reminders


@pytest.mark.parametrize("word", ["accept", "refuse"])
def test_when_a_seller_answered_is_kept(market: Market, word: str):
    order = market.buy(("oil", 1))
    market.wait(minutes=7)
    if word == "accept":
        market.sell(lambda t: t.accept(order.number))
    else:
        market.sell(lambda t: t.refuse(order.number, ""))
    answered = market.now
    market.wait(minutes=7)
    if word == "accept":
        market.sell(lambda t: t.ready(order.number))
    assert market.do(lambda s: s.session.scalar(select(OrderRow.answered_at))) == answered


def test_what_money_confirmed_was_answered_by_nobody(market: Market):
    order = market.buy(("oil", 1), rail="mtn-momo")
    paid(market, order)
    assert market.do(lambda s: s.session.scalar(select(OrderRow.answered_at))) is None


def test_unpaid_orders_lapse(market: Market):
    market.buy(("oil", 1), rail="mtn-momo")
    market.wait(minutes=15)
    assert tick(market) == ["lapsed_orders"]
    assert tick(market) == []


def test_orders_with_an_open_attempt_are_not_even_looked_at(market: Market):
    order = market.buy(("oil", 1), rail="mtn-momo")
    market.pay(order, status="pending")
    market.wait(minutes=15)
    assert tick(market) == []


def test_carts_are_kept_for_thirty_days(market: Market):
    market.ask(lambda b: b.cart.add("oil", 1))
    market.wait(days=29)
    assert tick(market) == []
    market.wait(days=1)
    assert tick(market) == ["idle_carts"]
    assert market.do(lambda s: s.session.scalar(select(CartRow.status))) == "expired"
    assert market.ask(lambda b: b.cart.read()).lines == ()
    market.ask(lambda b: b.cart.add("oil", 2))
    assert market.ask(lambda b: b.cart.read()).count == 2


def test_what_was_found_due_and_then_happened_is_left_alone(market: Market):
    order = market.buy(("oil", 1))
    market.wait(minutes=10)
    duty = next(d for d in DUTIES if d.name == "silent_sellers")
    due = market.do(lambda s: duty.find(s.session, s.rules, s.now, 10))
    market.sell(lambda trade: trade.accept(order.number))
    for _, subject in due:
        market.do(lambda s, i=subject: duty.act(s, i))
    assert market.heard(SellerSilent) == []
