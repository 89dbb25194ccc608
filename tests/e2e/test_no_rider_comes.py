"""No rider takes an order and its seller says nothing: the customer hears the truth, and may choose."""

from collections.abc import Callable

import pytest

from tests.e2e.house import House, Phone
from tests.e2e.trade import CUSTOMER, Shop

LOOKING = "No rider has taken order 1001 yet. We are still looking"
# Minutes: long enough to be read in between, and no longer.
SOON = {"rule_riders_give_up_minutes": 0.03, "rule_no_rider_told_minutes": 0.03}


@pytest.fixture
def hasty(build_house: Callable[..., House]) -> House:
    """Riders are looked for, and the seller is waited for, two seconds each."""
    return build_house(**SOON, rule_cancel_window_minutes=0.01)


def order_soap(customer: Phone, *how: str) -> str:
    customer.say("2 soap", "soap")
    step = customer.choose("delivery", customer.say("checkout", "delivery"))
    step = customer.follow(step, ">kamwokya", ">blue gate", *how)
    return customer.choose("confirm|place|pay now", step, "1001")


@pytest.mark.databases("sqlite", "postgres")
def test_the_customer_comes_for_it_and_pays_no_delivery(hasty: House) -> None:
    customer, shop = hasty.whatsapp(CUSTOMER), Shop(hasty)
    order_soap(customer, "cash")
    shop.alert()
    assert hasty.order(1001)["total"] == "14000"
    shop.seller.say("OK 1001", "1001")
    asked = shop.seller.read("No rider took order 1001")
    assert "bring it" in asked.lower()
    again = shop.seller.read("Still no rider for order 1001")
    assert "may cancel" in again
    told = customer.read(LOOKING)
    assert "Wait" in told
    step = customer.choose("I come for it", told, "It is here: Mama Njeri Foods|It is here")
    assert "UGX 5,000 less" in step
    customer.choose("yes", step, "We tell you when you can come")
    assert "customer comes for it" in shop.seller.read("Order 1001: the customer")
    assert hasty.order(1001)["total"] == "9000"
    shop.hand_over(customer)
    checked = hasty.app.test_cli_runner().invoke(args=["money", "check"])
    assert checked.exit_code == 0, checked.output


@pytest.mark.databases("sqlite", "postgres")
def test_what_was_paid_comes_back_whole_however_late_it_is_called_off(hasty: House) -> None:
    customer, shop = hasty.sms(CUSTOMER), Shop(hasty)
    order_soap(customer, "mtn", CUSTOMER[1:])
    hasty.approve(CUSTOMER)
    hasty.until(1001, payment_status="paid")
    told = customer.read(LOOKING)
    step = customer.choose("Cancel the order", told, "Really cancel order 1001")
    customer.choose("yes", step, "cancelled")
    assert "cancelled" in shop.seller.read("Order 1001 is cancelled")
    hasty.until(1001, status="cancelled", payment_status="refunded")
    checked = hasty.app.test_cli_runner().invoke(args=["money", "check"])
    assert checked.exit_code == 0, checked.output


def test_who_waits_reads_so_again_until_there_is_a_rider_after_all(hasty: House) -> None:
    customer, shop = hasty.whatsapp(CUSTOMER), Shop(hasty)
    order_soap(customer, "cash")
    shop.seller.say("OK 1001", "1001")
    told = customer.read(LOOKING)
    waiting = customer.choose("Wait", told, LOOKING)
    assert "I come for it" in waiting
    assert "Usual time" not in waiting
    shop.seller.read("Still no rider for order 1001")
    shop.seller.say("ASSIGN 1001 Nakato", "Nakato")
    customer.read("Nakato")
    after = customer.say("where is my order", "1001")
    assert LOOKING not in after
    assert "I come for it" not in after
