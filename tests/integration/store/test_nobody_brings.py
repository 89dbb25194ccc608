"""No rider takes an order, and its seller does not say what now: both are told, and the customer chooses."""

from uuid import UUID

import pytest
from market import SHOP, Market
from riding import failed, tick

from flows.happenings import (
    BecamePickup,
    CancelAsked,
    DeliveryOffered,
    NobodyAccepted,
    OrderCancelled,
    ShopBrings,
    StillNobody,
)
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, Order, OrderStatus, Role
from flows.ports.refusals import SellerCancels, UnknownOrder, WrongStep
from store.models import DeliveryRow, RefundRow
from store.orders.settlement import receive_payment
from store.proof import prove

OTHER = "+256772000002"


def paid(market: Market) -> Order:
    """A confirmed order to Kamwokya, for which the money has come."""
    order = market.buy(("oil", 2), rail="mtn-momo")
    attempt = market.pay(order)
    market.do(lambda scope: receive_payment(scope, UUID(order.id), attempt))
    return market.order(order.number)


def search(market: Market) -> None:
    """Riders are asked for a quarter of an hour, in vain."""
    for _ in range(5):
        market.wait(minutes=3)
        tick(market)


def stranded(market: Market) -> Order:
    """Its customer has been told that nobody brings it; more than an hour after it was placed."""
    order = paid(market)
    market.wait(minutes=50)
    tick(market)
    market.wait(minutes=15)
    tick(market)
    found = market.order(order.number)
    assert found.nobody_brings
    return found


def told(market: Market) -> list[tuple[int, bool, bool]]:
    return [
        (each.order.number, each.order.nobody_brings, each.fetched)
        for each in market.heard(StillNobody)
    ]


def cancel(market: Market, number: int):
    return market.ask(lambda b: b.orders.cancel(number, "no rider"))


def fetch(market: Market, number: int, **who):
    return market.ask(lambda b: b.orders.fetch(number), **who)


def refunds(market: Market) -> list[int]:
    return market.do(lambda s: [row.amount for row in s.session.query(RefundRow).all()])


def is_sound(market: Market) -> bool:
    with market.sessions() as session:
        return prove(session.get_bind()).finding is None


def test_a_silent_seller_is_reminded_once_and_the_customer_told(market: Market):
    number = paid(market).number
    search(market)
    assert len(market.heard(NobodyAccepted)) == 1
    market.wait(minutes=14)
    tick(market)
    assert (told(market), market.order(number).nobody_brings) == ([], False)
    market.wait(minutes=1)
    tick(market)
    tick(market)
    assert told(market) == [(number, True, True)]
    assert market.order(number).nobody_brings


def test_riders_are_asked_once_more_and_nothing_is_told_twice(market: Market):
    number = paid(market).number
    search(market)
    asked = len(market.heard(DeliveryOffered))
    market.wait(minutes=15)
    tick(market)
    again = market.heard(DeliveryOffered)[asked:]
    assert len(again) == 2
    for _ in range(6):
        search(market)
    assert len(told(market)) == 1
    assert [each.order.number for each in market.heard(NobodyAccepted)] == [number, number]
    # It is still theirs to choose, and nobody is asked any more.
    assert market.order(number).nobody_brings
    assert len(market.heard(DeliveryOffered)) == asked + 2


def test_who_said_no_is_not_asked_once_more(market: Market):
    number = paid(market).number
    market.ride("Okello", lambda r: r.decline(number))
    search(market)
    asked = len(market.heard(DeliveryOffered))
    market.wait(minutes=15)
    tick(market)
    assert len(market.heard(DeliveryOffered)) == asked + 1


@pytest.mark.parametrize("answer", ["own_rider", "as_pickup", "offer_again"])
def test_a_seller_who_answered_is_not_reminded(market: Market, answer: str):
    number = paid(market).number
    search(market)
    market.sell(lambda t: getattr(t, answer)(number))
    market.wait(minutes=14)
    tick(market)
    assert told(market) == []
    if answer != "offer_again":
        market.wait(hours=3)
        tick(market)
        assert told(market) == []


def test_while_the_shop_is_closed_nobody_is_told(market: Market):
    """It closes at 12:20 and opens at 14:00 by its own clock."""
    hours = "[shop.hours]\n" + "\n".join(
        f'{day} = "08:00-12:20,14:00-20:00"' for day in ("mon", "tue", "wed", "thu", "fri")
    )
    market.open(SHOP.replace("[[lines]]", hours + "\n[[lines]]", 1))
    paid(market)
    search(market)
    market.wait(minutes=100)
    tick(market)
    assert told(market) == []
    market.wait(minutes=15)
    tick(market)
    assert len(told(market)) == 1


def test_a_rider_who_comes_after_all_ends_it(market: Market):
    number = stranded(market).number
    market.ride("Namata", lambda r: r.accept(number))
    assert not market.order(number).nobody_brings
    assert fetch(market, number) == WrongStep(number, DeliveryStatus.ACCEPTED)
    assert isinstance(cancel(market, number), SellerCancels)
    # Who gives it back begins it all anew.
    market.ride("Namata", lambda r: r.give_back(number))
    assert not market.order(number).nobody_brings
    for _ in range(2):
        search(market)
    assert len(told(market)) == 2


@pytest.mark.parametrize("packed", [False, True])
def test_calling_it_off_gives_all_the_money_back_however_late(market: Market, packed: bool):
    order = stranded(market)
    if packed:
        market.sell(lambda t: t.ready(order.number))
    ended = cancel(market, order.number)
    assert ended.status is OrderStatus.CANCELLED
    (cancelled,) = market.heard(OrderCancelled)
    assert (cancelled.by, cancelled.refund) == (Role.CUSTOMER, order.total)
    assert refunds(market) == [order.total.minor]
    assert is_sound(market)


def test_who_asked_the_seller_in_vain_before_gets_all_of_it_too(market: Market):
    number = paid(market).number
    market.sell(lambda t: t.ready(number))
    assert isinstance(cancel(market, number), SellerCancels)
    assert len(market.heard(CancelAsked)) == 1
    search(market)
    market.wait(minutes=15)
    tick(market)
    order = market.order(number)
    assert cancel(market, number).status is OrderStatus.CANCELLED
    assert refunds(market) == [order.total.minor]


def test_coming_for_it_gives_the_fee_back_and_tells_the_shop(market: Market):
    order = stranded(market)
    changed = fetch(market, order.number)
    assert (changed.fulfilment, changed.delivery_fee.minor) == (Fulfilment.PICKUP, 0)
    assert (changed.total, changed.nobody_brings) == (order.total - order.delivery_fee, False)
    (became,) = market.heard(BecamePickup)
    assert (became.by, became.refund) == (Role.CUSTOMER, order.delivery_fee)
    assert refunds(market) == [order.delivery_fee.minor]
    assert fetch(market, order.number) == WrongStep(order.number, DeliveryStatus.CANCELLED)
    market.sell(lambda t: t.ready(order.number))
    handed = market.sell(lambda t: t.delivered(order.number, changed.code))
    assert handed.status is OrderStatus.DELIVERED
    assert is_sound(market)


def test_nobody_else_and_nobody_too_early_comes_for_it(market: Market):
    number = paid(market).number
    assert fetch(market, number) == WrongStep(number, DeliveryStatus.OFFERED)
    search(market)
    assert fetch(market, number) == WrongStep(number, DeliveryStatus.WAITING)
    market.wait(minutes=15)
    tick(market)
    assert fetch(market, number, phone=OTHER) == UnknownOrder(number)
    assert market.order(number).fulfilment is Fulfilment.STANDARD


def test_a_shop_to_which_nobody_may_come_offers_to_call_it_off(market: Market):
    market.open(SHOP.replace("[delivery]", "[delivery]\npickup = false"))
    number = stranded(market).number
    assert told(market) == [(number, True, False)]
    assert isinstance(fetch(market, number), WrongStep)
    assert cancel(market, number).status is OrderStatus.CANCELLED


def test_the_customer_hears_that_the_shop_brings_it_where_they_had_heard_that_nobody_does(
    market: Market,
):
    number = stranded(market).number
    market.sell(lambda t: t.own_rider(number))
    assert [each.order.number for each in market.heard(ShopBrings)] == [number]
    assert isinstance(fetch(market, number), WrongStep)
    assert isinstance(cancel(market, number), SellerCancels)


def test_who_is_not_told_of_it_hears_nothing_of_the_shops_own(market: Market):
    number = paid(market).number
    search(market)
    market.sell(lambda t: t.own_rider(number))
    assert market.heard(ShopBrings) == []


def test_asking_riders_again_takes_no_choice_back(market: Market):
    number = stranded(market).number
    market.sell(lambda t: t.offer_again(number))
    assert market.order(number).nobody_brings
    assert cancel(market, number).status is OrderStatus.CANCELLED


def test_what_came_back_once_is_the_sellers_to_decide(market: Market):
    number = failed(market)
    market.sell(lambda t: t.back(number))
    market.sell(lambda t: t.offer_again(number))
    for rider in ("Okello", "Namata"):
        market.ride(rider, lambda r: r.decline(number))
    search(market)
    market.wait(minutes=15)
    tick(market)
    assert told(market) == [(number, False, True)]
    for _ in range(6):
        search(market)
    assert len(told(market)) == 1
    assert len(market.heard(NobodyAccepted)) == 1
    waits = market.do(lambda s: s.session.query(DeliveryRow.answer_by).scalar())
    assert waits is None
