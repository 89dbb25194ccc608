"""A delivery changes hands before pick-up: given back, not fetched in time, or given by the seller."""

import pytest
from market import Market
from riding import accepted, failed, hand_over, names, offered, picked_up, tick
from sqlalchemy import select

from flows.happenings import DeliveryOffered, OfferWithdrawn, PickUpLate, RiderAssigned, RiderOff
from flows.ports.orders import DeliveryStatus, Order, OrderStatus, Role
from flows.ports.refusals import AlreadyTaken, NoOffer, WrongStep
from flows.ports.trade import Job
from store.models import RiderRow


def assign(market: Market, number: int, name: str) -> object:
    def work(scope):
        rider = scope.session.scalars(select(RiderRow.id).where(RiderRow.name == name)).one()
        return market.trade(scope).assign(number, str(rider))

    return market.do(work)


def test_a_job_given_back_is_offered_to_the_others(market: Market):
    number = accepted(market)
    market.told.clear()
    market.ride("Okello", lambda r: r.give_back(number))
    assert names(market, DeliveryOffered) == ["Namata"]
    [off] = market.heard(RiderOff)
    assert (off.name, off.by, off.order.delivery) == ("Okello", Role.RIDER, DeliveryStatus.WAITING)
    assert market.order(number).rider is None
    assert market.ride("Okello", lambda r: r.jobs()) == []
    for _ in range(3):
        market.wait(minutes=3)
        tick(market)
    assert "Okello" not in names(market, DeliveryOffered)


def test_giving_back_again_changes_nothing(market: Market):
    number = accepted(market)
    market.ride("Okello", lambda r: r.give_back(number))
    assert market.ride("Okello", lambda r: r.give_back(number)) == NoOffer(number)
    assert len(market.heard(RiderOff)) == 1


def test_what_is_on_its_way_is_not_given_back(market: Market):
    number = picked_up(market)
    assert market.ride("Okello", lambda r: r.give_back(number)) == WrongStep(number, "picked_up")


def test_who_does_not_fetch_it_is_asked_and_then_loses_it(market: Market):
    number = accepted(market)
    market.wait(minutes=19)
    tick(market)
    assert market.heard(PickUpLate) == []
    market.wait(minutes=1)
    tick(market)
    tick(market)
    assert [told.order.number for told in market.heard(PickUpLate)] == [number]
    market.told.clear()
    market.wait(minutes=10)
    tick(market)
    [off] = market.heard(RiderOff)
    assert (off.name, off.by) == ("Okello", Role.SYSTEM)
    assert names(market, DeliveryOffered) == ["Namata"]
    assert market.ride("Okello", lambda r: r.picked(number)) == NoOffer(number)
    assert market.ride("Okello", lambda r: r.accept(number)) == AlreadyTaken(number)


def test_who_is_still_coming_keeps_it(market: Market):
    number = accepted(market)
    market.wait(minutes=20)
    tick(market)
    assert isinstance(market.ride("Okello", lambda r: r.accept(number)), Job)
    market.wait(minutes=19)
    tick(market)
    assert market.heard(RiderOff) == []
    market.ride("Okello", lambda r: r.picked(number))
    market.wait(hours=5)
    tick(market)
    assert (len(market.heard(PickUpLate)), market.heard(RiderOff)) == (1, [])


def test_a_rider_is_not_hurried_for_what_was_packed_late(market: Market):
    number = accepted(market)
    market.wait(minutes=15)
    market.sell(lambda t: t.ready(number))
    market.wait(minutes=19)
    tick(market)
    assert market.heard(PickUpLate) == []


@pytest.mark.parametrize("by_name", ["Namata", "Okello", "Mugisha"])
def test_the_seller_gives_a_waiting_order_to_any_rider(market: Market, by_name: str):
    number = offered(market).number
    market.told.clear()
    done = assign(market, number, by_name)
    assert isinstance(done, Order)
    assert (done.rider.name, done.delivery) == (by_name, DeliveryStatus.ACCEPTED)
    assert names(market, OfferWithdrawn) == ([] if by_name == "Okello" else ["Okello"])
    [told] = market.heard(RiderAssigned)
    assert told.by is Role.SELLER
    market.ride(by_name, lambda r: r.picked(number))
    hand_over(market, number, by_name)


def test_the_seller_takes_it_from_one_rider_for_another(market: Market):
    number = accepted(market)
    market.told.clear()
    assign(market, number, "Namata")
    assert names(market, RiderOff) == ["Okello"]
    assert market.ride("Okello", lambda r: r.picked(number)) == NoOffer(number)
    assert assign(market, number, "Namata").rider.name == "Namata"
    assert len(market.heard(RiderAssigned)) == 1


def test_who_was_given_it_may_pass_it_on(market: Market):
    number = offered(market).number
    assign(market, number, "Namata")
    market.told.clear()
    market.ride("Namata", lambda r: r.give_back(number))
    assert names(market, DeliveryOffered) == ["Okello"]


def test_nobody_is_given_what_is_on_its_way_or_is_over(market: Market):
    number = picked_up(market)
    assert assign(market, number, "Namata") == WrongStep(number, "picked_up")
    hand_over(market, number)
    assert assign(market, number, "Namata") == WrongStep(number, "delivered")
    waiting = market.buy(("oil", 1))
    assert assign(market, waiting.number, "Namata") == WrongStep(waiting.number, "pending")


def test_a_failed_delivery_is_given_to_another(market: Market):
    number = failed(market)
    assign(market, number, "Namata")
    market.ride("Namata", lambda r: r.picked(number))
    hand_over(market, number, "Namata")
    assert market.order(number).status is OrderStatus.DELIVERED


def test_a_rider_of_another_shop_is_nobody_here(market: Market):
    number = offered(market).number
    found = market.sell(lambda t: t.assign(number, "01890000-0000-7000-8000-000000000000"))
    assert isinstance(found, WrongStep)
