"""Many at once, on the real PostgreSQL: nothing is sold, taken or done twice, and nothing locks up."""

from decimal import Decimal
from typing import TypeVar
from uuid import UUID

import pytest
from market import Market
from racing import together
from sqlalchemy import func, select

from flows.happenings import LateMoney, OrderPaid, RiderAssigned, SellerSilent
from flows.money import Money
from flows.ports.bargains import Struck
from flows.ports.orders import Order
from flows.ports.trade import Job
from store.due import DUTIES
from store.models import BargainRow, HoldRow, OrderRow, RiderRow, StockRow
from store.orders.settlement import Outcome, receive_payment

pytestmark = pytest.mark.postgres

T = TypeVar("T")


def phone(place: int) -> str:
    return f"+25677200{place:04d}"


def test_thirty_buyers_of_the_last_one_make_one_order(busy_market: Market):
    market = busy_market
    for place in range(30):
        market.ask(lambda b: b.cart.add("matooke", 1), phone=phone(place))
    results = together([lambda p=place: market.try_to_buy(phone=phone(p)) for place in range(30)])
    assert sum(isinstance(result, Order) for result in results) == 1
    counted = market.do(lambda s: s.session.scalar(select(func.count()).select_from(OrderRow)))
    assert counted == 1
    held = market.do(lambda s: s.session.get(StockRow, (s.shop.id, "matooke")))
    assert (held.on_hand, held.held) == (1, 1)


def test_baskets_in_opposite_order_do_not_lock_each_other_up(busy_market: Market):
    market = busy_market
    for place in range(20):
        skus = ["oil", "rice-5kg", "rice-25kg"]
        for sku in skus if place % 2 else reversed(skus):
            market.ask(lambda b, s=sku: b.cart.add(s, 1), phone=phone(place))
    results = together([lambda p=place: market.try_to_buy(phone=phone(p)) for place in range(20)])
    orders = [result for result in results if isinstance(result, Order)]
    assert len(orders) == 12  # as many as there are sacks of rice
    assert sorted(order.number for order in orders) == list(range(1001, 1013))
    held = market.do(lambda s: s.session.scalar(select(func.sum(HoldRow.quantity))))
    assert held == 36


def test_of_many_riders_who_say_yes_at_once_one_gets_it(busy_market: Market):
    market = busy_market
    order = market.buy(("oil", 1))
    market.sell(lambda trade: trade.accept(order.number))
    offers = next(d for d in DUTIES if d.name == "next_offers")
    for _ in range(2):
        market.wait(minutes=3)
        for _, subject in market.do(lambda s: offers.find(s.session, s.rules, s.now, 9)):
            market.do(lambda s, i=subject: offers.act(s, i))
    names = ["Okello", "Namata"] * 4
    results = together(
        [lambda n=name: market.ride(n, lambda r: r.accept(order.number)) for name in names]
    )
    winners = {name for name, result in zip(names, results, strict=True) if isinstance(result, Job)}
    assert len(winners) == 1
    assert len(market.heard(RiderAssigned)) == 1
    rider = market.do(lambda s: s.session.scalars(select(RiderRow.name).where(
        RiderRow.id == UUID(market.order(order.number).rider.id))).one())  # fmt: skip
    assert {rider} == winners


def test_two_clocks_remind_once(busy_market: Market):
    market = busy_market
    market.buy(("oil", 1))
    market.wait(minutes=10)
    duty = next(d for d in DUTIES if d.name == "silent_sellers")
    [(_, subject)] = market.do(lambda s: duty.find(s.session, s.rules, s.now, 10))
    together([lambda: market.do(lambda s: duty.act(s, subject)) for _ in range(6)])
    assert len(market.heard(SellerSilent)) == 1


def test_one_payment_reported_many_times_is_settled_once(busy_market: Market):
    market = busy_market
    order = market.buy(("oil", 2), rail="mtn-momo")
    attempt = market.pay(order)
    settle = [
        lambda: market.do(lambda s: receive_payment(s, UUID(order.id), attempt)) for _ in range(12)
    ]
    outcomes = [settlement.outcome for settlement in together(settle)]
    assert outcomes.count(Outcome.PAID) == 1
    assert outcomes.count(Outcome.REPEATED) == 11
    assert len(market.heard(OrderPaid)) == 1


def test_late_money_reported_many_times_makes_one_successor(busy_market: Market):
    market = busy_market
    order = market.buy(("oil", 2), rail="mtn-momo")
    attempt = market.pay(order)
    market.sell(lambda trade: trade.refuse(order.number, "closed"))
    settle = [
        lambda: market.do(lambda s: receive_payment(s, UUID(order.id), attempt)) for _ in range(8)
    ]
    outcomes = [settlement.outcome for settlement in together(settle)]
    assert outcomes.count(Outcome.SUCCESSOR) == 1
    assert len(market.heard(LateMoney)) == 1


def test_cancelling_and_paying_at_once_loses_neither_money_nor_goods(busy_market: Market):
    market = busy_market
    for _ in range(5):
        order = market.buy(("oil", 1), rail="mtn-momo")
        attempt = market.pay(order)
        together(
            [
                lambda o=order: market.sell(lambda t: t.refuse(o.number, "no")),
                lambda o=order, a=attempt: market.do(lambda s: receive_payment(s, UUID(o.id), a)),
            ]
        )
    row = market.do(lambda s: s.session.get(StockRow, (s.shop.id, "oil")))
    sold = market.do(
        lambda s: s.session.scalar(
            select(func.count()).select_from(OrderRow).where(OrderRow.status == "confirmed")
        )
    )
    assert (row.on_hand, row.held) == (20 - sold, 0)


def test_two_offers_of_one_person_at_once_make_one_deal(busy_market: Market):
    """Even where nobody holds the conversation's lock: the table's unique key is the second guard."""
    market = busy_market
    market.sell(lambda trade: trade.set_floor("oil", Decimal(8000)))
    market.ask(lambda b: b.cart.add("salt", 1), phone=phone(1))
    offers = [Money(8700 + 10 * place, "UGX") for place in range(8)]
    answers = together(
        [
            lambda o=offer: market.ask(lambda b: b.bargains.haggle("oil", o), phone=phone(1))
            for offer in offers
        ]
    )
    [row] = market.do(lambda s: s.session.scalars(select(BargainRow)).all())
    struck = [a for a in answers if isinstance(a, Struck) and a.anew]
    assert [a.price.minor for a in struck] == [row.agreed]
    assert market.ask(lambda b: b.cart.add("oil", 1), phone=phone(1)).unit_price.minor == row.agreed
