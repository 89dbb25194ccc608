"""Messages are answered one at a time per person, in the order received, whatever goes wrong."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session
from town import AMINA, BINTI, Town

from bot import answering
from bot.catchup import PATIENCE, CatchUp
from bot.reception.arriving import Reception
from bot.talk import lock_talk
from bot.turn import take_turns
from store.models import CustomerRow, InboxRow
from store.scope import Woken


def _answers(town: Town) -> list[str]:
    return [row.body for row in town.outbox()]


def test_what_waits_is_answered_in_the_order_received(town: Town) -> None:
    for words in ("add 1 soap", "make soap 2", "make soap 3"):
        person = town.arrive(words)
    take_turns(town.world, town.shop().id, person)
    for answer, total in zip(_answers(town), ("4,500", "9,000", "13,500"), strict=True):
        assert total in answer
    assert all(row.done_at is not None for row in town.inbox())


def test_twenty_threads_take_each_turn_once(busy_town: Town) -> None:
    town = busy_town
    for _ in range(5):
        person = town.arrive("hi")
    shop = town.shop().id
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: take_turns(town.world, shop, person), range(20)))
    assert len(town.outbox()) == 5


def test_messages_of_one_person_at_once_are_answered_in_the_order_of_their_numbers(
    busy_town: Town,
) -> None:
    town = busy_town
    town.receive("hi")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: town.receive("hi"), range(40)))
    CatchUp(town.world).once()
    numbers = {row.trace: row.id for row in town.inbox()}
    order = [numbers[row.trace] for row in town.outbox()]
    assert len(order) == 41
    assert order == sorted(order)


def test_a_message_is_not_seen_before_an_earlier_one_of_its_person(busy_town: Town) -> None:
    town = busy_town
    town.receive("hi")
    woken = Woken()
    with town.world.sessions() as session, session.begin():
        first = Reception(town.world, session, town.inbound("add 1 soap"), town.now, woken)
        first.accept(town.account)
        later = threading.Thread(target=town.receive, args=("make soap 2",))
        later.start()
        other = threading.Thread(target=town.receive, args=("hi", BINTI))
        other.start()
        other.join(5)
        assert not other.is_alive()
        later.join(0.3)
        assert later.is_alive()
    later.join(5)
    _, _, one, two = _answers(town)
    assert "4,500" in one
    assert "9,000" in two


def test_a_lock_that_is_not_to_be_had_is_waited_for_briefly_and_the_message_stays(
    busy_town: Town,
) -> None:
    town = busy_town
    person, shop = town.arrive("hi"), town.shop().id
    take_turns(town.world, shop, person)
    town.arrive("hi again")
    with town.world.sessions() as holder, holder.begin():
        lock_talk(holder, shop, person, town.now)

        def impatient(session: Session) -> None:
            session.execute(text("SET LOCAL lock_timeout = 100"))
            lock_talk(session, shop, person, town.now)

        began = time.monotonic()
        with pytest.raises(OperationalError):
            town.do(impatient)
        assert time.monotonic() - began < 2
    take_turns(town.world, shop, person)
    assert len(town.outbox()) == 2


def test_the_lock_of_one_person_keeps_no_other_waiting(busy_town: Town) -> None:
    town = busy_town
    amina, binti = town.arrive("hi", AMINA), town.arrive("hi", BINTI)
    shop = town.shop().id
    take_turns(town.world, shop, amina)
    with town.world.sessions() as holder, holder.begin():
        lock_talk(holder, shop, amina, town.now)
        take_turns(town.world, shop, binti)
    assert len(town.outbox()) == 2


def _fail_on(monkeypatch: pytest.MonkeyPatch, word: str, error: Exception) -> None:
    """A message that says `word` meets a fault in our own code."""
    whole = answering.read

    def read(talk, row: InboxRow, *more):
        if word in row.text:
            raise error
        return whole(talk, row, *more)

    monkeypatch.setattr(answering, "read", read)


def _raised(town: Town) -> list[str | None]:
    """What each message raised, without where."""
    return [row.failure.split("\n")[0] if row.failure else None for row in town.inbox()]


def test_a_message_that_raises_is_apologised_for_once_and_blocks_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_on(monkeypatch, "poison", ZeroDivisionError())
    for words in ("poison", "hi"):
        person = town.arrive(words)
    take_turns(town.world, town.shop().id, person)
    first, second = _answers(town)
    assert "sorry" in first.lower()
    assert "Mama Njeri" in second
    assert _raised(town) == ["ZeroDivisionError", None]
    take_turns(town.world, town.shop().id, person)
    assert len(town.outbox()) == 2


def test_two_processes_that_meet_the_same_fault_put_aside_one_message(
    busy_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = busy_town
    _fail_on(monkeypatch, "poison", ZeroDivisionError())
    for words in ("poison", "hi", "hi"):
        person = town.arrive(words)
    shop = town.shop().id
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: take_turns(town.world, shop, person), range(8)))
    assert _raised(town) == ["ZeroDivisionError", None, None]
    assert len(town.outbox()) == 3


def test_a_message_that_cannot_even_be_apologised_for_is_put_aside_in_silence(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_on(monkeypatch, "poison", ZeroDivisionError())
    for words in ("poison", "hi"):
        person = town.arrive(words)
    shop = town.shop().id

    class Mute(type(town.world.words)):
        def text(self, message, *more):
            if message.key == "sorry-our-fault":
                raise KeyError(message.key)
            return super().text(message, *more)

    mute = object.__new__(Mute)
    mute.__dict__.update(vars(town.world.words))
    take_turns(replace(town.world, words=mute), shop, person)
    assert _raised(town) == ["ZeroDivisionError", None]
    assert len(town.outbox()) == 1


def test_a_message_that_meets_a_database_in_trouble_stays(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = DBAPIError("SELECT 1", {}, Exception("lost"), connection_invalidated=True)
    _fail_on(monkeypatch, "hi", cut)
    person = town.arrive("hi")
    with pytest.raises(OperationalError):
        take_turns(town.world, town.shop().id, person)
    assert [row.done_at for row in town.inbox()] == [None]
    monkeypatch.undo()
    take_turns(town.world, town.shop().id, person)
    assert len(town.outbox()) == 1


def test_the_catch_up_takes_only_what_has_waited(town: Town) -> None:
    town.arrive("hi", AMINA)
    town.skip(seconds=PATIENCE.total_seconds() + 1)
    town.arrive("hi", BINTI)
    catch_up = CatchUp(town.world)
    assert catch_up.once() == 1
    assert [row.recipient for row in town.outbox()] == [AMINA]
    assert catch_up.once() == 0


def test_the_catch_up_goes_past_a_person_who_is_busy(busy_town: Town) -> None:
    town = busy_town
    amina = town.arrive("hi", AMINA)
    take_turns(town.world, town.shop().id, amina)
    town.arrive("hi again", AMINA)
    town.arrive("hi", BINTI)
    town.skip(seconds=PATIENCE.total_seconds() + 1)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with town.world.sessions() as holder, holder.begin():
            lock_talk(holder, town.shop().id, amina, town.now)
            held.set()
            done.wait(20)

    holding = threading.Thread(target=hold)
    holding.start()
    held.wait(5)
    CatchUp(town.world).once()
    done.set()
    holding.join()
    assert [row.recipient for row in town.outbox()] == [AMINA, BINTI]


def test_what_waited_too_long_is_asked_again_and_not_done(town: Town) -> None:
    town.arrive("add 3 soap")
    town.skip(minutes=11)
    CatchUp(town.world).once()
    [answer] = _answers(town)
    assert "add 3 soap" in answer
    assert "13,500" not in answer


def test_stop_is_honoured_however_late_it_comes(town: Town) -> None:
    town.arrive("STOP")
    town.skip(minutes=11)
    CatchUp(town.world).once()
    customer = town.do(lambda s: s.query(CustomerRow).one())
    assert customer.opted_out_at is not None


def test_a_wait_of_less_is_answered_as_usual(town: Town) -> None:
    town.arrive("add 3 soap")
    town.skip(minutes=9)
    CatchUp(town.world).once()
    assert "13,500" in _answers(town)[0]
    assert town.inbox()[0].done_at == town.now
    assert town.inbox()[0].received_at == town.now - timedelta(minutes=9)


def test_what_has_waited_for_weeks_is_answered_by_the_catch_up(town: Town) -> None:
    person = town.arrive("add 1 soap")
    town.skip(days=40)
    assert take_turns(town.world, town.shop().id, person) == {}
    assert town.outbox() == []
    CatchUp(town.world).once()
    [answer] = _answers(town)
    assert "add 1 soap" in answer
