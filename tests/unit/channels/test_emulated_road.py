"""What can happen to a webhook between an emulated provider and the server."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from channels.emulated import Answered, Fate, Hitch, Kind, Mishap, Mishaps, Parcel, Road

PATIENCE = 5.0
HI = Parcel(Kind.MESSAGE, "+256772000001", "hi")
READ = Parcel(Kind.RECEIPT, "+256772000001", "read")


@dataclass
class Server:
    """Notes what arrives. `answers` are its statuses, the last one for ever."""

    answers: list[int] = field(default_factory=lambda: [200])
    arrived: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def takes(self, name: str) -> Callable[[], Answered]:
        def carry() -> Answered:
            with self.lock:
                self.arrived.append(name)
                status = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            return Answered(status, name)

        return carry


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as made:
        yield made


def road(*fates: Fate, seconds: float = 0.0, again: tuple[float, ...] = ()) -> Road:
    """A road on which these happen to the first parcels, one after the other."""
    coming = [Hitch(fate, seconds) for fate in fates]
    made = Road(again, longest_hold=PATIENCE)
    made.hitch = lambda _: coming.pop(0) if coming else None
    return made


def held(made: Road, pool: ThreadPoolExecutor, server: Server, name: str) -> Future[Answered]:
    """Sends a message that the road holds back, and waits until it does."""
    waiting = pool.submit(made.bring, HI, server.takes(name))
    until = time.monotonic() + PATIENCE
    while Kind.MESSAGE not in made._held and time.monotonic() < until:
        time.sleep(0.001)
    assert Kind.MESSAGE in made._held
    return waiting


def test_a_smooth_road_brings_each_parcel_once(server: Server) -> None:
    assert Road().bring(HI, server.takes("hi")) == Answered(200, "hi")
    assert server.arrived == ["hi"]


def test_what_was_lost_is_brought_again_by_a_provider_that_tries_again(server: Server) -> None:
    assert road(Fate.LOST, again=(0.01,)).bring(HI, server.takes("hi")).ok
    assert server.arrived == ["hi"]


def test_what_was_lost_stays_lost_with_a_provider_that_does_not_try_again(server: Server) -> None:
    assert not road(Fate.LOST).bring(HI, server.takes("hi")).ok
    assert server.arrived == []


def test_what_is_gone_is_not_brought_by_trying_again(server: Server) -> None:
    assert not road(Fate.GONE, again=(0.01, 0.01)).bring(HI, server.takes("hi")).ok
    assert server.arrived == []


def test_a_refusal_is_tried_again_until_it_is_taken_or_the_tries_are_over(server: Server) -> None:
    server.answers = [503, 0, 200]
    assert Road((0.01, 0.01, 0.01)).bring(HI, server.takes("hi")).status == 200
    assert len(server.arrived) == 3
    server.answers = [503]
    assert Road((0.01, 0.01, 0.01)).bring(HI, server.takes("hi")).status == 503
    assert len(server.arrived) == 7


def test_a_doubled_parcel_arrives_twice_at_the_same_moment() -> None:
    both = threading.Barrier(2, timeout=PATIENCE)

    def carry() -> Answered:
        both.wait()
        return Answered(200, "")

    assert road(Fate.TWICE).bring(HI, carry).ok


def test_a_late_parcel_takes_its_time(server: Server) -> None:
    began = time.monotonic()
    assert road(Fate.LATE, seconds=0.2).bring(HI, server.takes("hi")).ok
    assert time.monotonic() - began >= 0.2


def test_an_overtaken_message_arrives_after_the_next_one(
    server: Server, pool: ThreadPoolExecutor
) -> None:
    made = road(Fate.OVERTAKEN)
    first = held(made, pool, server, "first")
    made.bring(HI, server.takes("second"))
    assert first.result(PATIENCE).ok
    assert server.arrived == ["second", "first"]


def test_receipts_do_not_let_a_held_message_go(server: Server, pool: ThreadPoolExecutor) -> None:
    made = road(Fate.OVERTAKEN)
    first = held(made, pool, server, "first")
    made.bring(READ, server.takes("receipt"))
    assert server.arrived == ["receipt"]
    made.release()
    assert first.result(PATIENCE).ok


def test_the_one_that_overtakes_passes_untouched(server: Server, pool: ThreadPoolExecutor) -> None:
    made = road(Fate.OVERTAKEN, Fate.GONE)
    first = held(made, pool, server, "first")
    assert made.bring(HI, server.takes("second")).ok
    assert first.result(PATIENCE).ok
    assert not made.bring(HI, server.takes("third")).ok


def test_a_receipt_that_is_overtaken_keeps_nobody_waiting(server: Server) -> None:
    made = road(Fate.OVERTAKEN)
    assert not made.bring(READ, server.takes("delivered")).ok
    assert made.bring(READ, server.takes("read")).ok
    until = time.monotonic() + PATIENCE
    while len(server.arrived) < 2 and time.monotonic() < until:
        time.sleep(0.001)
    assert server.arrived == ["read", "delivered"]


def test_what_nothing_overtakes_goes_on_by_itself(server: Server) -> None:
    made = Road(longest_hold=0.05)
    made.hitch = lambda _: Hitch(Fate.OVERTAKEN)
    assert made.bring(HI, server.takes("hi")).ok
    assert made._held == {}


def test_many_that_should_all_be_overtaken_arrive_all_of_them_once(
    server: Server, pool: ThreadPoolExecutor
) -> None:
    made = Road(longest_hold=0.5)
    made.hitch = lambda _: Hitch(Fate.OVERTAKEN)
    names = [str(number) for number in range(40)]
    answers = pool.map(lambda name: made.bring(HI, server.takes(name)), names)
    assert all(answer.ok for answer in answers)
    assert sorted(server.arrived) == sorted(names)
    assert made._held == {}


def test_a_road_that_closes_keeps_nothing(server: Server, pool: ThreadPoolExecutor) -> None:
    made = road(Fate.OVERTAKEN, Fate.LATE, seconds=10 * PATIENCE)
    first = held(made, pool, server, "first")
    late = pool.submit(made.bring, READ, server.takes("late"))
    made.close()
    assert first.result(PATIENCE).ok
    assert late.result(PATIENCE).ok
    assert sorted(server.arrived) == ["first", "late"]
    made.hitch = lambda _: Hitch(Fate.OVERTAKEN)
    assert made.bring(HI, server.takes("after")).ok


def test_a_mishap_that_waits_goes_before_one_that_is_decided() -> None:
    mishaps = Mishaps()
    mishaps.otherwise = lambda sent: Mishap(status=500) if sent.words == "hi" else None
    mishaps.next(Mishap(status=429))
    assert [mishaps.take(parcel).status for parcel in (HI, HI, READ)] == [429, 500, 0]
