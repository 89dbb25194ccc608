"""The Redis master is killed: its replica takes its place, and nobody notices for more than seconds."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.conftest import Build
from tests.chaos.installation import Installation
from tests.chaos.sentinels import Sentinels
from tests.e2e.house import Phone, eventually

# Seconds: the sentinels take one to see it and some to agree.
SOON = 20


@pytest.fixture
def sentinels(tmp_path: Path) -> Iterator[Sentinels]:
    folder = tmp_path / "redis"
    folder.mkdir()
    made = Sentinels(folder)
    yield made
    made.stop()


def _people(city: Installation, *places: int) -> list[Phone]:
    return [city.whatsapp(f"+2567724{place:05d}") for place in places]


def test_wake_ups_flow_through_the_new_master(install: Build, sentinels: Sentinels) -> None:
    sentinels.start()
    city = install(REDIS_URL=sentinels.url).open("web", "worker", "clock")
    before, during, after = (_people(city, *range(n, n + 6)) for n in (0, 10, 20))
    for phone in before:
        phone.say("hi")
    # Whoever is asked first is gone too.
    sentinels.kill(sentinels.watching[0])
    sentinels.kill(sentinels.first)
    killed = time.monotonic()
    for phone in during:
        started = time.monotonic()
        assert phone.send("hi").status == 200
        assert time.monotonic() - started < 2
    eventually(lambda: sentinels.role(sentinels.second) == "master", "a new master", SOON)
    elected = time.monotonic()
    eventually(lambda: all(phone.inbox() for phone in during), "the answers meanwhile", SOON)
    answered = time.monotonic()
    for phone in after:
        phone.say("hi")
    # The old one comes back, and learns that it is the replica now.
    sentinels.start_server(sentinels.first)
    eventually(lambda: sentinels.role(sentinels.first) == "slave", "a replica", SOON)
    for phone in before:
        phone.say("hi again")
    print(f"new master {elected - killed:.1f} s, answers {answered - killed:.1f} s")
    assert sentinels.master() == sentinels.second
    assert all(city.processes.alive(name) for name in ("web", "worker", "clock"))
    received = Counter(message.to for message in tuple(city.twilio.messages))
    assert received == Counter(phone.number for phone in (*before, *before, *during, *after))
