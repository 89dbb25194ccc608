"""`python -m scripts.redis_memory`: how many bytes of Redis what we keep there takes, measured in a Redis
of its own that is gone afterwards."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from redis import Redis
from rq import Queue

from bot.limits.in_redis import RedisCounts
from bot.limits.verdict import LINE_WINDOW, SENDER_WINDOW, Asked, Count
from bot.wake import FAILED_JOBS_KEPT, JOB_SECONDS, PAYMENTS, WOKEN
from scripts.bench.servers import own_redis

MANY = 10_000


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="redis-") as folder,
        own_redis(Path(folder)) as url,
        Redis.from_url(url) as redis,
    ):
        for name, write in KEPT.items():
            before = used(redis)
            for number in range(MANY):
                write(redis, number)
            print(f"{name:44}{(used(redis) - before) / MANY:7.0f} bytes")


def used(redis: Redis) -> int:
    return int(redis.info("memory")["used_memory"])


def woken(redis: Redis, _: int) -> None:
    redis.sadd(WOKEN, str(uuid4()))


def job(redis: Redis, _: int) -> None:
    Queue(PAYMENTS, connection=redis).enqueue(
        "bot.jobs.submit_payment",
        str(uuid4()),
        job_timeout=JOB_SECONDS,
        result_ttl=0,
        failure_ttl=FAILED_JOBS_KEPT,
    )


def counted(redis: Redis, number: int) -> None:
    """The first message of somebody in a minute."""
    message, sender = (f"{kind}{number:030d}" for kind in ("m", "s"))
    asked = Asked(
        key=message,
        sender=Count(sender, 30, SENDER_WINDOW),
        line=Count("line", MANY, LINE_WINDOW),
        known_by=("sms", "twilio", "+256312000002", message),
    )
    RedisCounts(redis).judge(asked, datetime.now(UTC))


KEPT: dict[str, Callable[[Redis, int], None]] = {
    "an address that waits to be delivered for": woken,
    "a job that waits": job,
    "a sender in the last minute, and one message": counted,
}

if __name__ == "__main__":
    main()
