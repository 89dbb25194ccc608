"""Places by name, on each medium: signed webhooks in, and what is in the books afterwards."""

import pytest
from sqlalchemy import select

from store.models import NamedPlaceRow, OrderRow
from tests.e2e.house import House
from tests.e2e.test_forget_me import forgotten
from tests.e2e.trade import SELLER

pytestmark = pytest.mark.databases("sqlite", "postgres")

CUSTOMER = "+256772300072"


def placed(house: House) -> list[tuple[str | None, str | None]]:
    orders = select(OrderRow.area, OrderRow.landmark).order_by(OrderRow.number)
    return house.in_books(lambda s: [(area, landmark) for area, landmark in s.execute(orders)])


def kept(house: House) -> list[str]:
    return house.in_books(lambda s: list(s.scalars(select(NamedPlaceRow.name))))


def test_home_is_saved_once_and_used_by_every_medium_until_its_owner_is_forgotten(
    house: House,
) -> None:
    customer = house.whatsapp(CUSTOMER)
    customer.say("2 soap", "soap")
    customer.choose("delivery", customer.say("checkout", "delivery"))
    customer.follow(customer.say("kamwokya", "landmark"), ">blue gate by the well")
    step = customer.say("save this as home", "Saved. home is Kamwokya, blue gate")
    customer.choose("confirm|place", customer.choose("cash", step), "1001")
    texter = house.sms(CUSTOMER)
    texter.say("1 soap", "soap")
    texter.choose("delivery", texter.say("checkout", "delivery"))
    texter.choose("confirm|place", texter.choose("cash", texter.say("home", "pay")), "1002")
    dialled = house.handset(CUSTOMER)
    dialled.follow(
        "shop", "household", "soap", "add|1|one", "check ?out", "delivery", "home", "cash"
    )
    dialled.follow("confirm|place|yes")
    assert placed(house) == [("Kamwokya", "blue gate by the well")] * 3
    assert "home" in customer.say("my places", "Your places")
    for number in (1001, 1002, 1003):
        house.sms(SELLER).say(f"NO {number} closed", str(number))
    customer.choose("forget me", customer.say("forget me", "Shall we"), "forgotten")
    forgotten(house, CUSTOMER)
    assert kept(house) == []


def test_a_place_is_forgotten_by_a_word(house: House) -> None:
    customer = house.whatsapp(CUSTOMER)
    customer.say("2 soap", "soap")
    customer.choose("delivery", customer.say("checkout", "delivery"))
    customer.follow(customer.say("kololo", "landmark"), ">tower B")
    customer.say("save this place as Work", "Saved. Work is Kololo")
    assert kept(house) == ["Work"]
    customer.say("cancel", ".")
    customer.say("deliver to work", "pay")
    customer.say("forget work", "work is forgotten")
    assert kept(house) == []
