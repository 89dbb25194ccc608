"""A paid order is sent farther while somebody else acts on it, on the real PostgreSQL."""

import pytest
from door import ALONE, FAR, MORE, bought, move, sound
from market import KAMWOKYA, Market, ugx
from racing import together
from riding import hand_over
from sqlalchemy import func, select

from flows.happenings import AddressChanged
from flows.ports.orders import Order, OrderStatus, PaymentStatus
from flows.ports.refusals import TooLate
from flows.ports.trade import Job
from store.models import EntryRow, RefundRow

pytestmark = pytest.mark.postgres

ROUNDS = 6


@pytest.fixture
def market(busy_market: Market) -> Market:
    return busy_market.open(ALONE)


def carried_cash(market: Market) -> int:
    query = select(func.coalesce(func.sum(EntryRow.amount), 0)).where(
        EntryRow.account.startswith("rider-cash:")
    )
    return int(market.do(lambda s: s.session.scalar(query)))


def test_a_pick_up_and_a_yes_at_once_are_one_or_the_other(market: Market):
    due = 0
    for _ in range(ROUNDS):
        number = bought(market).number
        market.ride("Okello", lambda r, n=number: r.accept(n))
        picked, moved = together(
            [
                lambda n=number: market.ride("Okello", lambda r: r.picked(n)),
                lambda n=number: move(market, n, FAR, ugx(MORE)),
            ]
        )
        assert isinstance(picked, Job)
        order = market.order(number)
        if isinstance(moved, Order):
            # The rider who comes for it after the yes is told what to take.
            assert (picked.collect, order.area, order.at_the_door) == (
                ugx(MORE),
                "Ntinda",
                ugx(MORE),
            )
        else:
            assert moved == TooLate(number)
            assert (picked.collect, order.area, order.at_the_door) == (ugx(0), "Kamwokya", ugx(0))
        due += order.at_the_door.minor
        hand_over(market, number)
    assert carried_cash(market) == due
    assert sound(market)


def test_two_yes_at_once_are_due_once(market: Market):
    for _ in range(ROUNDS):
        number = bought(market).number
        market.told.clear()
        both = together([lambda n=number: move(market, n, FAR, ugx(MORE))] * 2)
        assert [moved.due_at_door for moved in both] == [ugx(MORE)] * 2
        assert [told.due for told in market.heard(AddressChanged)].count(ugx(MORE)) == 1
        market.sell(lambda t, n=number: t.refuse(n, "end of the round"))
    assert sound(market)


def test_there_and_back_at_once_end_with_what_the_last_place_costs(market: Market):
    for _ in range(ROUNDS):
        number = bought(market).number
        together(
            [
                lambda n=number: move(market, n, FAR, ugx(MORE)),
                lambda n=number: move(market, n, KAMWOKYA),
            ]
        )
        order = market.order(number)
        assert order.at_the_door == ugx(MORE if order.area == "Ntinda" else 0)
        market.sell(lambda t, n=number: t.refuse(n, "end of the round"))
    assert sound(market)


def test_a_yes_and_the_end_of_the_order_at_once_give_back_what_came(market: Market):
    for _ in range(ROUNDS):
        order = bought(market)
        together(
            [
                lambda n=order.number: move(market, n, FAR, ugx(MORE)),
                lambda n=order.number: market.sell(lambda t: t.refuse(n, "sold out")),
            ]
        )
        ended = market.order(order.number)
        assert (ended.status, ended.due_at_door) == (OrderStatus.CANCELLED, None)
        assert ended.payment_status is PaymentStatus.PAID
    refunds = market.do(lambda s: list(s.session.scalars(select(RefundRow.amount))))
    assert refunds == [order.total.minor] * ROUNDS
    assert sound(market)


def test_two_riders_words_at_the_door_book_it_once(market: Market):
    number = bought(market).number
    assert isinstance(move(market, number, FAR, ugx(MORE)), Order)
    market.ride("Okello", lambda r: r.accept(number))
    market.ride("Okello", lambda r: r.picked(number))
    code = market.order(number).code
    said = [lambda: market.ride("Okello", lambda r: r.delivered(number, code))] * 3
    said.append(lambda: market.sell(lambda t: t.delivered(number, code)))
    together(said)
    assert carried_cash(market) == MORE
    assert sound(market)
