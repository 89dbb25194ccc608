"""One message is one turn and one reply, whatever the network repeats; one person's come in order."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.models import InboxRow, OutboxRow
from tests.e2e.house import House, eventually

pytestmark = pytest.mark.databases("sqlite", "postgres")

CUSTOMER = "+256772300002"


def _counts(house: House) -> tuple[int, int]:
    return house.in_books(
        lambda session: (
            session.scalar(select(func.count()).select_from(InboxRow)) or 0,
            session.scalar(select(func.count()).select_from(OutboxRow)) or 0,
        )
    )


def test_twenty_redeliveries_at_once_cause_one_reply(house: House) -> None:
    customer = house.whatsapp(CUSTOMER)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: customer.send("hi", sid="SM" + "a" * 32), range(20)))
    assert {answer.status for answer in answers} == {200}
    customer.read("Mama Njeri")
    time.sleep(0.5)
    assert len(customer.inbox()) == 1
    assert _counts(house) == (1, 1)


def test_a_redelivery_much_later_is_not_answered_again(house: House) -> None:
    customer = house.whatsapp(CUSTOMER)
    customer.send("hi", sid="SM" + "b" * 32)
    customer.read("Mama Njeri")
    customer.say("2 soap", "soap")
    assert customer.send("hi", sid="SM" + "b" * 32).status == 200
    time.sleep(0.5)
    assert len(customer.inbox()) == 2


def test_five_quick_messages_are_answered_in_order(house: House) -> None:
    customer = house.whatsapp(CUSTOMER)
    for quantity in (1, 2, 3, 4, 5):
        customer.send(f"make soap {quantity}" if quantity > 1 else "add 1 soap")
    replies = eventually(lambda: customer.inbox() if len(customer.inbox()) == 5 else None, "five")
    totals = ["4,500", "9,000", "13,500", "18,000", "22,500"]
    for reply, total in zip(replies, totals, strict=True):
        assert total in reply


def test_the_same_ussd_hop_posted_twice_gets_the_stored_page(house: House) -> None:
    session = house.dial("*284*77#", CUSTOMER)
    first = session.reply("1")
    assert session.ask() == first
    inbox, _ = _counts(house)
    assert inbox == 2


def test_a_dialled_choice_that_was_not_answered_in_time_is_not_done_later(house: House) -> None:
    session = house.dial("*284*77*13#", CUSTOMER)
    session.reply("1")

    def left_behind(books: Session) -> None:
        row = books.scalars(select(InboxRow).order_by(InboxRow.id.desc())).first()
        assert row is not None
        later = InboxRow(
            address_id=row.address_id,
            message_id="left-behind",
            shop_id=row.shop_id,
            person_id=row.person_id,
            medium="ussd",
            text="1*1",
            payload=row.payload,
            trace=uuid4(),
            received_at=house.world.clock() - timedelta(seconds=30),
        )
        books.add(later)

    before = house.whatsapp(CUSTOMER).say("cart", "items|item|empty")
    house.in_books(left_behind)
    eventually(
        lambda: house.in_books(
            lambda s: s.scalar(select(InboxRow.failure).filter_by(message_id="left-behind"))
        ),
        "the hop put aside",
    )
    assert house.whatsapp(CUSTOMER).say("cart", "items|item|empty") == before
