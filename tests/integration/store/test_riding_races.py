"""Riders, sellers and customers who act on one delivery at the same moment, on the real PostgreSQL."""

from collections.abc import Sequence

import pytest
from market import Market
from racing import together
from riding import accepted, failed, offered, picked_up
from sqlalchemy import func, select

from flows.happenings import GoodsBack, OrderCancelled, OrderConfirmed, RiderAssigned, RiderOff
from flows.ports.orders import DeliveryStatus, Order, OrderStatus
from flows.ports.refusals import Refusal
from flows.ports.trade import Job
from store.models import DeliveryHistoryRow, RiderRow, StockRow
from store.proof import prove
from store.proof.checking import Finding

pytestmark = pytest.mark.postgres

ROUNDS = 6


def on_hand(market: Market) -> int:
    return market.do(lambda s: s.session.get(StockRow, (s.shop.id, "oil")).on_hand)


def broken(market: Market) -> Finding | None:
    with market.sessions() as session:
        return prove(session.get_bind()).finding


def steps_to(market: Market, status: DeliveryStatus) -> int:
    """How often a delivery of the shop came to `status`."""
    query = select(func.count()).where(DeliveryHistoryRow.after == status)
    return market.do(lambda s: s.session.scalar(query))


@pytest.fixture
def market(busy_market: Market) -> Market:
    return busy_market


def free_again(market: Market, numbers: Sequence[int]) -> None:
    """The rider has none of these any more."""
    for number in numbers:
        market.ride("Okello", lambda r, n=number: r.failed(n, "end of the round"))


def test_a_yes_and_a_cancellation_at_once_leave_no_rider_without_word(market: Market):
    for _ in range(ROUNDS):
        number = offered(market).number
        market.told.clear()
        said, ended = together(
            [
                lambda n=number: market.ride("Okello", lambda r: r.accept(n)),
                lambda n=number: market.sell(lambda t: t.refuse(n, "sold out")),
            ],
        )
        assert isinstance(ended, Order)
        order = market.order(number)
        assert (order.status, order.delivery) == (OrderStatus.CANCELLED, DeliveryStatus.CANCELLED)
        # Whoever was first: a rider who was told yes hears that it is off, one who came late is refused.
        told = [type(happening).__name__ for happening in market.told]
        assert told.count("OfferWithdrawn") == 1
        assert isinstance(said, Job) == bool(market.heard(RiderAssigned))
        assert market.ride("Okello", lambda r: r.jobs()) == []
    assert on_hand(market) == 20
    assert broken(market) is None


def test_a_pick_up_and_the_sellers_own_at_once_send_the_goods_once(market: Market):
    for _ in range(ROUNDS):
        number = accepted(market)
        together(
            [
                lambda n=number: market.ride("Okello", lambda r: r.picked(n)),
                lambda n=number: market.sell(lambda t: t.picked(n)),
            ],
        )
        assert market.order(number).status is OrderStatus.SHIPPED
        free_again(market, [number])
    assert steps_to(market, DeliveryStatus.PICKED_UP) == ROUNDS


def test_a_pick_up_and_a_cancellation_at_once_are_one_or_the_other(market: Market):
    ends = set()
    for _ in range(ROUNDS):
        number = accepted(market)
        picked, refused = together(
            [
                lambda n=number: market.ride("Okello", lambda r: r.picked(n)),
                lambda n=number: market.sell(lambda t: t.refuse(n, "sold out")),
            ],
        )
        assert isinstance(picked, Job) != isinstance(refused, Order)
        ends.add(market.order(number).status)
        free_again(market, [number])
    assert ends <= {OrderStatus.SHIPPED, OrderStatus.CANCELLED}
    assert broken(market) is None


def test_a_pick_up_and_another_rider_named_at_once_leave_one_rider_with_it(market: Market):
    for _ in range(ROUNDS):
        number = accepted(market)
        market.told.clear()
        picked, named = together(
            [
                lambda n=number: market.ride("Okello", lambda r: r.picked(n)),
                lambda n=number: give_to(market, n, "Namata"),
            ],
        )
        order = market.order(number)
        if isinstance(named, Order):
            # Named first: Okello, who comes to fetch it, is told that it is not his.
            assert isinstance(picked, Refusal)
            assert order.rider.name == "Namata"
            assert len(market.heard(RiderOff)) == 1
        else:
            assert (order.rider.name, order.status) == ("Okello", OrderStatus.SHIPPED)
            assert market.heard(RiderOff) == []
        market.ride(order.rider.name, lambda r, n=number: r.failed(n, "end of the round"))


def test_a_job_given_back_and_given_to_another_at_once_has_one_rider(market: Market):
    for _ in range(ROUNDS):
        number = accepted(market)
        together(
            [
                lambda n=number: market.ride("Okello", lambda r: r.give_back(n)),
                lambda n=number: give_to(market, n, "Namata"),
            ],
        )
        assert market.order(number).rider.name == "Namata"
        market.ride("Namata", lambda r, n=number: r.failed(n, "end of the round"))


def give_to(market: Market, number: int, name: str) -> object:
    def work(scope):
        rider = scope.session.scalars(select(RiderRow.id).where(RiderRow.name == name)).one()
        return market.trade(scope).assign(number, str(rider))

    return market.do(work)


def test_goods_back_and_the_end_of_their_order_at_once_are_stock_once(market: Market):
    for _ in range(ROUNDS):
        number = failed(market)
        together(
            [
                lambda n=number: market.ride("Okello", lambda r: r.back(n)),
                lambda n=number: market.sell(lambda t: t.back(n)),
                lambda n=number: market.sell(lambda t: t.refuse(n, "refused")),
            ],
        )
        assert on_hand(market) == 20
        assert len(market.heard(GoodsBack)) == 1
        market.told.clear()
    assert broken(market) is None


def test_ok_and_no_of_two_staff_at_once_are_one_or_the_other_told_once(market: Market):
    for _ in range(ROUNDS):
        order = market.buy(("oil", 2))
        market.told.clear()
        yes, no = together(
            [
                lambda n=order.number: market.sell(lambda t: t.accept(n)),
                lambda n=order.number: market.sell(lambda t: t.refuse(n, "sold out")),
            ],
        )
        # OK first: NO then ends an order that was taken. NO first: OK is too late.
        assert isinstance(no, Order)
        assert len(market.heard(OrderCancelled)) == 1
        assert len(market.heard(OrderConfirmed)) == (0 if isinstance(yes, Refusal) else 1)
        assert market.order(order.number).status is OrderStatus.CANCELLED
    assert on_hand(market) == 20
    assert broken(market) is None


def test_two_oks_at_once_take_the_goods_off_the_shelf_once(market: Market):
    order = market.buy(("oil", 2))
    together([lambda: market.sell(lambda t: t.accept(order.number))] * 6)
    assert len(market.heard(OrderConfirmed)) == 1
    assert on_hand(market) == 18


def test_one_code_brought_many_times_at_once_is_booked_once(market: Market):
    number = picked_up(market)
    code = market.order(number).code
    done = together([lambda: market.ride("Okello", lambda r: r.delivered(number, code))] * 6)
    assert all(isinstance(job, Job) for job in done)
    assert steps_to(market, DeliveryStatus.DELIVERED) == 1
    assert broken(market) is None


def test_wrong_codes_at_once_are_all_counted(market: Market):
    number = picked_up(market)
    right = market.order(number).code
    wrong = "0000" if right != "0000" else "1111"
    together([lambda: market.ride("Okello", lambda r: r.delivered(number, wrong))] * 5)
    assert isinstance(market.ride("Okello", lambda r: r.delivered(number, right)), Refusal)
