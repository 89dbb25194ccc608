"""A basket by SMS alone: on a number of the shop's own, and on a shared shortcode by its keyword."""

import pytest

from tests.e2e.house import House, Phone, eventually
from tests.e2e.trade import CUSTOMER, Shop

pytestmark = pytest.mark.databases("sqlite", "postgres")

BASKET = "2 rice 5kg and one soap please"
ROADS = ("twilio", "africastalking")


def _begin(house: House, road: str) -> tuple[Phone, str]:
    """A customer with a basket, and what they were told of it."""
    if road == "twilio":
        customer = house.sms(CUSTOMER)
        return customer, customer.say(BASKET, "44,500")
    customer = house.sms(CUSTOMER, "22884", "africastalking")
    return customer, customer.say(f"mama {BASKET}", "44,500")


def _senders(house: House, road: str) -> set[str]:
    sent = (
        house.twilio.messages_to(CUSTOMER) if road == "twilio" else house.at.messages_to(CUSTOMER)
    )
    return {message.sender for message in sent}


@pytest.mark.parametrize("road", ROADS)
def test_paid_by_momo_and_brought(house: House, road: str) -> None:
    shop = Shop(house)
    customer, basket = _begin(house, road)
    summary = customer.follow(
        basket, "check ?out", "delivery", ">Kamwokya", ">opposite the mosque", "mtn"
    )
    summary = customer.follow(summary, "256772300001")
    assert "49,500" in summary
    assert "prompt" in customer.choose("confirm", summary, "PIN")
    house.approve(CUSTOMER)
    customer.read("we got your UGX 49,500")
    assert "PAID" in shop.alert()
    offer = shop.bring(customer)
    assert "Kamwokya, opposite the mosque" in offer
    assert "take no cash" in offer
    order = house.until(1001, status="delivered", payment_status="paid")
    assert (order["channel"], order["total"]) == ("sms", "49500")
    assert len(house.wallets.all()) == 1
    assert _senders(house, road) == {"+256312000002" if road == "twilio" else "22884"}


@pytest.mark.parametrize("road", ROADS)
def test_paid_in_cash_at_the_door(house: House, road: str) -> None:
    shop = Shop(house)
    customer, basket = _begin(house, road)
    customer.follow(basket, "check ?out", "fast", ">kamwocha", ">blue gate", "cash", "confirm")
    assert "cash" in shop.alert()
    assert house.order(1001)["status"] == "pending"
    shop.seller.say("ok 1001", "accepted")
    customer.read("accepted")
    offer = shop.bring(customer)
    assert "54,500" in offer
    order = house.until(1001, status="delivered", payment_status="paid")
    assert order["delivery_fee"] == "10000"
    assert house.wallets.all() == []


@pytest.mark.parametrize(("road", "rail"), [("twilio", "mtn"), ("africastalking", "cash")])
def test_collected_at_the_shop_for_the_code(house: House, road: str, rail: str) -> None:
    shop = Shop(house)
    customer, basket = _begin(house, road)
    said = customer.follow(basket, "check ?out", "pick", rail)
    if rail == "mtn":
        customer.follow(said, "256772300001", "confirm")
        house.approve(CUSTOMER)
        customer.read("we got your")
        shop.alert()
    else:
        customer.follow(said, "confirm")
        shop.alert()
        shop.seller.say("OK 1001", "accepted")
    shop.hand_over(customer)
    house.until(1001, status="delivered", payment_status="paid", total="44500")
    assert shop.rider.inbox() == []


def test_a_word_of_the_conversation_goes_on_without_the_keyword(house: House) -> None:
    customer, _ = _begin(house, "africastalking")
    assert "44,500" in customer.say("cart", "soap")
    said = customer.say("mama checkout", ".")
    assert "Pickup" in said
    eventually(lambda: len(customer.inbox()) == 3, "three answers")
