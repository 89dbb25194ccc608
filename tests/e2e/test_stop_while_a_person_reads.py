"""STOP and START do what they say also where the seller reads along."""

import pytest
from sqlalchemy import select

from store.models import CustomerRow, PersonRow
from tests.e2e.house import House, Phone
from tests.e2e.trade import CUSTOMER, SELLER


def is_out(house: House) -> bool:
    query = (
        select(CustomerRow.opted_out_at)
        .join(PersonRow, PersonRow.id == CustomerRow.person_id)
        .where(PersonRow.phone == CUSTOMER)
    )
    return house.in_books(lambda session: session.scalars(query).one()) is not None


@pytest.mark.parametrize("medium", ["sms", "whatsapp"])
def test_stop_always_works(house: House, medium: str) -> None:
    customer: Phone = getattr(house, medium)(CUSTOMER)
    seller = house.sms(SELLER)
    customer.say("talk to the seller", "reads your messages|told Mama Njeri")
    seller.read("wants to talk")
    customer.send("do you have goats?")
    seller.read("goats")
    customer.say("STOP", "no more offers")
    assert is_out(house)
    customer.say("start", "Welcome back")
    assert not is_out(house)
    customer.send("stop sending me cold rice")
    assert "cold rice" in seller.read("writes")
    assert not is_out(house)
    assert not [text for text in seller.inbox() if '"STOP"' in text or '"start"' in text]
