"""A rider, a seller, the clock and the customer decide at once on an order that nobody brought, on the real
PostgreSQL: one of them is right, and all of them know."""

from uuid import UUID

import pytest
from market import Market
from racing import together
from sqlalchemy import select

from flows.happenings import (
    BecamePickup,
    OfferWithdrawn,
    OrderCancelled,
    RiderAssigned,
    ShopBrings,
    StillNobody,
)
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, Order, OrderStatus
from flows.ports.refusals import Refusal
from flows.ports.trade import Job
from store.due import DUTIES
from store.models import DeliveryRow, OfferRow, RefundRow, RiderRow
from store.orders.settlement import receive_payment
from store.proof import prove

pytestmark = pytest.mark.postgres

ROUNDS = 6


@pytest.fixture
def market(busy_market: Market) -> Market:
    return busy_market


def tick(market: Market, *names: str) -> None:
    for duty in DUTIES:
        if duty.name in names:
            due = market.do(lambda s, d=duty: d.find(s.session, s.rules, s.now, 100))
            for _, subject in due:
                market.do(lambda s, d=duty, i=subject: d.act(s, i))


def unanswered(market: Market) -> int:
    """A paid order of which the seller was asked what now, a quarter of an hour ago."""
    order = market.buy(("oil", 1), rail="mtn-momo")
    attempt = market.pay(order)
    market.do(lambda scope: receive_payment(scope, UUID(order.id), attempt))
    market.wait(minutes=15)
    tick(market, "nobody_accepted")
    market.wait(minutes=15)
    return order.number


def stranded(market: Market) -> tuple[int, str]:
    """The customer has just been told; and the rider who is asked once more."""
    number = unanswered(market)
    tick(market, "nobody_answered")
    order = market.order(number)
    assert order.nobody_brings
    asked = (
        select(RiderRow.name)
        .join(OfferRow, OfferRow.rider_id == RiderRow.id)
        .join(DeliveryRow, DeliveryRow.id == OfferRow.delivery_id)
        .where(OfferRow.status == "open", DeliveryRow.order_id == UUID(order.id))
    )
    name = market.do(lambda s: s.session.scalars(asked).first())
    assert name is not None
    market.told.clear()
    return number, name


def cancel(market: Market, number: int) -> object:
    return market.ask(lambda b: b.orders.cancel(number, "no rider"))


def fetch(market: Market, number: int) -> object:
    return market.ask(lambda b: b.orders.fetch(number))


def refunded(market: Market) -> int:
    return market.do(lambda s: sum(row.amount for row in s.session.query(RefundRow).all()))


def is_sound(market: Market) -> bool:
    with market.sessions() as session:
        return prove(session.get_bind()).finding is None


def test_a_yes_and_the_customers_end_at_once_leave_nobody_without_word(market: Market):
    back = 0
    for _ in range(ROUNDS):
        number, rider = stranded(market)
        total = market.order(number).total.minor
        said, ended = together(
            [
                lambda n=number, r=rider: market.ride(r, lambda rides: rides.accept(n)),
                lambda n=number: cancel(market, n),
            ],
        )
        order = market.order(number)
        # Half an hour after it was placed it may be called off in any case: the rider hears of it.
        assert isinstance(ended, Order)
        back += total
        assert (order.status, order.delivery) == (OrderStatus.CANCELLED, DeliveryStatus.CANCELLED)
        assert isinstance(said, Job) == bool(market.heard(RiderAssigned))
        assert len(market.heard(OfferWithdrawn)) == 1
        assert market.ride(rider, lambda r: r.jobs()) == []
        assert refunded(market) == back
    assert is_sound(market)


def test_after_the_window_a_yes_or_the_customers_end_is_first_and_the_other_refused(
    market: Market,
):
    market.rules = market.rules.__class__(cancel_window=market.rules.no_rider_told)
    for _ in range(ROUNDS):
        number, rider = stranded(market)
        said, ended = together(
            [
                lambda n=number, r=rider: market.ride(r, lambda rides: rides.accept(n)),
                lambda n=number: cancel(market, n),
            ],
        )
        assert isinstance(said, Job) != isinstance(ended, Order)
        order = market.order(number)
        if isinstance(said, Job):
            assert isinstance(ended, Refusal)
            assert (order.status, order.delivery) == (
                OrderStatus.CONFIRMED,
                DeliveryStatus.ACCEPTED,
            )
            market.sell(lambda t, n=number: t.refuse(n, "end of the round"))
        else:
            assert order.status is OrderStatus.CANCELLED
    assert is_sound(market)


def test_a_yes_and_a_customer_who_comes_at_once_are_never_both(market: Market):
    for _ in range(ROUNDS):
        number, rider = stranded(market)
        said, comes = together(
            [
                lambda n=number, r=rider: market.ride(r, lambda rides: rides.accept(n)),
                lambda n=number: fetch(market, n),
            ],
        )
        assert isinstance(said, Job) != isinstance(comes, Order)
        order = market.order(number)
        fetched = order.fulfilment is Fulfilment.PICKUP
        assert fetched == isinstance(comes, Order)
        assert fetched == bool(market.heard(BecamePickup))
        market.sell(lambda t, n=number: t.refuse(n, "end of the round"))
    assert is_sound(market)


@pytest.mark.parametrize("choice", ["own_rider", "as_pickup", "refuse"])
def test_what_seller_and_customer_choose_at_once_is_done_once(market: Market, choice: str):
    fees = 0
    for _ in range(ROUNDS):
        number, _ = stranded(market)
        before = market.order(number)
        why = ("no rider",) if choice == "refuse" else ()
        theirs, ours = together(
            [
                lambda n=number: fetch(market, n),
                lambda n=number, w=why: market.sell(lambda t: getattr(t, choice)(n, *w)),
            ],
        )
        order = market.order(number)
        came = len(market.heard(BecamePickup))
        if choice == "own_rider":
            assert isinstance(theirs, Order) != isinstance(ours, Order)
            assert (came, len(market.heard(ShopBrings))) == (
                (1, 0) if isinstance(theirs, Order) else (0, 1)
            )
        elif choice == "as_pickup":
            assert isinstance(theirs, Order) != isinstance(ours, Order)
            assert came == 1
        else:
            assert isinstance(ours, Order)
            assert len(market.heard(OrderCancelled)) == 1
            fees += before.total.minor
            assert refunded(market) == fees
            continue
        less = before.delivery_fee.minor if came else 0
        fees += less
        assert refunded(market) == fees
        assert order.total.minor == before.total.minor - less
        assert (order.fulfilment is Fulfilment.PICKUP) == bool(came)
    assert is_sound(market)


def test_two_clocks_tell_it_once_and_never_after_the_sellers_answer(market: Market):
    for _ in range(ROUNDS):
        number = unanswered(market)
        market.told.clear()
        _, _, ours = together(
            [
                lambda: tick(market, "nobody_answered"),
                lambda: tick(market, "nobody_answered"),
                lambda n=number: market.sell(lambda t: t.own_rider(n)),
            ],
        )
        assert isinstance(ours, Order)
        told = len(market.heard(StillNobody))
        # Who had heard that nobody brings it hears that the shop does.
        assert told == len(market.heard(ShopBrings))
        assert told <= 1
        assert not market.order(number).nobody_brings
