"""HANDED of riders, and the seller's yes or no to it."""

import pytest

from flows.heard import Choice
from flows.ports.orders import DeliveryStatus
from tests.fakes.till import rider_with
from tests.fakes.trade import FakeRides, a_job, ugx
from tests.fakes.trade_talk import Phone


@pytest.mark.parametrize(
    ("written", "amount"),
    [("HANDED 20000", 20000), ("handed over 20,000", 20000), ("HANDED", 53000)],
)
def test_a_rider_says_what_was_handed_over(rider: Phone, written: str, amount: int) -> None:
    rider.ports.purse.holds = ugx(53000)
    assert f"UGX {amount:,}" in rider.say(written)
    assert rider.ports.purse.handed == [ugx(amount)]


def test_more_than_one_holds_is_refused(rider: Phone) -> None:
    rider.ports.purse.holds = ugx(5000)
    assert "5,000" in rider.say("HANDED 20000")
    assert rider.ports.purse.handed == []


def test_a_seller_says_yes_or_no_by_one_choice(seller: Phone) -> None:
    till = seller.ports.till
    till.riders = rider_with("r-1", "Okello", "+256700000111", 53000)
    till.said = {"r-1": ugx(20000)}
    assert "You got UGX 20,000 from Okello" in seller.send(Choice("handed:r-1"))
    assert "settled already" in seller.send(Choice("handed:r-1"))
    till.said = {"r-1": ugx(20000)}
    assert "Okello still holds UGX 33,000" in seller.send(Choice("not-handed:r-1"))


def test_another_sum_than_was_said_is_told(seller: Phone) -> None:
    till = seller.ports.till
    till.riders = rider_with("r-1", "Okello", "+256700000111", 53000)
    till.said = {"r-1": ugx(20000)}
    text = seller.say("CASH Okello 15000")
    assert "You got UGX 15,000 from Okello" in text
    assert "Okello had said UGX 20,000" in text


def test_who_holds_too_much_hears_it_at_the_door(rider: Phone, rides: FakeRides) -> None:
    rides.open = {1001: a_job(status=DeliveryStatus.PICKED_UP)}
    rides.too_much = ugx(310_000)
    text = rider.say("DELIVERED 1001 4321")
    assert "UGX 310,000" in text
    assert "HANDED" in text
