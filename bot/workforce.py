"""The worker's threads: they deliver messages and go on with payments.

Each kind of work has a thread of its own, so that a slow provider of one never holds up another. RQ's
worker ends when Redis goes away; the loop around it starts it again.
"""

import threading
import time
from collections.abc import Sequence

import structlog
from redis import Redis, RedisError
from rq import Queue, SimpleWorker
from rq.exceptions import StopRequested
from rq.job import Job
from rq.timeouts import TimerDeathPenalty

from bot.jobs import ON_SHIFT, Shift
from bot.wake import ALERTS, BULK, MAINTENANCE, PAYMENTS, REPLIES

log = structlog.get_logger(__name__)

# Which queues share a thread, the most urgent first.
CREWS: Sequence[Sequence[str]] = ((REPLIES, ALERTS, BULK), (PAYMENTS,), (MAINTENANCE,))
# Seconds: how soon a stop is noticed, and how long to wait for a Redis that is away.
LOOK_UP = 1
REST = 1.0
# Seconds without a sign of life after which RQ counts a worker as dead. It also makes of this the time
# after which a Redis that no longer answers is given up.
TTL = 30


class ThreadWorker(SimpleWorker):
    """RQ's worker, fit for a thread: signals belong to the main thread, and so does the command
    channel, which nobody uses here."""

    death_penalty_class = TimerDeathPenalty
    # RQ would wait up to a minute for a Redis that has long been back.
    max_connection_wait_time = 2.0

    def _install_signal_handlers(self) -> None:
        pass

    def subscribe(self) -> None:
        pass

    def unsubscribe(self) -> None:
        pass

    def dequeue_job_and_maintain_ttl(
        self, timeout: int | None, max_idle_time: int | None = None
    ) -> tuple[Job, Queue] | None:
        """Look up from waiting every second: RQ counts on a signal to interrupt it."""
        while not self._stop_requested:
            found = super().dequeue_job_and_maintain_ttl(timeout, max_idle_time=LOOK_UP)
            if found is not None:
                return found
        raise StopRequested

    def retire(self) -> None:
        """Stop after the job in hand."""
        self._stop_requested = True


class Workforce:
    """All crews of one process. `alone`: no other process works on this Redis."""

    def __init__(self, redis: Redis, shift: Shift, *, alone: bool = False) -> None:
        self._redis = redis
        self._alone = alone
        self._shift = shift
        self._stopping = threading.Event()
        self._workers: list[ThreadWorker] = []
        self._threads = [
            threading.Thread(target=self._keep_on, args=(crew,), name=f"rq-{crew[0]}", daemon=True)
            for crew in CREWS
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def retire(self) -> None:
        """Have `wait` end."""
        self._stopping.set()

    def stop(self, patience: float = 25.0) -> None:
        """Let the jobs in hand end."""
        self._stopping.set()
        self._shift.delivery.stop()
        for worker in tuple(self._workers):
            worker.retire()
        if self._alone:
            for crew in CREWS:
                Queue(crew[0], connection=self._redis).enqueue("bot.jobs.look_up")
        until = time.monotonic() + patience
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        self._shift.delivery.close()

    def wait(self) -> None:
        while not self._stopping.wait(1.0):
            pass

    def _keep_on(self, crew: Sequence[str]) -> None:
        ON_SHIFT.set(self._shift)
        while not self._stopping.is_set():
            try:
                self._work(crew)
            except (RedisError, OSError) as error:
                log.warning("redis is away", error=type(error).__name__)
            except Exception:
                # A door: whatever RQ makes of an outage, a crew goes back to work.
                log.exception("a crew was interrupted", crew=crew[0])
            self._stopping.wait(REST)

    def _work(self, crew: Sequence[str]) -> None:
        queues = [Queue(name, connection=self._redis) for name in crew]
        worker = ThreadWorker(queues, connection=self._redis, worker_ttl=TTL)
        worker.log_job_description = False
        self._workers.append(worker)
        if self._stopping.is_set():
            worker.retire()
        try:
            worker.work(logging_level="WARNING")
        finally:
            self._workers.remove(worker)
