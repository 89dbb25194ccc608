"""Customers ask in the talk to be forgotten, on each medium: signed webhooks in, and what is in the books
afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from store.models import CustomerRow, ForgettingRow, OutboxRow, PersonRow, StopRow
from tests.e2e.house import House, Phone, eventually
from tests.e2e.test_privacy import everything_kept, unsent
from tests.e2e.trade import SELLER, Shop

pytestmark = pytest.mark.databases("sqlite", "postgres")

CUSTOMER = "+256772300071"
LANDMARK = "kiosk with the green roof"


def hurry(house: House) -> None:
    """What was asked for is due now."""
    now = house.world.clock()
    house.in_books(lambda s: s.execute(update(ForgettingRow).values(due_at=now)))


def forgotten(house: House, number: str = CUSTOMER) -> None:
    """Nobody has that number any more."""
    hurry(house)
    known = select(func.count()).where(PersonRow.phone == number)
    eventually(lambda: house.in_books(lambda s: s.scalar(known)) == 0, "nobody of that number")


def bought(house: House) -> Phone:
    """Brought to the door, and paid there."""
    customer, shop = house.whatsapp(CUSTOMER), Shop(house)
    customer.say("2 soap", "soap")
    step = customer.choose("delivery", customer.say("checkout", "delivery"))
    step = customer.follow(step, ">kamwokya", f">{LANDMARK}", "cash|deliver")
    customer.choose("confirm|place", step, "1001")
    assert "not finished" in customer.say("forget me", "1001")
    shop.alert()
    shop.seller.say("OK 1001", "1001")
    shop.bring(customer)
    return customer


def test_nothing_names_a_customer_who_said_forget_me_and_the_goodbye_still_leaves(
    house: House,
) -> None:
    customer = bought(house)
    before = house.order(1001)
    asked = customer.say("Please forget me", "Shall we forget you")
    assert "stays in the books" in asked
    customer.choose("forget me", asked, "You are forgotten as soon as this has left")
    forgotten(house)
    eventually(lambda: not unsent(house), "a quiet outbox")
    kept = everything_kept(house)
    for personal in (CUSTOMER, "772300071", LANDMARK):
        assert personal not in kept, next(row for row in kept.splitlines() if personal in row)
    assert {**house.order(1001), "customer": before["customer"]} == before
    again = house.whatsapp(CUSTOMER)
    assert "1001" not in again.say("where is my order", ".")


def test_a_stop_outlives_being_forgotten(house: House) -> None:
    customer = house.sms(CUSTOMER)
    customer.say("hello", ".")
    customer.say("STOP", "START")
    asked = customer.say("forget me", "Forget you|forget you")
    customer.choose("forget me", asked, "forgotten")
    forgotten(house)
    assert CUSTOMER not in everything_kept(house)
    customer.say("hello", "START")
    stopped = select(CustomerRow.opted_out_at).join(PersonRow).where(PersonRow.phone == CUSTOMER)
    assert house.in_books(lambda s: s.scalars(stopped).one()) is not None
    assert house.in_books(lambda s: s.scalar(select(func.count()).select_from(StopRow))) == 0
    customer.say("START", ".")
    assert house.in_books(lambda s: s.scalars(stopped).one()) is None


def test_by_ussd_it_is_asked_on_one_page(house: House) -> None:
    dialled = house.handset(CUSTOMER)
    dialled.type("forget me")
    assert "Forget you" in dialled.screen
    dialled.follow("forget me")
    assert "forgotten" in dialled.screen
    assert not dialled.open
    forgotten(house)


def test_who_orders_after_all_stays_and_is_told(house: House) -> None:
    customer = house.whatsapp(CUSTOMER)
    customer.choose("forget me", customer.say("forget me", "Shall we"), "forgotten")
    customer.say("2 soap", "soap")
    step = customer.choose("pick", customer.say("checkout", "pick"), "pay|cash")
    customer.choose("confirm|place", customer.choose("cash|collect", step), "1001")
    hurry(house)
    assert "1001" in customer.read("not forgotten yet")
    known = select(func.count()).where(PersonRow.phone == CUSTOMER)
    assert house.in_books(lambda s: s.scalar(known)) == 1


def test_a_goodbye_that_cannot_leave_is_not_waited_for_for_ever(house: House) -> None:
    customer = house.whatsapp(CUSTOMER)
    asked = customer.say("forget me", "Shall we")
    customer.choose("forget me", asked, "forgotten")
    eventually(lambda: not unsent(house), "a quiet outbox")

    def stick(session) -> None:  # type: ignore[no-untyped-def]
        later = house.world.clock() + timedelta(days=1)
        session.execute(
            update(OutboxRow).values(status="queued", due_at=later, provider_id=None, sent_at=None)
        )

    house.in_books(stick)
    long_ago = house.world.clock() - timedelta(hours=2)
    house.in_books(lambda s: s.execute(update(ForgettingRow).values(asked_at=long_ago)))
    forgotten(house)
    assert unsent(house) == 0


def test_who_sells_leaves_the_team_first(house: House) -> None:
    assert "Leave its team" in house.sms(SELLER).say("FORGET ME", ".")
