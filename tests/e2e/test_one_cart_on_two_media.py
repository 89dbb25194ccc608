"""One cart follows a person from one medium to another, and so does the checkout."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.models import CartRow
from tests.e2e.house import House
from tests.e2e.trade import CUSTOMER, Shop

pytestmark = pytest.mark.databases("sqlite", "postgres")


def test_begun_on_whatsapp_and_paid_on_ussd(house: House) -> None:
    shop, sms, whatsapp = Shop(house), house.sms(CUSTOMER), house.whatsapp(CUSTOMER)
    whatsapp.say("2 rice 5kg and one soap please", "44,500")
    handset = house.handset(CUSTOMER)
    handset.follow(
        "check ?out",
        "delivery",
        "wandegeya",
        ">stage",
        "mtn",
        "256772300001",
        "confirm",
    )
    assert not handset.open
    assert house.wallets.all() == []
    house.approve(CUSTOMER)
    sms.read("we got your UGX 49,500")
    assert "PAID" in shop.alert()
    shop.bring(sms)
    order = house.until(1001, status="delivered", payment_status="paid")
    assert order["channel"] == "ussd"
    assert [line["quantity"] for line in order["items"]] == [2, 1]
    assert house.in_books(_open_carts) == 0


def test_a_checkout_begun_on_whatsapp_goes_on_by_ussd(house: House) -> None:
    whatsapp = house.whatsapp(CUSTOMER)
    basket = whatsapp.say("one soap", "4,500")
    whatsapp.follow(basket, "check ?out", "delivery")
    handset = house.handset(CUSTOMER)
    handset.follow("continue", "kololo", ">near the school", "cash", "confirm")
    assert house.order(1001)["total"] == "9500"


def test_a_number_means_what_was_shown_on_that_medium(house: House) -> None:
    whatsapp, sms = house.whatsapp(CUSTOMER), house.sms(CUSTOMER)
    menu = whatsapp.say("hi", "Mama Njeri")
    basket = sms.say("one soap", "4,500")
    assert menu != basket
    assert "looking for" in whatsapp.choose("what we sell", menu)
    assert "How do you want to get it" in sms.choose("check ?out", basket)


def test_added_by_sms_and_removed_on_whatsapp(house: House) -> None:
    sms, whatsapp = house.sms(CUSTOMER), house.whatsapp(CUSTOMER)
    sms.say("2 rice 5kg and one soap", "44,500")
    assert "40,000" in whatsapp.say("remove the soap", ".")
    assert "40,000" in sms.say("cart", ".")


def _open_carts(session: Session) -> int:
    open_ones = select(func.count()).select_from(CartRow).where(CartRow.status == "open")
    return session.scalar(open_ones) or 0
