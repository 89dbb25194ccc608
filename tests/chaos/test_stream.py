"""Fifty people write, buy and pay, and in the middle of it something dies or goes away: every message
that was accepted is answered exactly once, and orders, money and stock are right at the end."""

import time

from channels.emulated import Mishap
from payments.emulated import Answer
from tests.chaos.cluster import Cluster
from tests.chaos.conftest import Build
from tests.chaos.installation import Installation
from tests.chaos.reckoning import check_all, come_to_rest, in_flight
from tests.chaos.stream import ROADS, Stream
from tests.e2e.house import eventually

# In flight at once for one of our addresses, at most.
ROUND = 20


def _open(build: Build, **more: str) -> Installation:
    """With two web processes, and customers who approve every prompt at once."""
    city = build(WEB_CONCURRENCY="2", **more)
    city.wallets.auto = Answer.APPROVE
    return city.open("web", "worker", "clock")


def test_web_processes_are_killed(market: Build) -> None:
    city = _open(market)
    stream = Stream(city)
    with stream.flowing():
        stream.until(60)
        city.processes.kill_child("web")
        stream.until(120)
        city.processes.kill_family("web")
        time.sleep(0.5)
        city.processes.start("web")
    assert stream.retried
    assert stream.repeated
    come_to_rest(city)
    check_all(city, stream)


def test_a_worker_is_killed_in_the_middle_of_sends(market: Build) -> None:
    city = _open(market)
    for provider in (city.twilio, city.at, city.meta):
        provider.mishaps.next(Mishap(slow=0.5), times=300)
    stream = Stream(city)
    with stream.flowing():
        eventually(lambda: len(city.twilio.messages) >= 30, "the first messages", 20)
        city.processes.kill("worker")
        doubted = in_flight(city)
        for provider in (city.twilio, city.at, city.meta):
            provider.mishaps.clear()
        city.processes.start("worker")
    assert 0 < doubted.total() <= ROUND * len(ROADS)
    come_to_rest(city)
    check_all(city, stream, doubted.elements())


def test_redis_is_gone_for_five_seconds(market: Build) -> None:
    city = _open(market)
    stream = Stream(city, seconds=8)
    with stream.flowing():
        stream.until(60)
        city.processes.kill("redis")
        time.sleep(5)
        city.start_redis()
    come_to_rest(city)
    check_all(city, stream)
    assert all(city.processes.alive(name) for name in ("web", "worker", "clock"))


def test_postgresql_is_restarted(market: Build, cluster: Cluster) -> None:
    city = _open(market)
    stream = Stream(city)
    with stream.flowing():
        stream.until(100)
        cluster.restart()
        city.connect_anew()
    assert "spooled, the database is away" in city.processes.said("web")
    come_to_rest(city)
    check_all(city, stream)
    assert all(city.processes.alive(name) for name in ("web", "worker", "clock"))
