"""The threads that send: each provider has its own, so that one that hangs keeps no other's addresses
waiting."""

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar
from uuid import UUID

# For addresses whose provider is not set up: what is to be sent there fails at once.
NOBODY = "nobody"

T = TypeVar("T")


class Lane:
    """One provider's threads: `senders` each speak to it, `lines` each look after one address."""

    def __init__(self, provider: str, senders: int, lines: int) -> None:
        self._senders = ThreadPoolExecutor(senders, thread_name_prefix=f"send-{provider}")
        self._free = threading.Semaphore(senders)
        self._lines = ThreadPoolExecutor(lines, thread_name_prefix=f"line-{provider}")
        self._waiting: set[UUID] = set()
        self._lock = threading.Lock()

    @property
    def crowded(self) -> bool:
        """Whether addresses wait for a thread: then each has one for a while only."""
        return bool(self._waiting)

    def begin(self, address: UUID, work: Callable[[UUID], bool]) -> Future[bool] | None:
        """Have `work` done for the address by the next free thread. None where that is already to come:
        an address that is woken often waits once."""
        with self._lock:
            if address in self._waiting:
                return None
            self._waiting.add(address)
        return self._lines.submit(self._work, address, work)

    def _work(self, address: UUID, work: Callable[[UUID], bool]) -> bool:
        # From here on a wake-up may mean something that this look does not see any more.
        with self._lock:
            self._waiting.discard(address)
        return work(address)

    def send(self, work: Callable[[], T], patience: float) -> Future[T] | None:
        """Have it done at once by a thread that speaks to the provider. None where none is free within
        `patience` seconds: what waits here unseen would leave when it should not."""
        if not self._free.acquire(timeout=patience):
            return None
        future = self._senders.submit(work)
        future.add_done_callback(lambda _: self._free.release())
        return future

    def close(self) -> None:
        self._lines.shutdown(wait=True)
        self._senders.shutdown(wait=True)


def lanes(providers: Iterable[str], senders: int, lines: int) -> Mapping[str, Lane]:
    """One for each, and one for those who have none. Threads are started when they are needed."""
    return {provider: Lane(provider, senders, lines) for provider in (*providers, NOBODY)}
