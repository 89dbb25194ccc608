"""It rains: what is promised is what can be kept, and what was promised before stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from store.models import OrderRow
from tests.e2e.house import House, Phone
from tests.e2e.trade import Shop

CUSTOMER, OTHER = "+256772300081", "+256772300082"


def order_soap(customer: Phone, number: int, promised: str) -> None:
    """By cash, to Kamwokya; at the checkout `promised` is read."""
    customer.say("2 soap", "soap")
    step = customer.say("checkout", "delivery")
    assert promised in step
    step = customer.choose("delivery", step)
    step = customer.follow(step, ">kamwokya", ">blue gate", "cash")
    customer.choose("confirm|place", step, str(number))


def promised_for(house: House, number: int) -> timedelta:
    """How long after it was placed the order is due."""
    wanted = select(OrderRow.promised_at, OrderRow.created_at).where(OrderRow.number == number)
    due, placed = house.in_books(lambda session: session.execute(wanted).one())
    assert due is not None
    return due - placed


@pytest.mark.databases("sqlite", "postgres")
def test_what_is_promised_in_rain_is_longer_and_what_was_promised_before_stays(
    house: House,
) -> None:
    early, late, shop = house.whatsapp(OTHER), house.whatsapp(CUSTOMER), Shop(house)
    order_soap(early, 1001, "60-90 min")
    shop.seller.say("WEATHER rain", "rain")
    order_soap(late, 1002, "80-120 min")
    shop.seller.say("WEATHER fine", "usual|normal|fine")
    shop.seller.say("OK 1001", "1001")
    shop.seller.say("OK 1002", "1002")
    early.say("where is my order", "60-90 min")
    late.say("where is my order", "80-120 min")
    assert promised_for(house, 1001) == timedelta(minutes=90)
    assert promised_for(house, 1002) == timedelta(minutes=120)
    shop.rider.read("1002")
    shop.rider.say("YES 1002", "1002")
    shop.seller.say("READY 1002", "1002")
    shop.rider.say("PICKED 1002", "1002")
    late.say("where is my order", "120 min")


def test_another_area_is_promised_anew_and_another_gate_is_not(house: House) -> None:
    customer, shop = house.whatsapp(CUSTOMER), Shop(house)
    order_soap(customer, 1001, "60-90 min")
    shop.seller.say("OK 1001", "1001")
    step = customer.say("where is my order", "60-90 min")
    step = customer.follow(step, "address", ">kamwokya", ">green gate")
    assert promised_for(house, 1001) == timedelta(minutes=90)
    customer.follow(step, "address", ">kololo", ">tower B")
    assert timedelta(minutes=90) < promised_for(house, 1001) < timedelta(minutes=92)


def test_in_a_storm_everything_but_a_pickup_takes_longer(house: House) -> None:
    customer, shop = house.whatsapp(CUSTOMER), Shop(house)
    shop.seller.say("WEATHER storm", "storm")
    customer.say("2 soap", "soap")
    step = customer.say("checkout", "delivery")
    assert "90-135 min" in step
    assert "45-70 min" in step
