"""What is counted at once by many threads, in Redis and in the database; and a Redis that says nothing."""

import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from redis import Redis
from sqlalchemy import func, select
from town import Town

from bot.build import LIMITS_TIMEOUT
from bot.limits import Allowances, Limits, Verdict
from bot.limits.in_books import judge
from bot.limits.in_redis import RedisCounts
from bot.limits.verdict import LINE_WINDOW, SENDER_WINDOW, Asked, Count
from bot.redis_url import connect
from store.limits import forget
from store.models import LimitRow
from store.transaction import Sessions, run

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
AT_ONCE = 40


def asked(number: int, sender: str = "sender") -> Asked:
    known_by = ("whatsapp", "twilio", "+256312000001", f"SM{number}")
    return Asked(
        f"m{number}", Count(sender, 10, SENDER_WINDOW), Count("line", 30, LINE_WINDOW), known_by
    )


def at_once(work: Callable[[int], Verdict]) -> Counter[Verdict]:
    with ThreadPoolExecutor(8) as pool:
        return Counter(pool.map(work, range(AT_ONCE)))


ONE_SENDER = {Verdict.OPEN: 10, Verdict.FIRST_TOO_MANY: 1, Verdict.TOO_MANY: AT_ONCE - 11}
ONE_LINE = {Verdict.OPEN: 30, Verdict.BUSY: AT_ONCE - 30}


def test_redis_counts_exactly(redis_url: str) -> None:
    with Redis.from_url(redis_url) as redis:
        counts = RedisCounts(redis)
        assert at_once(lambda n: counts.judge(asked(n), NOW)) == ONE_SENDER
        redis.flushdb()
        assert at_once(lambda n: counts.judge(asked(n, f"s{n}"), NOW)) == ONE_LINE
        # Nothing of it stays for longer than it counts.
        assert all(0 < redis.pttl(key) <= 60_000 for key in redis.keys("*"))


def test_the_database_counts_exactly(sessions: Sessions) -> None:
    def counted(sender: Callable[[int], str], now: datetime, number: int) -> Verdict:
        return run(sessions, lambda s: judge(s, asked(number, sender(number)), now))

    assert at_once(partial(counted, lambda _: "sender", NOW)) == ONE_SENDER
    later = NOW + LINE_WINDOW
    assert at_once(partial(counted, lambda n: f"s{n}", later)) == ONE_LINE
    # A row per sender and one for the line, however much they write.
    rows = select(func.count()).select_from(LimitRow)
    assert run(sessions, lambda s: s.scalar(rows)) == AT_ONCE + 2
    run(sessions, lambda s: forget(s, later + timedelta(hours=2)))
    assert run(sessions, lambda s: s.scalar(rows)) == 0


@pytest.fixture
def deaf_redis() -> Iterator[Redis]:
    """It takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = int(door.getsockname()[1])
        with connect(f"redis://127.0.0.1:{port}/0", timeout=LIMITS_TIMEOUT) as redis:
            yield redis


def test_a_redis_that_says_nothing_is_waited_for_once(town: Town, deaf_redis: Redis) -> None:
    limits = Limits(deaf_redis, Allowances(messages=20, hops=3, turns=100), b"secret")
    started = time.monotonic()
    verdicts = [limits.judge(town.inbound("hi"), NOW, town.world.sessions) for _ in range(40)]
    assert time.monotonic() - started < 20 * LIMITS_TIMEOUT
    assert Counter(verdicts) == {
        Verdict.OPEN: 20,
        Verdict.FIRST_TOO_MANY: 1,
        Verdict.TOO_MANY: 19,
    }
