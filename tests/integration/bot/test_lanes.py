"""Many addresses at once: a provider that hangs keeps no other's waiting, and none keeps a thread for
itself while others wait for one."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from sqlalchemy.orm import Session
from town import AMINA, BINTI, SID, WHATSAPP, Town

from bot.accounts import Accounts
from bot.outbox.delivery import Delivery
from channels.africastalking import AfricasTalkingChannel
from channels.africastalking import emulator as at
from channels.channel import Account, Outbound
from channels.emulated import Mishap, serve
from channels.twilio import TwilioChannel
from channels.twilio import emulator as twilio
from store.models import AddressRow
from tests.e2e.house import eventually

SHORTCODE = "22345"
# Seconds that the slow provider takes.
SLOW = 4.0


@dataclass(frozen=True, slots=True)
class Providers:
    twilio: twilio.TwilioEmulator
    at: at.AfricasTalkingEmulator


@pytest.fixture
def providers(busy_town: Town) -> Iterator[Providers]:
    """Two of them over HTTP, in place of the town's own."""
    nowhere = "http://127.0.0.1:1"
    emulated = Providers(
        twilio.TwilioEmulator(twilio.Options(SID, "token", nowhere, nowhere)),
        at.AfricasTalkingEmulator(at.Options("sandbox", "at-key", "secret", nowhere)),
    )
    served = [
        serve(twilio.create_emulator(emulated.twilio)),
        serve(at.create_emulator(emulated.at)),
    ]
    accounts = {
        "twilio": Account("twilio", SID, "token", served[0].url),
        "africastalking": Account("africastalking", "sandbox", "at-key", served[1].url),
    }
    busy_town.world = replace(
        busy_town.world,
        channels={"twilio": TwilioChannel(), "africastalking": AfricasTalkingChannel()},
        accounts=Accounts(accounts, {}),
    )
    yield emulated
    emulated.twilio.close()
    emulated.at.close()
    for one in served:
        one.stop()


def _open(town: Town, provider: str, *addresses: str) -> None:
    def work(session: Session) -> None:
        for address in addresses:
            session.add(AddressRow(channel="sms", provider=provider, address=address, tps=100))

    town.do(work)


def _draining(delivery: Delivery, town: Town, *addresses: str) -> threading.Thread:
    woken = [[town.address(address).id for address in addresses]]
    thread = threading.Thread(
        target=delivery.drain, args=(lambda: woken.pop() if woken else [],), daemon=True
    )
    thread.start()
    return thread


def test_forty_addresses_of_a_provider_that_hangs_keep_no_other_provider_waiting(
    busy_town: Town, providers: Providers
) -> None:
    town = busy_town
    slow = [f"+2563129{number:05d}" for number in range(40)]
    _open(town, "twilio", *slow)
    _open(town, "africastalking", SHORTCODE)
    providers.twilio.mishaps.next(Mishap(slow=SLOW), times=200)
    for address in slow:
        for number in range(3):
            town.post("hello", to=f"+25677200010{number}", via=address)
    for text in ("one", "two", "three"):
        town.post(text, to=AMINA, via=SHORTCODE)
    delivery = Delivery(town.world)
    began = time.monotonic()
    drain = _draining(delivery, town, *slow, SHORTCODE)
    eventually(lambda: len(providers.at.messages_to(AMINA)) == 3, "what the other carries", SLOW)
    assert time.monotonic() - began < SLOW
    assert not providers.twilio.messages
    delivery.stop()
    drain.join(1)
    assert not drain.is_alive()
    providers.twilio.mishaps.clear()
    delivery.close()
    statuses = [row.status for row in town.outbox()]
    # What had left is written down; what was taken and had not left waits for the next.
    assert set(statuses) == {"sent", "queued"}
    assert statuses.count("sent") == len(providers.twilio.messages) + 3


def test_addresses_with_much_to_send_take_turns_where_threads_are_few(busy_town: Town) -> None:
    town = busy_town
    busy = [f"+2563129{number:05d}" for number in range(2)]
    _open(town, "twilio", *busy, "+256312999999")
    for address in busy:
        town.post(*(f"offer {number}" for number in range(60)), via=address, kind="bulk")
    town.provider.slow = 0.1
    delivery = Delivery(town.world, lines=2)
    began = time.monotonic()
    drain = _draining(delivery, town, *busy)
    town.post("your code is 1234", to=BINTI, via="+256312999999")
    other = _draining(delivery, town, "+256312999999")
    eventually(lambda: "your code is 1234" in town.provider.texts, "the one reply", 4)
    assert time.monotonic() - began < 4
    assert len(town.provider.texts) < 100
    delivery.stop()
    for thread in (drain, other):
        thread.join(2)
    delivery.close()


def test_an_address_that_is_woken_often_waits_for_a_thread_once(busy_town: Town) -> None:
    town = busy_town
    town.provider.slow = 0.5
    _open(town, "twilio", "+256312999999")
    town.post("first", via="+256312999999")
    delivery = Delivery(town.world, lines=1)
    drains = [_draining(delivery, town, "+256312999999")]
    eventually(lambda: town.provider.texts, "the first")
    town.post("second", via=WHATSAPP)
    drains += [_draining(delivery, town, WHATSAPP) for _ in range(20)]
    for drain in drains:
        drain.join(5)
    delivery.close()
    assert town.provider.texts == ["first", "second"]


def test_bulk_that_was_taken_and_has_not_left_when_its_worker_stops_is_not_given_up(
    town: Town,
) -> None:
    delivery = town.delivery()
    town.provider.during = lambda _: delivery.stop()
    for number in range(5):
        town.post("offer", to=f"+2567720001{number:02d}", kind="bulk")
    delivery.deliver(town.address().id)
    rows = town.outbox()
    left = [row for row in rows if row.status == "queued"]
    assert len(left) == 5 - len(town.provider.texts) > 0
    assert {row.attempts for row in left} == {0}
    town.provider.during = lambda _: None
    town.delivery().deliver(town.address().id)
    assert {row.status for row in town.outbox()} == {"sent"}
    assert len(town.provider.texts) == 5


def test_a_reply_overtakes_bulk_while_an_answer_is_slow(town: Town) -> None:
    town.post("offer", to=AMINA, kind="bulk")

    def hang(message: Outbound) -> None:
        if message.text == "offer":
            town.post("answer", to=BINTI)
            eventually(lambda: "answer" in town.provider.texts, "the answer", 3)

    town.provider.during = hang
    town.delivery().deliver(town.address().id)
    assert {row.status for row in town.outbox()} == {"sent"}


def test_no_second_has_more_messages_than_the_address_may_send(town: Town) -> None:
    town.do(lambda s: setattr(s.get_one(AddressRow, town.address().id), "tps", 10.0))
    left: list[float] = []
    town.provider.during = lambda _: left.append(time.monotonic())
    for number in range(25):
        town.post("hello", to=f"+2567720001{number:02d}")
    town.delivery().deliver(town.address().id)
    assert len(left) == 25
    assert max(sum(start <= at < start + 1 for at in left) for start in left) <= 10


def test_two_workers_in_turn_keep_to_the_address_pace_together(busy_town: Town) -> None:
    town = busy_town
    town.do(lambda s: setattr(s.get_one(AddressRow, town.address().id), "tps", 4.0))
    left: list[float] = []
    town.provider.during = lambda _: left.append(time.monotonic())
    address = town.address().id
    workers = [town.delivery(), town.delivery()]
    for number in range(6):
        town.post("hello", to=f"+2567720001{number:02d}")
        workers[number % 2].deliver(address)
    gaps = [later - sooner for sooner, later in pairwise(left)]
    assert len(gaps) == 5
    assert min(gaps) >= 0.25
