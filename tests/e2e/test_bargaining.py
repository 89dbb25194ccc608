"""A price that is talked down, and one that is not."""

import pytest

from tests.e2e.house import House

pytestmark = pytest.mark.databases("sqlite", "postgres")

CUSTOMER = "+256772300040"


def test_a_sack_is_bought_at_the_price_that_was_agreed(house: House) -> None:
    customer = house.whatsapp(CUSTOMER)
    customer.say("hi", "Mama Njeri")
    step = customer.say("last price for rice 25kg?", "91,000")
    assert "85,000" not in step
    step = customer.say("can you do 80k", "too little.*88,500")
    step = customer.say("88,500", "Agreed.*88,500.*how many")
    step = customer.say("2", "177,000")
    step = customer.follow(step, "check out", "pick", "cash")
    assert "177,000" in step
    customer.choose("confirm|place", step, "1001")
    order = house.order(1001)
    assert (order["subtotal"], order["total"]) == ("177000", "177000")
    assert order["items"] == [{"sku": "rice-25kg", "quantity": 2, "unit_price": "88500"}]
    again = customer.say("last price for rice 25kg?", "today")
    assert "95,000" in again
    assert [fact["price"] for fact in house.facts("bargain-agreed")] == [88500]


def test_who_does_not_agree_pays_what_it_costs(house: House) -> None:
    customer = house.whatsapp(CUSTOMER)
    customer.say("hi", "Mama Njeri")
    customer.say("one rice 25kg", "95,000")
    customer.say("reduce small", "91,000")
    customer.say("50k", "too little.*88,500")
    customer.say("60k", "too little.*last price.*87,000")
    said = customer.say("70k", "too little.*last price.*87,000")
    assert "85" not in said
    customer.say("no", "No problem")
    assert "95,000" in customer.say("cart", "95,000")
    fixed = customer.say("last price for bar soap?", "seller")
    assert "Talk to" in fixed


def test_by_ussd_the_card_offers_it_and_a_price_is_asked_for(house: House) -> None:
    handset = house.handset(CUSTOMER, "*284*77*12#")
    handset.follow("25kg", "Better price")
    assert "91,000" in handset.screen
    handset.type("88000")
    assert "88,000" not in handset.screen
    handset.follow("Say my price", ">88,500")
    assert "88,500" in handset.screen
    handset.follow(">1")
    assert "88,500" in handset.screen
    handset.follow("check ?out", "pick", "cash", "place|confirm|yes")
    [item] = house.order(1001)["items"]
    assert item == {"sku": "rice-25kg", "quantity": 1, "unit_price": "88500"}


def test_a_seller_sets_a_floor_by_sms_and_the_bot_haggles_by_it(house: House) -> None:
    seller, customer = house.sms("+256772100001"), house.sms(CUSTOMER)
    customer.say("hi", "Mama Njeri")
    customer.say("last price for bar soap?", "seller")
    seller.say("FLOOR soap 2000", "between UGX 2,250 and UGX 4,500")
    seller.say("FLOOR soap 10%", "never goes below UGX 4,050")
    customer.say("last price for bar soap?", "4,300")
    seller.say("FLOOR soap off", "does not bargain")
    customer.say("last price for bar soap?", "seller")
