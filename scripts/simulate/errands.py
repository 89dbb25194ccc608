"""The worker of the simulated server: RQ's jobs, and the addresses that are woken, one after the other as
soon as they are queued. Threads that take turns would make another day of the same seed."""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from uuid import UUID

from redis import Redis

from bot.jobs import ON_SHIFT, Shift
from bot.wake import QUEUES, RedisWake


@dataclass(frozen=True, slots=True)
class Errands(RedisWake):
    """Wakes as the server's own does; only what it queues is kept here instead of by RQ, so that it is
    done before the clock moves on. Thread-safe."""

    redis: Redis
    _queued: dict[str, deque[tuple[str, tuple[str, ...]]]] = field(
        default_factory=lambda: {queue: deque() for queue in QUEUES}
    )
    # In the order in which they were woken first; the values say nothing.
    _woken: dict[UUID, None] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def addresses(self, addresses: Sequence[UUID], kinds: set[str]) -> None:
        """Kept here instead of in Redis, whose sets know no order. Keys sort by when they were made."""
        with self._lock:
            self._woken.update(dict.fromkeys(sorted(addresses)))

    def _enqueue(self, queue: str, job: str, *args: str) -> None:
        with self._lock:
            self._queued[queue].append((job, args))

    def run(self, shift: Shift) -> int:
        """Do all that is queued, the most urgent queue first, and send what is to be sent. How many jobs
        and addresses there were."""
        done = 0
        token = ON_SHIFT.set(shift)
        while (found := self._next()) is not None:
            job, args = found
            module, _, name = job.rpartition(".")
            getattr(import_module(module), name)(*args)
            done += 1
        ON_SHIFT.reset(token)
        while (address := self._next_woken()) is not None:
            shift.delivery.deliver(address)
            done += 1
        return done

    def _next_woken(self) -> UUID | None:
        with self._lock:
            first = next(iter(self._woken), None)
            if first is not None:
                del self._woken[first]
            return first

    def _next(self) -> tuple[str, tuple[str, ...]] | None:
        with self._lock:
            return next((jobs.popleft() for jobs in self._queued.values() if jobs), None)
