"""A coupon from the seller's phone to the customer's order, in the words of both."""

import pytest

from tests.e2e.house import House

pytestmark = pytest.mark.databases("sqlite", "postgres")

SELLER, CUSTOMER = "+256772100001", "+256772300041"


def test_a_seller_makes_a_coupon_by_sms_and_a_customer_buys_with_it(house: House) -> None:
    seller, customer = house.sms(SELLER), house.whatsapp(CUSTOMER)
    customer.say("hi", "Mama Njeri")
    customer.say("coupon FRIDAY", "no coupons")
    seller.say("COUPON FRIDAY 60%", "50%")
    seller.say("COUPON FRIDAY 10% 30d", "FRIDAY is on")
    customer.say("one rice 25kg", "95,000")
    customer.say("coupon MONDAY7", "not a code")
    customer.say("friday", ".")
    step = customer.say("FRIDAY", "you save UGX 9,500")
    assert "85,500" in step
    step = customer.follow(step, "check out", "pick", "cash")
    assert "85,500" in step
    dropped = customer.say("remove coupon", "FRIDAY is off")
    assert "95,000" in dropped
    step = customer.say("FRIDAY", "85,500")
    customer.choose("confirm|place", step, "1001")
    order = house.order(1001)
    assert (order["subtotal"], order["discount"], order["total"]) == ("95000", "9500", "85500")
    seller.say("COUPON", "FRIDAY: 10% off, used 1")
    seller.say("COUPON FRIDAY OFF", "used 1 time")
