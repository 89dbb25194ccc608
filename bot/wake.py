"""Wake-ups over Redis: which addresses have messages, which payments to go on with.

Woken addresses are a set, and one drain job on RQ takes from it: a job per message would make RQ the
bottleneck. The flag that says "a drain is queued" is taken down before the drain looks at the set, so
no wake-up falls between. Everything here may be lost; the sweep finds it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from redis import Redis, RedisError
from rq import Queue

from store.scope import Woken

log = structlog.get_logger(__name__)

REPLIES, ALERTS, PAYMENTS, BULK, MAINTENANCE = (
    "replies",
    "alerts",
    "payments",
    "bulk",
    "maintenance",
)
QUEUES = (REPLIES, ALERTS, PAYMENTS, BULK, MAINTENANCE)
KIND_QUEUES = {"reply": REPLIES, "alert": ALERTS, "bulk": BULK}

WOKEN = "sokoni:woken"
# A flag outlives a worker that dies with it no longer than this, in seconds.
FLAG_SECONDS = 15
JOB_SECONDS = 600
FAILED_JOBS_KEPT = 24 * 3600


@dataclass(frozen=True, slots=True)
class RedisWake:
    """Implements `Wake`."""

    redis: Redis

    def __call__(self, woken: Woken) -> None:
        """Best effort, in two round trips at most per kind of work."""
        try:
            if woken.addresses:
                self.addresses([*woken.addresses], woken.kinds)
            for attempt in woken.attempts:
                self._enqueue(PAYMENTS, "bot.jobs.submit_payment", str(attempt))
            for attempt in woken.asked:
                self._enqueue(PAYMENTS, "bot.jobs.ask_payment", str(attempt))
            for attempt in woken.codes:
                self._enqueue(PAYMENTS, "bot.jobs.hand_on_code", str(attempt))
            for refund in woken.refunds:
                self._enqueue(PAYMENTS, "bot.jobs.submit_refund", str(refund))
            for payout in woken.payouts:
                self._enqueue(PAYMENTS, "bot.jobs.submit_payout", str(payout))
            for number in woken.numbers:
                self._enqueue(PAYMENTS, "bot.jobs.name_number", str(number))
        except RedisError as error:
            log.warning("wake lost, the sweep will find it", error=type(error).__name__)

    def addresses(self, addresses: Sequence[UUID], kinds: set[str]) -> None:
        """Have these delivered. Raises RedisError."""
        added = self.redis.sadd(WOKEN, *map(str, addresses))
        if added or not kinds:
            # Else they are in there from before, and so is the job that takes them out: had it come
            # past since, they would be gone. What a lost job leaves behind is the sweep's, which
            # names no kinds.
            self.once(_most_urgent(kinds), "bot.jobs.deliver")

    def once(self, queue: str, job: str) -> None:
        """Queue `job` unless it is already waiting there. Raises RedisError."""
        if self.redis.set(flag(queue, job), 1, nx=True, ex=FLAG_SECONDS):
            self._enqueue(queue, job, queue)

    def take(self, most: int = 100) -> list[UUID]:
        """Addresses to deliver for, taken out of the set. Raises RedisError."""
        taken: Any = self.redis.spop(WOKEN, most)
        return [UUID(name.decode()) for name in taken or ()]

    def begun(self, queue: str, job: str) -> None:
        """The job has started: from here on a wake-up queues another."""
        self.redis.delete(flag(queue, job))

    def _enqueue(self, queue: str, job: str, *args: str) -> None:
        Queue(queue, connection=self.redis).enqueue(
            job, *args, job_timeout=JOB_SECONDS, result_ttl=0, failure_ttl=FAILED_JOBS_KEPT
        )


def flag(queue: str, job: str) -> str:
    return f"sokoni:waiting:{queue}:{job}"


def _most_urgent(kinds: set[str]) -> str:
    return next((queue for kind, queue in KIND_QUEUES.items() if kind in kinds), REPLIES)
