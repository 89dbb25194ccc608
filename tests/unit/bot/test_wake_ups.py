"""Wake-ups over Redis: many become one job, and none falls between."""

import threading
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from fakeredis import FakeRedis, FakeServer
from rq import Queue

from bot.wake import ALERTS, BULK, FLAG_SECONDS, PAYMENTS, REPLIES, RedisWake, flag
from store.scope import Woken

DELIVER = "bot.jobs.deliver"


@pytest.fixture
def redis() -> Iterator[FakeRedis]:
    with FakeRedis(server=FakeServer()) as redis:
        yield redis


@pytest.fixture
def wake(redis: FakeRedis) -> RedisWake:
    return RedisWake(redis)


def _jobs(redis: FakeRedis, queue: str) -> list[str]:
    return [job.func_name for job in Queue(queue, connection=redis).jobs]


def _woken(*addresses: UUID, kinds: set[str] | None = None) -> Woken:
    return Woken(addresses=set(addresses), kinds=kinds or {"reply"})


def test_many_wake_ups_are_one_job(wake: RedisWake, redis: FakeRedis) -> None:
    addresses = [uuid4() for _ in range(5)]
    for address in addresses:
        wake(_woken(address))
    assert _jobs(redis, REPLIES) == [DELIVER]
    assert set(wake.take()) == set(addresses)
    assert wake.take() == []


@pytest.mark.parametrize(
    ("kinds", "queue"),
    [
        ({"reply"}, REPLIES),
        ({"alert"}, ALERTS),
        ({"bulk"}, BULK),
        ({"bulk", "alert", "reply"}, REPLIES),
        ({"bulk", "alert"}, ALERTS),
        (set(), REPLIES),
    ],
)
def test_the_most_urgent_kind_says_which_queue(
    wake: RedisWake, redis: FakeRedis, kinds: set[str], queue: str
) -> None:
    wake(Woken(addresses={uuid4()}, kinds=kinds))
    assert _jobs(redis, queue) == [DELIVER]


def test_a_wake_up_after_the_job_has_begun_queues_another(
    wake: RedisWake, redis: FakeRedis
) -> None:
    wake(_woken(uuid4()))
    wake.begun(REPLIES, DELIVER)
    late = uuid4()
    wake(_woken(late))
    assert _jobs(redis, REPLIES) == [DELIVER, DELIVER]
    assert late in wake.take()


def test_no_wake_up_falls_between_the_flag_and_the_set(wake: RedisWake, redis: FakeRedis) -> None:
    """Whatever the order of things, an address is taken by a drain that began after it was put there,
    or a further drain is queued."""
    queue = Queue(REPLIES, connection=redis)
    put = [uuid4() for _ in range(300)]
    taken: list[UUID] = []
    finished = threading.Event()

    def work() -> None:
        while not finished.is_set() or redis.llen(queue.key):
            if redis.lpop(queue.key) is None:
                continue
            wake.begun(REPLIES, DELIVER)
            while found := wake.take(3):
                taken.extend(found)

    worker = threading.Thread(target=work)
    worker.start()
    sources = [
        threading.Thread(target=lambda part=part: [wake(_woken(a)) for a in part])
        for part in (put[:100], put[100:200], put[200:])
    ]
    for source in sources:
        source.start()
    for source in sources:
        source.join()
    finished.set()
    worker.join(20)
    assert sorted(taken) == sorted(put)


def test_a_flag_does_not_outlive_a_dead_worker_for_long(wake: RedisWake, redis: FakeRedis) -> None:
    wake(_woken(uuid4()))
    assert 0 < redis.ttl(flag(REPLIES, DELIVER)) <= FLAG_SECONDS


def test_payments_are_jobs_with_their_ids(wake: RedisWake, redis: FakeRedis) -> None:
    attempt, asked, refund, code = uuid4(), uuid4(), uuid4(), uuid4()
    wake(Woken(attempts={attempt}, asked={asked}, refunds={refund}, codes={code}))
    jobs = {job.func_name: job.args for job in Queue(PAYMENTS, connection=redis).jobs}
    assert jobs == {
        "bot.jobs.submit_payment": (str(attempt),),
        "bot.jobs.ask_payment": (str(asked),),
        "bot.jobs.submit_refund": (str(refund),),
        "bot.jobs.hand_on_code": (str(code),),
    }


def test_nothing_woken_asks_nothing_of_redis() -> None:
    server = FakeServer()
    server.connected = False
    RedisWake(FakeRedis(server=server))(Woken())


def test_a_redis_that_is_away_stops_nobody() -> None:
    server = FakeServer()
    server.connected = False
    RedisWake(FakeRedis(server=server))(_woken(uuid4()))


def test_an_address_that_waits_already_is_not_woken_twice(
    wake: RedisWake, redis: FakeRedis
) -> None:
    address = uuid4()
    wake(_woken(address))
    redis.delete(flag(REPLIES, "bot.jobs.deliver"))
    wake(_woken(address))
    assert redis.exists(flag(REPLIES, "bot.jobs.deliver")) == 0
    wake.addresses([address], set())
    assert redis.exists(flag(REPLIES, "bot.jobs.deliver")) == 1
