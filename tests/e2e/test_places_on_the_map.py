"""A WhatsApp location in place of an address, from the provider's webhook to the rider's phone."""

import pytest

from channels.meta.emulator import Who, handset
from tests.e2e.house import House
from tests.e2e.meta_phone import MAMA, MetaPhone

pytestmark = pytest.mark.databases("sqlite", "postgres")

CUSTOMER, SELLER, RIDER = "+256772300001", "+256772100001", "+256772200001"
AMINA = Who(CUSTOMER, "UG.13491208655302741918", "Amina")
PIN = {"Latitude": "0.3425", "Longitude": "32.5899"}
LINK = "https://maps.google.com/?q=0.34250,32.58990"


def test_a_location_by_twilio_finds_its_area_and_reaches_the_rider(house: House) -> None:
    customer, seller, rider = house.whatsapp(CUSTOMER), house.sms(SELLER), house.sms(RIDER)
    customer.say("one soap please", "4,500")
    customer.choose("delivery", customer.say("checkout", "delivery"), "area")
    customer.send("", extra=PIN)
    asked = customer.read("Kamwokya")
    step = customer.say("behind the mosque", "pay")
    summary = customer.choose("cash", step, "9,500")
    assert "Kamwokya" in asked + summary
    customer.choose("confirm|place", summary, "1001")
    seller.read("1001")
    seller.say("OK 1001", "1001")
    assert "google" not in rider.read("1001")
    assert LINK in rider.say("YES 1001", "1001")
    assert LINK in rider.say("1001", "1001")


def test_a_location_by_meta_outside_of_a_checkout_has_its_fee_told(house: House) -> None:
    customer = MetaPhone(house, AMINA)
    customer.say("hi", "Mama Njeri")
    answered = house.meta.bring(AMINA, MAMA, handset.location(0.3425, 32.5899))
    assert answered.status == 200
    assert "Kamwokya: UGX 5,000" in customer.read("Delivery")


def test_a_location_by_meta_answers_where_to(house: House) -> None:
    customer = MetaPhone(house, AMINA)
    customer.say("one soap please", "4,500")
    customer.say("checkout", "get it")
    customer.tap("^Delivery", "area")
    house.meta.bring(AMINA, MAMA, handset.location(0.3425, 32.5899))
    assert "Kamwokya" in customer.read("landmark")
