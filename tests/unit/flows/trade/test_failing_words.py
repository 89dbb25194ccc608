"""FAIL and BACK, of riders and of sellers."""

from dataclasses import replace

import pytest

from flows.ports.orders import DeliveryStatus, OrderStatus
from tests.fakes.trade import FakeRides, FakeTrade, a_job, an_order
from tests.fakes.trade_talk import Phone


@pytest.fixture
def sent(trade: FakeTrade) -> FakeTrade:
    trade.orders[1001] = an_order(
        1001, status=OrderStatus.SHIPPED, delivery=DeliveryStatus.PICKED_UP
    )
    return trade


def test_who_has_the_goods_hears_how_to_bring_them_back(rider: Phone, rides: FakeRides) -> None:
    rides.open = {1001: a_job(status=DeliveryStatus.PICKED_UP, holds=True)}
    assert "BACK 1001" in rider.say("FAIL 1001 nobody there")
    rides.open = {1002: a_job(1002, status=DeliveryStatus.ACCEPTED)}
    assert "BACK" not in rider.say("FAIL 1002 flat tyre")


@pytest.mark.parametrize("written", ["BACK 1001", "back", "brought back 1001"])
def test_a_rider_says_that_the_goods_are_back(rider: Phone, rides: FakeRides, written: str) -> None:
    rides.open = {1001: a_job(status=DeliveryStatus.FAILED, holds=True)}
    assert "Mama Njeri Foods hears that order 1001 is back" in rider.say(written)
    assert rides.open == {}


def test_what_is_to_be_brought_back_stands_among_the_jobs(rider: Phone, rides: FakeRides) -> None:
    rides.open = {1001: a_job(status=DeliveryStatus.FAILED, holds=True)}
    assert "back to Mama Njeri Foods" in rider.say("JOBS")
    assert "send BACK 1001" in rider.press(1)
    rider.press(1)
    assert rides.open == {}


def test_what_is_still_to_be_brought_is_not_back(rider: Phone, rides: FakeRides) -> None:
    rides.open = {1001: a_job(status=DeliveryStatus.PICKED_UP, holds=True)}
    assert "cannot be done" in rider.say("BACK 1001")


def test_a_seller_says_that_it_could_not_be_delivered(seller: Phone, sent: FakeTrade) -> None:
    text = seller.say("FAIL 1001 nobody there")
    assert sent.done == [("failed", 1001, "nobody there")]
    assert "Ask riders again" in text
    seller.press(1)
    assert sent.done[-1] == ("own", 1001)


def test_a_misspelt_fail_of_a_seller_is_asked_about(seller: Phone, sent: FakeTrade) -> None:
    seller.say("FAIIL 1001")
    assert sent.done == []


@pytest.mark.parametrize("written", ["BACK 1001", "back"])
def test_a_seller_says_that_the_goods_are_back(
    seller: Phone, sent: FakeTrade, written: str
) -> None:
    sent.orders[1001] = replace(sent.orders[1001], delivery=DeliveryStatus.FAILED)
    text = seller.say(written)
    assert sent.done == [("back", 1001)]
    assert "back in the shop" in text
    assert "Cancel the order" in text
