"""A paid order goes farther: what that costs more is taken in cash at the door, once, and by nobody else."""

import pytest
from door import FAR, MORE, bought, carried_by, farther, holds, move, receipt, sound
from ledger_books import paid, sent, standing
from market import KAMWOKYA, SHOP, Market, ugx
from riding import hand_over
from sqlalchemy import select

from flows.happenings import AddressChanged, BecamePickup, OrderCancelled
from flows.ports.delivery import Area
from flows.ports.orders import Order, OrderStatus, PaymentStatus
from flows.ports.refusals import DearerArea, DoorCosts
from store.models import (
    OrderHistoryRow,
    RefundRow,
)


def test_a_yes_to_that_very_sum_sends_it_there(market: Market):
    order = bought(market)
    costs = DoorCosts(order.number, "Ntinda", ugx(MORE), ugx(MORE))
    assert move(market, order.number, FAR) == costs
    assert move(market, order.number, FAR, ugx(MORE - 1)) == costs
    assert move(market, order.number, FAR, ugx(MORE), at_door=False) == costs
    assert market.order(order.number).area == "Kamwokya"
    moved = move(market, order.number, FAR, ugx(MORE))
    assert (moved.area, moved.due_at_door, moved.at_the_door) == ("Ntinda", ugx(MORE), ugx(MORE))
    assert (moved.total, moved.delivery_fee) == (order.total, order.delivery_fee)
    [told] = market.heard(AddressChanged)
    assert (told.more, told.due) == (None, ugx(MORE))
    noted = market.do(
        lambda s: s.session.scalars(
            select(OrderHistoryRow).where(OrderHistoryRow.field == "due_at_door")
        ).one()
    )
    assert (noted.before, noted.after, noted.by.split(":")[0]) == ("0", str(MORE), "customer")
    assert sound(market)


def test_the_same_yes_again_changes_nothing(market: Market):
    order = farther(market)
    again = move(market, order.number, FAR, ugx(MORE))
    assert again.due_at_door == ugx(MORE)
    assert [told.due for told in market.heard(AddressChanged)] == [ugx(MORE), None]


def test_back_where_it_was_nothing_is_due_and_never_less(market: Market):
    order = farther(market)
    back = move(market, order.number, KAMWOKYA)
    assert (back.due_at_door, back.total) == (None, order.total)
    assert market.heard(AddressChanged)[-1].due == ugx(0)
    assert move(market, order.number, KAMWOKYA).due_at_door is None
    assert sound(market)


def test_a_third_place_costs_the_difference_to_the_second(market: Market):
    text = SHOP.replace(
        "[[riders]]", '[[zones]]\nname = "Hill"\nareas = ["Muyenga"]\nfee = 10000\n[[riders]]', 1
    )
    market.open(text)
    number, hill = farther(market).number, Area("Muyenga", "Hill")
    assert move(market, number, hill) == DoorCosts(number, "Muyenga", ugx(2000), ugx(7000))
    assert move(market, number, hill, ugx(2000)).due_at_door == ugx(7000)
    assert move(market, number, FAR).due_at_door == ugx(MORE)


def test_what_was_paid_for_a_far_place_is_not_asked_for_twice(market: Market):
    order = bought(market, area=FAR)
    near = move(market, order.number, KAMWOKYA)
    assert (near.due_at_door, near.total) == (None, order.total)
    back = move(market, order.number, FAR)
    assert (back.area, back.due_at_door) == ("Ntinda", None)
    assert sound(market)


def test_a_shop_that_takes_no_cash_sends_nothing_farther_that_is_paid(market: Market):
    market.open(SHOP.replace('rails = ["mtn-momo", "cash"]', 'rails = ["mtn-momo"]'))
    order = bought(market)
    assert move(market, order.number, FAR, ugx(MORE)) == DearerArea("Ntinda", ugx(8000))
    assert market.order(order.number).due_at_door is None


@pytest.mark.parametrize("status", ["pending", "unknown", "review"])
def test_while_more_money_may_come_nothing_goes_farther(market: Market, status: str):
    order = bought(market)
    market.pay(order, status)
    assert move(market, order.number, FAR, ugx(MORE)) == DearerArea("Ntinda", ugx(8000))


def test_nor_does_what_was_asked_for_in_vain_and_is_unpaid(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    market.pay(order, "failed")
    assert move(market, order.number, FAR, ugx(MORE)) == DearerArea("Ntinda", ugx(8000))


def test_a_receipt_says_what_is_beyond_it(market: Market):
    order = farther(market)
    assert (receipt(market, order.number).total, receipt(market, order.number).at_door) == (
        ugx(21000),
        ugx(MORE),
    )
    assert receipt(market, bought(market).number).at_door is None


def test_what_is_due_of_an_unpaid_order_is_never_there(market: Market):
    order = market.buy(("oil", 2))
    moved = move(market, order.number, FAR, ugx(MORE), at_door=False)
    assert isinstance(moved, Order)
    assert (moved.due_at_door, moved.at_the_door) == (None, moved.total)
    paid_later = market.buy(("oil", 1), rail="mtn-momo")
    paid(market, paid_later)
    assert market.order(paid_later.number).at_the_door == ugx(0)


def test_an_order_that_is_called_off_gives_back_what_came_and_no_more(market: Market):
    order = farther(market)
    market.ask(lambda b: b.orders.cancel(order.number, ""))
    [told] = market.heard(OrderCancelled)
    assert (told.refund, told.order.due_at_door) == (ugx(21000), None)
    sent(market)
    assert market.order(order.number).payment_status is PaymentStatus.REFUNDED
    assert standing(market) == {}
    assert sound(market)


def test_what_becomes_a_pickup_owes_nothing_at_the_door(market: Market):
    order = farther(market)
    market.sell(lambda t: t.as_pickup(order.number))
    [told] = market.heard(BecamePickup)
    assert (told.refund, told.order.at_the_door) == (ugx(3000), ugx(0))
    market.sell(lambda t: t.ready(order.number))
    market.sell(lambda t: t.delivered(order.number, order.code))
    assert holds(market) == 0
    assert sound(market)


def test_a_failed_delivery_books_nothing_and_another_try_takes_it_once(market: Market):
    number = farther(market).number
    carried_by(market, number)
    market.ride("Okello", lambda r: r.failed(number, "nobody-there"))
    assert holds(market) == 0
    assert sound(market)
    assert move(market, number, KAMWOKYA).due_at_door is None
    assert move(market, number, FAR, ugx(MORE)).due_at_door == ugx(MORE)
    market.sell(lambda t: t.offer_again(number))
    carried_by(market, number)
    hand_over(market, number)
    assert holds(market) == MORE
    assert sound(market)


def test_what_is_returned_before_the_door_gives_back_what_came(market: Market):
    number = farther(market).number
    carried_by(market, number)
    market.ride("Okello", lambda r: r.failed(number, "refused"))
    market.sell(lambda t: t.refuse(number, ""))
    order = market.order(number)
    assert (order.status, order.due_at_door) == (OrderStatus.RETURNED, None)
    refund = market.do(lambda s: s.session.scalars(select(RefundRow)).one().amount)
    assert refund <= 21000
    assert sound(market)
