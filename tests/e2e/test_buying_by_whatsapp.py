"""A customer with WhatsApp, a seller and a rider with SMS: one basket, from hello to the door."""

import pytest

from tests.e2e.house import House, eventually

pytestmark = pytest.mark.databases("sqlite", "postgres")

CUSTOMER, SELLER, RIDER = "+256772300001", "+256772100001", "+256772200001"


def test_a_basket_is_bought_paid_by_momo_and_delivered(house: House) -> None:
    customer, seller = house.whatsapp(CUSTOMER), house.sms(SELLER)
    rider = house.sms(RIDER)

    welcome = customer.say("hi", "Mama Njeri")
    assert "1" in welcome
    added = customer.say("2 rice 5kg and one soap please", "soap")
    assert "44,500" in added
    step = customer.choose("check out", added)
    step = customer.choose("delivery", step)
    step = customer.say("kamwokya", "landmark|near|find")
    step = customer.say("opposite the mosque", "pay")
    step = customer.choose("mtn|mobile money|momo", step)
    step = (
        customer.choose("0772300001|256772300001|this number", step) if "number" in step else step
    )
    step = customer.choose("confirm|place|yes", step, "PIN|approve|prompt")

    house.approve(CUSTOMER)
    customer.read("we got your")
    alert = seller.read("1001")
    assert len(alert) <= 160
    offer = rider.read("1001")
    assert "Kamwokya" in offer
    rider.say("YES 1001", "1001")
    seller.say("READY 1001", "1001")
    rider.say("PICKED 1001", "1001")
    handed = customer.read("code")
    code = next(
        word
        for word in handed.replace(".", " ").split()
        if word.isdigit() and len(word) == 4 and word != "1001"
    )
    rider.say(f"DELIVERED 1001 {code}", "1001|thank|done")
    order = eventually(
        lambda: next((o for o in house.orders() if o["status"] == "delivered"), None), "a delivery"
    )
    assert order["payment_status"] == "paid"
    assert order["total"] == "49500"
    assert order["customer"] == CUSTOMER
