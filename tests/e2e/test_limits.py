"""Who writes too fast is told so once and slows down nobody; what is too much for a line waits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import has_request_context
from sqlalchemy import event, func, select

from bot.build import LIMITS_TIMEOUT
from bot.catchup import PATIENCE
from bot.limits.refusal import TOO_FAST, TOO_MANY_DIAL
from bot.limits.verdict import LINE_WINDOW, SENDER_WINDOW
from bot.redis_url import connect
from bot.settings import Settings
from store.models import CustomerRow, InboxRow, LimitRow, OutboxRow, PersonRow
from tests.e2e.house import House, eventually
from tests.fakes.quiet_ports import quiet_port

on_both = pytest.mark.databases("sqlite", "postgres")

FLOODER, OTHER = "+256772300020", "+256772300021"
MESSAGES = Settings.model_fields["sender_messages_per_minute"].default
HOPS = Settings.model_fields["sender_hops_per_minute"].default
NOTICE = "a lot at once"


class StoppedClock:
    """The house's clock, moved by hand."""

    def __init__(self, house: House) -> None:
        self.now = house.world.clock()
        object.__setattr__(house.world, "clock", lambda: self.now)

    def skip(self, span: timedelta) -> None:
        self.now += span


@pytest.fixture
def clock(house: House) -> StoppedClock:
    return StoppedClock(house)


def lose_redis(house: House) -> None:
    """Only for what counts: the phones of the house still get their answers."""
    gone = connect(f"redis://127.0.0.1:{quiet_port()}/0", timeout=LIMITS_TIMEOUT)
    limits = replace(house.world.limits, redis=gone)
    object.__setattr__(house.world, "limits", limits)


def inbox(house: House, phone: str) -> list[InboxRow]:
    """What this person wrote, oldest first."""
    wanted = select(InboxRow).join(PersonRow, PersonRow.id == InboxRow.person_id)
    wanted = wanted.where(PersonRow.phone == phone).order_by(InboxRow.id)
    return house.in_books(lambda session: list(session.scalars(wanted)))


def answers(house: House, phone: str) -> list[str]:
    """What was written to this person, sent or not yet."""
    wanted = select(OutboxRow.body).where(OutboxRow.recipient == phone).order_by(OutboxRow.id)
    return house.in_books(lambda session: list(session.scalars(wanted)))


def flood(house: House, times: int, phone: str = FLOODER, text: str = "hi") -> None:
    customer = house.whatsapp(phone)
    with ThreadPoolExecutor(4) as pool:
        assert {a.status for a in pool.map(lambda _: customer.send(text), range(times))} == {200}


@on_both
@pytest.mark.parametrize("redis", ["there", "away"])
def test_a_flooder_is_told_once_and_served_again_after_a_minute(
    house: House, clock: StoppedClock, redis: str
) -> None:
    if redis == "away":
        lose_redis(house)
    with ThreadPoolExecutor(1) as meanwhile:
        flooding = meanwhile.submit(flood, house, 200)
        other = house.whatsapp(OTHER)
        assert other.say("hi", "Mama Njeri")
        assert other.say("2 soap", "9,000")
        flooding.result()
    kept = inbox(house, FLOODER)
    assert len(kept) == 200
    assert all(row.done_at for row in kept)
    assert [row.failure for row in kept].count(TOO_FAST) == 200 - MESSAGES
    told = answers(house, FLOODER)
    assert len(told) == MESSAGES + 1
    assert sum(NOTICE in text for text in told) == 1
    # The notice carries the trace of the message that it is about.
    wanted = select(OutboxRow.trace).where(OutboxRow.body.contains(NOTICE))
    about = house.in_books(lambda session: session.scalars(wanted).one())
    assert about in {row.trace for row in kept if row.failure}
    clock.skip(SENDER_WINDOW)
    assert house.whatsapp(FLOODER).say("price of bar soap", "4,500")
    assert len(answers(house, FLOODER)) == MESSAGES + 2
    counted = house.in_books(lambda s: s.scalar(select(func.count()).select_from(LimitRow)))
    assert bool(counted) == (redis == "away")


def test_a_message_too_many_costs_less_than_one_that_is_answered(
    house: House, clock: StoppedClock
) -> None:
    customer = house.whatsapp(FLOODER)
    customer.say("hi", "Mama Njeri")

    def statements() -> int:
        seen: list[str] = []

        def note(connection, cursor, statement, *_):  # type: ignore[no-untyped-def]
            if has_request_context():
                seen.append(statement)

        event.listen(house.world.engine, "before_cursor_execute", note)
        customer.send("hi")
        event.remove(house.world.engine, "before_cursor_execute", note)
        return len(seen)

    normal = statements()
    flood(house, MESSAGES + 5)
    assert statements() <= min(3, normal - 1)


@on_both
@pytest.mark.parametrize("redis", ["there", "away"])
def test_a_redelivery_is_not_counted(house: House, clock: StoppedClock, redis: str) -> None:
    if redis == "away":
        lose_redis(house)
    customer = house.whatsapp(FLOODER)
    for _ in range(MESSAGES + 10):
        customer.send("hi", sid="SM" + "a" * 32)
    flood(house, MESSAGES - 1)
    assert [row.failure for row in inbox(house, FLOODER)] == [None] * MESSAGES
    customer.send("one more", sid="SM" + "b" * 32)
    for _ in range(3):
        customer.send("one more", sid="SM" + "b" * 32)
    assert inbox(house, FLOODER)[-1].failure == TOO_FAST
    assert len(inbox(house, FLOODER)) == MESSAGES + 1
    assert sum(NOTICE in text for text in answers(house, FLOODER)) == 1


def test_stop_is_heard_from_a_flooder_who_is_then_left_alone(
    house: House, clock: StoppedClock
) -> None:
    flood(house, MESSAGES + 10)
    house.whatsapp(FLOODER).say("stop.", "no more messages|START")
    customers = house.in_books(lambda s: list(s.scalars(select(CustomerRow.opted_out_at))))
    assert any(customers)
    before = len(answers(house, FLOODER))
    clock.skip(SENDER_WINDOW)
    flood(house, MESSAGES + 10)
    # How to START again, once, and nothing of how fast they write.
    assert len(answers(house, FLOODER)) == before + 1


def test_somebody_at_a_shared_address_is_told_too(house: House, clock: StoppedClock) -> None:
    customer = house.sms(FLOODER, "22884", "africastalking")
    customer.say("JOY", "Joy")
    for _ in range(MESSAGES + 3):
        assert customer.send("JOY").status == 200
    assert customer.read(NOTICE)
    assert sum(NOTICE in text for text in answers(house, FLOODER)) == 1


def test_who_dials_too_fast_gets_a_closing_page_and_the_same_again(
    house: House, clock: StoppedClock
) -> None:
    for _ in range(HOPS):
        assert house.dial("*284*77#", FLOODER).open
    session = house.dial("*284*77#", FLOODER)
    assert not session.open
    assert NOTICE in session.screen
    assert session.ask() == session.screen
    assert inbox(house, FLOODER)[-1].failure == TOO_FAST
    assert house.dial("*284*77#", OTHER).open
    clock.skip(SENDER_WINDOW)
    assert house.dial("*284*77#", FLOODER).open


def test_on_a_shared_code_the_page_closes_once_the_shop_is_named(
    house: House, clock: StoppedClock
) -> None:
    for _ in range(HOPS // 2):
        assert house.dial("*285#", FLOODER).reply("9")
    session = house.dial("*285#", FLOODER)
    assert session.open
    assert NOTICE in session.reply("9")
    assert not session.open


@pytest.fixture
def small_line(build_house: Callable[..., House]) -> House:
    """Ten turns in ten seconds."""
    return build_house(line_turns_per_second=1)


@on_both
@pytest.mark.parametrize("redis", ["there", "away"])
def test_what_is_too_much_for_a_line_is_answered_later_in_order(
    small_line: House, redis: str
) -> None:
    house, clock = small_line, StoppedClock(small_line)
    if redis == "away":
        lose_redis(house)
    people = [f"+2567723002{n:02d}" for n in range(25)]
    for phone in people:
        assert house.whatsapp(phone).send("hi").status == 200
    for phone in people[-3:]:
        assert house.whatsapp(phone).send("add 2 soap").status == 200
    assert [len(answers(house, phone)) for phone in people] == [1] * 10 + [0] * 15
    # The shop's other lines are as quick as ever.
    assert house.sms(OTHER).say("hi", "Mama Njeri")
    clock.skip(PATIENCE + timedelta(seconds=1))
    eventually(lambda: all(row.done_at for row in everything(house)), "every message answered")
    assert [len(answers(house, phone)) for phone in people] == [1] * 22 + [2] * 3
    for phone in people[-3:]:
        welcome, added = answers(house, phone)
        assert "Welcome" in welcome
        assert "9,000" in added
    assert not any(row.failure for row in everything(house))


def test_a_line_that_is_dialled_too_much_says_so_and_ends(small_line: House) -> None:
    house, clock = small_line, StoppedClock(small_line)
    people = [f"+2567723002{n:02d}" for n in range(12)]
    assert [house.dial("*284*77#", phone).open for phone in people] == [True] * 10 + [False] * 2
    assert "very many people" in house.dial("*284*77#", OTHER).screen.lower()
    assert inbox(house, OTHER)[-1].failure == TOO_MANY_DIAL
    clock.skip(LINE_WINDOW)
    assert house.dial("*284*77#", OTHER).open


def everything(house: House) -> list[InboxRow]:
    return house.in_books(lambda session: list(session.scalars(select(InboxRow))))
