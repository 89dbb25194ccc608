"""Messages leave once, in order, at their pace; whatever the provider or a dying worker does."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from town import AMINA, BINTI, SMS, WHATSAPP, Town

from bot.outbox.outcome import MOST_ATTEMPTS
from channels.channel import ChannelError, Outbound, Sent
from store.models import AddressRow, ShopRow


def _statuses(town: Town) -> list[str]:
    return [row.status for row in town.outbox()]


def test_what_is_due_leaves_and_is_written_down(town: Town) -> None:
    town.post("one", "two", to=AMINA)
    town.post("three", to=BINTI)
    town.delivery().deliver(town.address().id)
    assert sorted(town.provider.texts) == ["one", "three", "two"]
    assert town.provider.texts.index("one") < town.provider.texts.index("two")
    assert _statuses(town) == ["sent", "sent", "sent"]
    row = town.outbox()[0]
    assert row.provider_id is not None
    assert row.sent_at == town.now
    assert str(row.reference) in (town.provider.sent[0].status_url or "")
    assert town.address().lease_until is None


def test_many_workers_deliver_one_address_once(busy_town: Town) -> None:
    town = busy_town
    town.provider.slow = 0.01
    for n in range(30):
        town.post(f"first to {n}", f"second to {n}", to=f"+2567720001{n:02d}")
    address = town.address().id
    workers = [town.delivery() for _ in range(3)]
    threads = [threading.Thread(target=w.deliver, args=(address,)) for w in workers * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(town.provider.texts) == 60
    assert len(set(town.provider.texts)) == 60
    for n in range(30):
        order = [t for t in town.provider.texts if t.endswith(f" to {n}")]
        assert order == [f"first to {n}", f"second to {n}"]


def test_no_transaction_is_open_while_a_provider_is_spoken_to(town: Town) -> None:
    town.provider.during = lambda _: town.change(number, media_url="looked")
    [number] = town.post("hello")
    town.delivery().deliver(town.address().id)
    assert town.row(number).status == "sent"
    assert town.row(number).media_url == "looked"


def _die_in_flight(town: Town, *numbers: int) -> None:
    """As a worker leaves them that was killed while it was sending."""
    for number in numbers:
        town.change(number, status="sending", lease_token=0, attempts=1)


def test_a_reply_in_flight_when_its_worker_died_is_sent_once_more_but_bulk_is_not(
    town: Town,
) -> None:
    [reply] = town.post("answer", to=AMINA)
    [bulk] = town.post("offer", to=BINTI, kind="bulk")
    _die_in_flight(town, reply, bulk)
    town.delivery().deliver(town.address().id)
    assert town.provider.texts == ["answer"]
    assert town.row(reply).status == "sent"
    assert town.row(bulk).status == "failed"
    assert town.row(bulk).error == "outcome unknown"


def test_a_message_that_kills_every_worker_is_given_up(town: Town) -> None:
    [number] = town.post("deadly")
    _die_in_flight(town, number)
    town.change(number, attempts=MOST_ATTEMPTS)
    town.delivery().deliver(town.address().id)
    assert town.provider.texts == []
    assert town.row(number).status == "failed"


def test_an_adapter_that_raises_counts_as_one_unknown_outcome(town: Town) -> None:
    town.provider.answers.extend([KeyError("surprise"), Sent("SM2")])
    first, second = *town.post("one", to=AMINA), *town.post("two", to=BINTI)
    delivery = town.delivery()
    delivery.deliver(town.address().id)
    assert sorted([town.row(first).status, town.row(second).status]) == ["sent", "unknown"]
    town.provider.answers.append(KeyError("again"))
    town.skip(minutes=1)
    delivery.deliver(town.address().id)
    assert sorted([town.row(first).status, town.row(second).status]) == ["failed", "sent"]
    assert len(town.provider.sent) == 3


def test_an_unknown_outcome_is_sent_once_more_and_never_again(town: Town) -> None:
    lost = ChannelError("no answer in time", permanent=False, unknown=True)
    town.provider.answers.extend([lost, lost])
    [number] = town.post("hello")
    delivery = town.delivery()
    for _ in range(4):
        delivery.deliver(town.address().id)
        town.skip(minutes=6)
    assert town.provider.texts == ["hello", "hello"]
    assert town.row(number).status == "failed"


def test_the_rest_waits_for_a_head_that_backs_off_without_a_busy_loop(town: Town) -> None:
    town.provider.answers.append(ChannelError("busy", permanent=False, code="20500"))
    town.post("one", "two")
    delivery = town.delivery()
    done = threading.Thread(target=delivery.deliver, args=(town.address().id,))
    done.start()
    done.join(5)
    assert not done.is_alive()
    assert town.provider.texts == ["one"]
    town.skip(minutes=1)
    delivery.deliver(town.address().id)
    assert town.provider.texts == ["one", "one", "two"]


def test_an_address_rests_for_as_long_as_its_provider_asks_and_holds_no_thread(town: Town) -> None:
    busy = ChannelError("slow down", permanent=False, code="20429", retry_after=60.0)
    town.provider.answers.append(busy)
    town.post("one", to=AMINA)
    town.delivery().deliver(town.address().id)
    town.post("two", to=BINTI)
    began = time.monotonic()
    town.delivery().deliver(town.address().id)
    assert time.monotonic() - began < 1
    assert town.provider.texts == ["one"]
    past = town.now - timedelta(minutes=5)
    town.do(lambda s: s.execute(update(AddressRow).values(lease_until=past)))
    town.skip(minutes=2)
    town.delivery().deliver(town.address().id)
    assert sorted(town.provider.texts) == ["one", "one", "two"]


def test_a_slow_pace_rests_between_messages(town: Town) -> None:
    town.do(lambda s: s.execute(update(AddressRow).values(tps=0.1)))
    town.post("one", to=AMINA)
    town.post("two", to=BINTI)
    began = time.monotonic()
    town.delivery().deliver(town.address().id)
    assert time.monotonic() - began < 2
    assert len(town.provider.sent) == 1
    until = town.address().lease_until
    assert until is not None
    assert until > town.now + timedelta(seconds=5)


def test_a_lease_is_kept_while_a_provider_is_slow(busy_town: Town) -> None:
    town = busy_town
    settings = town.world.settings.model_copy(update={"line_lease_seconds": 0.6})
    town.world = replace(town.world, settings=settings)
    town.provider.slow = 1.5
    town.post("slow")
    address = town.address().id
    first, second = town.delivery(), town.delivery()
    thread = threading.Thread(target=first.deliver, args=(address,))
    thread.start()
    time.sleep(1.0)
    second.deliver(address)
    thread.join()
    assert town.provider.texts == ["slow"]
    assert _statuses(town) == ["sent"]


@dataclass
class Unsteady:
    """A database that can be away: opens sessions, or fails to."""

    open: Callable[[], Session]
    away: threading.Event

    def __call__(self) -> Session:
        if self.away.is_set():
            raise OperationalError("BEGIN", {}, Exception("server closed the connection"))
        return self.open()


def test_what_was_sent_is_written_down_though_the_database_was_away_for_a_moment(
    town: Town,
) -> None:
    """Else the next holder would send it again."""
    books = Unsteady(town.world.sessions, threading.Event())
    back = threading.Timer(0.7, books.away.clear)

    def leave(_: Outbound) -> None:
        books.away.set()
        back.start()

    [number] = town.post("hello")
    address = town.address().id
    town.world = replace(town.world, sessions=books)
    town.provider.during = leave
    town.delivery().deliver(address)
    back.join()
    assert town.provider.texts == ["hello"]
    assert town.row(number).status == "sent"


def test_one_address_in_trouble_keeps_no_other_waiting(town: Town) -> None:
    town.post("hello", via=SMS)
    waiting = [[uuid4(), town.address(SMS).id]]
    town.delivery().drain(lambda: waiting.pop() if waiting else [])
    assert town.provider.texts == ["hello"]


def test_what_is_woken_during_a_drain_leaves_in_the_same_drain(town: Town) -> None:
    woken = [[town.address().id]]

    def more(_: Outbound) -> None:
        if len(town.provider.sent) == 1:
            town.post("second", via=SMS)
            woken.append([town.address(SMS).id])

    town.provider.during = more
    town.provider.slow = 0.2
    town.post("first")
    town.delivery().drain(lambda: woken.pop() if woken else [])
    assert town.provider.texts == ["first", "second"]


def test_a_delivery_that_is_told_to_stop_leaves_the_rest(town: Town) -> None:
    delivery = town.delivery()
    town.provider.during = lambda _: delivery.stop()
    town.post("one", "two", "three")
    delivery.deliver(town.address().id)
    assert town.provider.texts == ["one"]
    assert _statuses(town) == ["sent", "queued", "queued"]
    assert town.address().lease_until is None


@pytest.mark.parametrize("important", [True, False])
def test_what_matters_goes_by_sms_when_whatsapp_fails_for_good(town: Town, important: bool) -> None:
    town.provider.answers.append(ChannelError("outside window", permanent=True, code="63016"))
    [number] = town.post("your code is 1234", important=important, via=WHATSAPP)
    delivery = town.delivery()
    delivery.deliver(town.address().id)
    delivery.deliver(town.address(SMS).id)
    assert town.row(number).status == "failed"
    assert town.row(number).error_code == "63016"
    by_sms = [m for m in town.provider.sent if m.sender == SMS]
    assert [(m.to, m.text) for m in by_sms] == [(AMINA, "your code is 1234")] * important
    # There is no second road from there.
    town.provider.answers.append(ChannelError("unreachable", permanent=True, code="30003"))
    town.post("and another", important=True, via=SMS)
    delivery.deliver(town.address(SMS).id)
    assert _statuses(town).count("queued") == 0


@pytest.mark.parametrize(
    ("letters", "text"),
    [("plain", "Fenetre prete, 5 000 XAF"), ("own", "Fenêtre prête, 5 000 XAF")],
)
def test_an_sms_in_place_of_whatsapp_is_in_the_letters_that_the_shop_pays_for(
    town: Town, letters: str, text: str
) -> None:
    town.do(lambda s: s.execute(update(ShopRow).values(sms_letters=letters)))
    town.provider.answers.append(ChannelError("outside window", permanent=True, code="63016"))
    town.post("Fenêtre prête, 5 000 XAF", important=True, via=WHATSAPP)
    delivery = town.delivery()
    delivery.deliver(town.address().id)
    delivery.deliver(town.address(SMS).id)
    assert [m.text for m in town.provider.sent if m.sender == SMS] == [text]


def test_what_no_provider_can_carry_fails_visibly(town: Town) -> None:
    town.world = replace(town.world, channels={})
    [number] = town.post("hello")
    town.delivery().deliver(town.address().id)
    assert town.row(number).status == "failed"
    assert "twilio is not set up" in (town.row(number).error or "")
