"""PASS of riders and ASSIGN of sellers, as they are written and answered."""

from dataclasses import replace

import pytest

from flows.ports.orders import DeliveryStatus, OrderStatus
from flows.ports.trade import Carrier
from tests.fakes.trade import FakeRides, FakeTrade, a_job, an_order
from tests.fakes.trade_talk import Phone

OKELLO = Carrier("r-1", "Okello Moses", "+256700000111", on_duty=True, jobs=0)
NAMATA = Carrier("r-2", "Namata Grace", "+256700000112", on_duty=True, jobs=2)
MOSES = Carrier("r-3", "Moses Kato", "+256700000113", on_duty=False, jobs=0)


@pytest.fixture
def shop(trade: FakeTrade) -> FakeTrade:
    """Order 1001 is taken, and there are three riders."""
    trade.orders[1001] = an_order(
        1001, status=OrderStatus.CONFIRMED, delivery=DeliveryStatus.ACCEPTED
    )
    trade.ridden_by = [OKELLO, NAMATA, MOSES]
    return trade


@pytest.mark.parametrize(
    "written", ["ASSIGN 1001 Okello", "assign 1001 okello moses", "ASSIGN 1001 0700000111"]
)
def test_a_rider_is_named_by_a_part_of_the_name_or_by_phone(
    seller: Phone, shop: FakeTrade, written: str
) -> None:
    assert "Okello Moses brings order 1001" in seller.say(written)
    assert shop.done == [("assign to r-1", 1001)]


def test_a_name_that_two_have_is_asked_about(seller: Phone, shop: FakeTrade) -> None:
    text = seller.say("ASSIGN 1001 Moses")
    assert "Who brings order 1001?" in text
    assert "Moses Kato (off duty)" in text
    assert "Namata" not in text
    seller.press(2)
    assert shop.done == [("assign to r-3", 1001)]


@pytest.mark.parametrize("written", ["ASSIGN 1001", "ASSIGN", "assign 1001 Wasswa"])
def test_without_a_known_name_all_riders_are_offered(
    seller: Phone, shop: FakeTrade, written: str
) -> None:
    text = seller.say(written)
    assert "Namata Grace (brings 2)" in text
    seller.press(1)
    assert shop.done == [("assign to r-1", 1001)]


def test_a_misspelt_name_is_asked_about_first(seller: Phone, shop: FakeTrade) -> None:
    seller.say("ASSIGN 1001 Okelo")
    assert shop.done == []
    seller.press(1)
    assert shop.done == [("assign to r-1", 1001)]


def test_a_shop_without_riders_brings_it_itself(seller: Phone, shop: FakeTrade) -> None:
    shop.ridden_by = []
    assert "PICKED" in seller.say("ASSIGN 1001 Okello")
    assert shop.done == []


def test_nothing_to_bring_is_said(seller: Phone, shop: FakeTrade) -> None:
    shop.orders[1001] = replace(shop.orders[1001], delivery=DeliveryStatus.PICKED_UP)
    assert "ASSIGN" in seller.say("ASSIGN")
    assert shop.done == []


def test_a_rider_who_cannot_go_passes_it_on(rider: Phone, rides: FakeRides) -> None:
    rider.say("YES 1001")
    assert "PASS" in rider.say("1001")
    assert "somebody else" in rider.say("pass")
    assert rides.done[-1] == ("waiting", 1001)
    assert rides.open == {}


def test_what_is_carried_is_not_passed_on(rider: Phone, rides: FakeRides) -> None:
    rides.open = {1001: a_job(status=DeliveryStatus.PICKED_UP)}
    assert "cannot be done" in rider.say("PASS 1001")
    assert 1001 in rides.open
