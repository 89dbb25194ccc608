"""Processes are killed and services go away in the middle of things; nothing is lost or done twice."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from channels.emulated import Mishap
from tests.chaos.conftest import Build
from tests.chaos.installation import Installation
from tests.e2e.house import Phone, eventually

CUSTOMER, SELLER, RIDER = "+256772300001", "+256772100001", "+256772200001"
# In flight at once for one of our addresses, at most.
ROUND = 20


def _people(installation: Installation, number: int) -> list[Phone]:
    return [installation.whatsapp(f"+2567723{n:05d}") for n in range(number)]


def _have_read(phones: Sequence[Phone]) -> Callable[[], bool]:
    return lambda: all(phone.inbox() for phone in phones)


def _received(installation: Installation) -> Counter[str]:
    return Counter(message.to for message in tuple(installation.twilio.messages))


def test_a_basket_is_bought_from_real_processes(install: Build) -> None:
    city = install().open("web", "worker", "clock")
    customer, seller, rider = city.whatsapp(CUSTOMER), city.sms(SELLER), city.sms(RIDER)
    added = customer.say("2 rice 5kg and one soap please", "soap")
    step = customer.choose("check out", added)
    step = customer.choose("delivery", step)
    step = customer.say("kamwokya", "landmark|near|find")
    step = customer.say("opposite the mosque", "pay")
    step = customer.choose("mtn|mobile money|momo", step)
    step = customer.choose("256772300001", step)
    customer.choose("confirm|place|yes", step, "PIN|approve|prompt")
    prompt = eventually(lambda: city.wallets.prompts(CUSTOMER), "a prompt")[0]
    city.wallets.approve(prompt.reference)
    customer.read("we got your")
    seller.read("1001")
    rider.read("1001")
    rider.say("YES 1001", "1001")
    assert city.order_status() == ("confirmed", "paid")


def test_a_killed_worker_loses_no_reply_and_doubles_only_what_was_in_flight(install: Build) -> None:
    city = install().open("web", "clock")
    people = _people(city, 40)
    with ThreadPoolExecutor(8) as pool:
        assert {a.status for a in pool.map(lambda p: p.send("hi"), people)} == {200}
    assert city.queued() == 40
    city.twilio.mishaps.next(Mishap(slow=1.0), times=40)
    city.processes.start("worker")
    eventually(lambda: len(city.twilio.messages) >= 3, "the first messages", 20)
    city.processes.kill("worker")
    # What the provider had been given by then, it delivers.
    time.sleep(1.2)
    before = len(city.twilio.messages)
    assert before < 40
    city.twilio.mishaps.clear()
    city.processes.start("worker")
    eventually(lambda: city.queued() == 0, "an empty outbox", 20)
    received = _received(city)
    assert {received[phone.number] for phone in people} <= {1, 2}
    assert sum(received.values()) - 40 <= ROUND


def test_a_killed_web_process_loses_nothing_that_it_had_accepted(install: Build) -> None:
    city = install(WEB_CONCURRENCY="2").open("web", "worker", "clock")
    people = _people(city, 60)
    accepted: list[Phone] = []

    def send(phone: Phone) -> None:
        if phone.send("hi").status == 200:
            accepted.append(phone)

    with ThreadPoolExecutor(8) as pool:
        sending = [pool.submit(send, phone) for phone in people]
        eventually(lambda: len(accepted) >= 15, "some messages to be accepted")
        city.processes.kill_child("web")
        for done in sending:
            done.result()
    assert len(accepted) >= 30
    # Whoever was in the middle of a turn is answered by the catch-up of another process.
    eventually(lambda: _have_read(accepted)() and not city.unanswered(), "all answers", 25)
    eventually(lambda: city.queued() == 0, "an empty outbox")
    assert set(_received(city).values()) == {1}


def test_worker_and_clock_ride_out_a_redis_that_is_gone(install: Build) -> None:
    city = install().open("web", "worker", "clock")
    people = _people(city, 12)
    first, second, third = people[:4], people[4:8], people[8:]
    for phone in first:
        phone.say("hi")
    city.processes.kill("redis")
    for phone in second:
        started = time.monotonic()
        assert phone.send("hi").status == 200
        assert time.monotonic() - started < 2
    time.sleep(3)
    assert city.processes.alive("worker")
    assert city.processes.alive("clock")
    city.start_redis()
    for phone in third:
        assert phone.send("hi").status == 200
    eventually(_have_read(people), "all answers", 20)
    assert set(_received(city).values()) == {1}


def test_messages_wait_in_order_while_the_database_is_away(install: Build) -> None:
    city = install().open("web", "worker", "clock")
    customer, other = city.whatsapp(CUSTOMER), city.whatsapp("+256772300002")
    customer.say("add 1 soap", "4,500")
    city.database.cut()
    for text in ("make soap 2", "make soap 3", "make soap 4"):
        assert customer.send(text).status == 200
    assert other.send("hi").status == 200
    dialled = city.at.dial("*284*77#", CUSTOMER)
    assert dialled.answer.status == 200
    assert dialled.answer.body.startswith("END Sorry")
    assert len(list(city.spool.glob("*.json"))) == 4
    assert "database" in city.get("/readyz").json()["degraded"]
    assert city.get("/readyz").status_code == 200
    city.database.mend()
    assert customer.send("make soap 5").status == 200
    eventually(lambda: len(customer.inbox()) == 5 and other.inbox(), "all answers", 25)
    totals = ("4,500", "9,000", "13,500", "18,000", "22,500")
    for reply, total in zip(customer.inbox(), totals, strict=True):
        assert total in reply
    time.sleep(1)
    assert len(customer.inbox()) == 5
    assert not list(city.spool.glob("*.json"))
    assert all(city.processes.alive(name) for name in ("web", "worker", "clock"))
