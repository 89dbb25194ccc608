"""PostgreSQL hangs: its connections stay open, and nothing comes back over them. No webhook waits for it
for long, and nothing that was accepted is lost."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.chaos.conftest import Build
from tests.e2e.house import eventually

CUSTOMER = "+256772300001"
# Providers give up after 10 to 15 seconds.
SOON = 10.0


def test_webhooks_are_answered_while_the_database_hangs(install: Build) -> None:
    city = install().open("web", "worker", "clock")
    customer = city.whatsapp(CUSTOMER)
    customer.say("add 1 soap", "4,500")
    city.database.freeze()
    try:
        began = time.monotonic()
        assert customer.send("make soap 2").status == 200
        assert time.monotonic() - began < SOON
        began = time.monotonic()
        # More than the server has threads: they must not all be parked.
        others = [city.whatsapp(f"+2567723001{n:02d}") for n in range(40)]
        with ThreadPoolExecutor(40) as pool:
            assert {a.status for a in pool.map(lambda p: p.send("hi"), others)} == {200}
        assert time.monotonic() - began < SOON
        began = time.monotonic()
        dialled = city.at.dial("*284*77#", CUSTOMER)
        assert dialled.answer.body.startswith("END Sorry")
        assert time.monotonic() - began < SOON
        ready = city.get("/readyz")
        assert ready.status_code == 200
        assert "database" in ready.json()["degraded"]
    finally:
        city.database.thaw()
    eventually(lambda: all(phone.inbox() for phone in others), "all answers", 30)
    eventually(lambda: len(customer.inbox()) == 2, "the answer that waited")
    assert "9,000" in customer.inbox()[1]
    eventually(lambda: not city.unanswered() and not city.queued(), "an empty outbox", 20)
    time.sleep(1)
    received = Counter(message.to for message in city.twilio.messages)
    assert {received[phone.number] for phone in others} == {1}
    assert received[CUSTOMER] == 2
    assert all(city.processes.alive(name) for name in ("web", "worker", "clock"))
    assert not list(city.spool.glob("*.aside"))
