"""A delivery that failed, on every way to its end: where the goods are, whose the money is, who hears."""

from uuid import UUID

import pytest
from market import SHOP, Market, ugx
from riding import RIDER, accepted, failed, hand_over, names, picked_up, tick
from sqlalchemy import select

from flows.happenings import (
    AgainWanted,
    BringBack,
    DeliveryFailed,
    DeliveryOffered,
    GoodsBack,
    OrderReady,
)
from flows.ports.delivery import Area
from flows.ports.orders import DeliveryStatus, Order, OrderStatus, PaymentStatus, Role
from flows.ports.refusals import AgainCosts, NoOffer, NothingToUndo, TooLate, WrongStep
from store.models import RefundRow, RiderRow, StockRow
from store.orders.refunds import refund_settled
from store.orders.settlement import receive_payment
from store.proof import prove

TOTAL = 21000  # two oils and 3,000 for bringing them


def on_hand(market: Market) -> int:
    return market.do(lambda s: s.session.get(StockRow, (s.shop.id, "oil")).on_hand)


def sound(market: Market) -> bool:
    """Every law of the books holds."""
    with market.sessions() as session:
        return prove(session.get_bind()).finding is None


def pay(market: Market) -> Order:
    order = market.buy(("oil", 2), rail="mtn-momo")
    attempt = market.pay(order)
    market.do(lambda scope: receive_payment(scope, UUID(order.id), attempt))
    return order


def paid_and_failed(market: Market) -> int:
    number = pay(market).number
    market.ride(RIDER, lambda r: r.accept(number))
    market.ride(RIDER, lambda r: r.picked(number))
    market.ride(RIDER, lambda r: r.failed(number, "refused"))
    return number


def refunded(market: Market) -> int:
    """What goes back, and that it went."""
    refund = market.do(lambda s: s.session.scalars(select(RefundRow)).one())

    def done(scope):
        row = scope.session.get(RefundRow, refund.id)
        row.status = "succeeded"
        scope.session.flush()
        refund_settled(scope, row.id, done=True)

    market.do(done)
    return refund.amount


def test_all_who_must_know_hear_of_it(market: Market):
    number = failed(market)
    [told] = market.heard(DeliveryFailed)
    assert (told.order.number, told.reason, told.by) == (number, "nobody-there", Role.RIDER)
    [job] = market.ride(RIDER, lambda r: r.jobs())
    assert (job.status, job.holds) == (DeliveryStatus.FAILED, True)


@pytest.mark.parametrize("back_first", [True, False], ids=["back first", "ended first"])
def test_goods_that_come_back_count_as_stock_when_they_are_there(market: Market, back_first: bool):
    number = failed(market)
    if back_first:
        market.ride(RIDER, lambda r: r.back(number))
        assert on_hand(market) == 18
        ended = market.sell(lambda t: t.refuse(number, "refused"))
        assert ended.status is OrderStatus.CANCELLED
    else:
        ended = market.sell(lambda t: t.refuse(number, "refused"))
        assert ended.status is OrderStatus.RETURNED
        assert names(market, BringBack) == [RIDER]
        assert on_hand(market) == 18
        market.ride(RIDER, lambda r: r.back(number))
    assert on_hand(market) == 20
    assert market.ride(RIDER, lambda r: r.jobs()) == []
    assert sound(market)


def test_what_is_back_is_said_once(market: Market):
    number = failed(market)
    for _ in range(3):
        assert market.ride(RIDER, lambda r: r.back(number)).number == number
    market.sell(lambda t: t.back(number))
    assert [(told.name, told.by) for told in market.heard(GoodsBack)] == [(RIDER, Role.RIDER)]
    market.sell(lambda t: t.refuse(number, ""))
    market.ride(RIDER, lambda r: r.back(number))
    assert on_hand(market) == 20


def test_the_seller_says_for_a_rider_that_the_goods_are_back(market: Market):
    number = failed(market)
    market.sell(lambda t: t.refuse(number, ""))
    market.sell(lambda t: t.back(number))
    assert on_hand(market) == 20
    assert [told.by for told in market.heard(GoodsBack)] == [Role.SELLER]
    assert market.ride(RIDER, lambda r: r.jobs()) == []


def test_only_who_had_them_brings_them_back(market: Market):
    number = failed(market)
    assert market.ride("Namata", lambda r: r.back(number)) == NoOffer(number)
    carried = picked_up(market)
    assert market.ride(RIDER, lambda r: r.back(carried)) == WrongStep(carried, "picked_up")
    assert market.sell(lambda t: t.back(carried)) == WrongStep(carried, "picked_up")
    taken = accepted(market, "Namata")
    assert market.ride("Namata", lambda r: r.back(taken)) == WrongStep(taken, "accepted")


@pytest.mark.parametrize("back_first", [True, False], ids=["back first", "ended first"])
def test_a_paid_order_that_is_returned_is_refunded_but_for_a_tenth(
    market: Market, back_first: bool
):
    number = paid_and_failed(market)
    if back_first:
        market.ride(RIDER, lambda r: r.back(number))
    market.sell(lambda t: t.refuse(number, "refused"))
    assert refunded(market) == TOTAL * 9 // 10
    market.ride(RIDER, lambda r: r.back(number))
    assert on_hand(market) == 20
    assert sound(market)


def test_a_paid_order_is_brought_again_and_everybody_has_their_share(market: Market):
    number = paid_and_failed(market)
    market.sell(lambda t: t.offer_again(number))
    market.ride(RIDER, lambda r: r.accept(number))
    market.ride(RIDER, lambda r: r.picked(number))
    hand_over(market, number)
    order = market.order(number)
    assert (order.status, order.payment_status) == (OrderStatus.DELIVERED, PaymentStatus.PAID)
    assert sound(market)


def test_a_paid_order_becomes_a_pickup_when_the_goods_are_back(market: Market):
    number = paid_and_failed(market)
    market.sell(lambda t: t.as_pickup(number))
    assert names(market, BringBack) == [RIDER]
    assert market.heard(OrderReady) == []
    market.ride(RIDER, lambda r: r.back(number))
    assert [told.order.number for told in market.heard(OrderReady)] == [number]
    assert market.order(number).status is OrderStatus.PROCESSING
    assert refunded(market) == 3000
    code = market.order(number).code
    done = market.sell(lambda t: t.delivered(number, code))
    assert done.status is OrderStatus.DELIVERED
    assert sound(market)


def test_who_has_the_goods_is_asked_first_to_bring_them_again(market: Market):
    number = failed(market, "Okello")
    market.told.clear()
    market.sell(lambda t: t.offer_again(number))
    assert names(market, DeliveryOffered) == ["Okello"]
    [job] = market.ride("Okello", lambda r: r.jobs())
    assert job.status is DeliveryStatus.OFFERED


def test_another_rider_brings_it_and_the_first_is_asked_for_the_goods(market: Market):
    number = failed(market)
    namata = market.do(
        lambda s: str(s.session.scalar(select(RiderRow.id).where(RiderRow.name == "Namata")))
    )
    market.sell(lambda t: t.assign(number, namata))
    assert names(market, BringBack) == [RIDER]
    market.ride(RIDER, lambda r: r.back(number))
    assert market.order(number).status is OrderStatus.PROCESSING
    market.ride("Namata", lambda r: r.picked(number))
    hand_over(market, number, "Namata")
    assert sound(market)


def test_what_nobody_takes_a_second_time_can_still_be_ended(market: Market):
    number = failed(market)
    market.sell(lambda t: t.offer_again(number))
    market.wait(minutes=15)
    tick(market)
    ended = market.sell(lambda t: t.refuse(number, "nobody goes there"))
    assert ended.status is OrderStatus.RETURNED
    assert names(market, BringBack) == [RIDER]


def test_the_seller_who_brings_it_can_fail_too(market: Market):
    order = market.buy(("oil", 2))
    market.sell(lambda t: t.accept(order.number))
    market.sell(lambda t: t.picked(order.number))
    done = market.sell(lambda t: t.failed(order.number, "gate locked"))
    assert (done.status, done.delivery) == (OrderStatus.PROCESSING, DeliveryStatus.FAILED)
    assert [told.by for told in market.heard(DeliveryFailed)] == [Role.SELLER]
    market.sell(lambda t: t.failed(order.number, "gate locked"))
    assert len(market.heard(DeliveryFailed)) == 1
    market.sell(lambda t: t.refuse(order.number, "gate locked"))
    assert on_hand(market) == 20


def test_what_is_not_on_its_way_has_not_failed(market: Market):
    number = accepted(market)
    assert market.sell(lambda t: t.failed(number, "")) == WrongStep(number, "accepted")


def test_what_others_have_ended_is_not_undone(market: Market):
    number = failed(market)
    market.sell(lambda t: t.refuse(number, "refused"))
    assert market.ride(RIDER, lambda r: r.undo()) == NothingToUndo()
    assert market.order(number).status is OrderStatus.RETURNED


@pytest.mark.parametrize("who", ["rider", "seller"])
def test_a_failure_is_not_undone_when_the_goods_are_back(market: Market, who: str):
    number = failed(market)
    if who == "rider":
        market.ride(RIDER, lambda r: r.back(number))
    else:
        market.sell(lambda t: t.back(number))
    assert market.ride(RIDER, lambda r: r.undo()) == NothingToUndo()
    assert market.order(number).delivery is DeliveryStatus.FAILED


def test_the_customer_asks_for_another_try_once(market: Market):
    number = failed(market)
    for _ in range(3):
        market.ask(lambda b: b.orders.try_again(number))
    assert [(told.order.number, told.fee.minor) for told in market.heard(AgainWanted)] == [
        (number, 0)
    ]
    assert market.order(number).total == ugx(TOTAL)


def test_another_failure_may_be_tried_again_too(market: Market):
    number = failed(market)
    market.ask(lambda b: b.orders.try_again(number))
    market.sell(lambda t: t.offer_again(number))
    market.ride(RIDER, lambda r: r.accept(number))
    market.ride(RIDER, lambda r: r.picked(number))
    market.ride(RIDER, lambda r: r.failed(number, "nobody-there"))
    market.ask(lambda b: b.orders.try_again(number))
    assert len(market.heard(AgainWanted)) == 2


@pytest.fixture
def dear(sessions) -> Market:
    """A shop that asks 2,000 for another try."""
    return Market(sessions).open(SHOP + "\n[dispatch]\nagain_fee = 2000\n")


def test_a_fee_for_another_try_is_agreed_before_it_is_owed(dear: Market):
    number = failed(dear)
    asked = dear.ask(lambda b: b.orders.try_again(number))
    assert asked == AgainCosts(number, ugx(2000))
    assert dear.ask(lambda b: b.orders.try_again(number, ugx(1000))) == asked
    assert dear.order(number).total == ugx(TOTAL)
    agreed = dear.ask(lambda b: b.orders.try_again(number, ugx(2000)))
    assert (agreed.total, agreed.delivery_fee) == (ugx(TOTAL + 2000), ugx(5000))
    dear.ask(lambda b: b.orders.try_again(number, ugx(2000)))
    assert dear.order(number).total == ugx(TOTAL + 2000)
    dear.sell(lambda t: t.offer_again(number))
    dear.ride(RIDER, lambda r: r.accept(number))
    dear.ride(RIDER, lambda r: r.picked(number))
    hand_over(dear, number)
    assert sound(dear)


def test_nothing_is_added_to_what_was_paid(dear: Market):
    number = paid_and_failed(dear)
    agreed = dear.ask(lambda b: b.orders.try_again(number))
    assert agreed.total == ugx(TOTAL)


def test_a_wrong_address_is_put_right_after_the_failure(market: Market):
    number = picked_up(market)
    bukoto = Area("Bukoto", "Near")
    refused = market.ask(lambda b: b.orders.change_address(number, bukoto, "blue gate"))
    assert refused == TooLate(number)
    market.ride(RIDER, lambda r: r.failed(number, "wrong-address"))
    changed = market.ask(lambda b: b.orders.change_address(number, bukoto, "blue gate"))
    assert (changed.area, changed.landmark) == ("Bukoto", "blue gate")
