"""`python -m scripts.bench.sends`: how many messages one worker process delivers, and whether any of our
addresses exceeds its own rate.

The worker is the real process, over PostgreSQL and Redis; the provider answers each request after a
pause. Beside it in the same run stands what no sender can be faster than: as many threads on kept-alive
connections, sending the same messages to the same provider without any books.
"""

import bisect
import os
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from scripts.bench.backlog import Course, fill, wait, wake
from scripts.bench.bare_sends import read_sent, send_bare
from scripts.bench.sending_processes import PAUSE_MS, slow_provider, working
from scripts.bench.servers import Memory, cpu_seconds, environment, memory, own_redis
from scripts.bench.towns import private_database
from store.transaction import open_engine


@dataclass(frozen=True, slots=True)
class Sends:
    """What one run found. Rates are messages a second from the first request to the last; `most` is
    what the busiest address sent within any one second, where `allowed` is its rate; `cpu` is the worker's,
    in milliseconds for each message."""

    rate: float
    bare: float
    most: int
    allowed: int
    memory: Memory
    cpu: float

    @property
    def share(self) -> float:
        """How much of the yardstick's rate the worker reaches."""
        return self.rate / self.bare


def measure(course: Course, folder: Path) -> Sends:
    """One run on a database of its own. Raises RuntimeError when not every message is sent, once."""
    with (
        private_database() as database,
        own_redis(folder) as redis,
        slow_provider() as provider,
    ):
        bare = _rate(send_bare(course, provider))
        engine = open_engine(database, pool=1)
        fill(engine, course)
        settings = {
            **environment(database, redis, folder),
            # The provider is on this machine.
            "SOKONI_ENV": "development",
            "PUBLIC_URL": "http://127.0.0.1:1",
            "TWILIO_API_URL": provider,
        }
        try:
            with working(settings, folder / "worker.log") as pid:
                wake(engine, redis)
                used = cpu_seconds(pid)
                wait(engine, folder / "worker.log")
                used, held = cpu_seconds(pid) - used, memory(pid)
        finally:
            engine.dispose()
        sent = read_sent(provider)
    if len(sent) != course.messages:
        raise RuntimeError(f"{len(sent)} requests for {course.messages} messages")
    return Sends(
        rate=_rate(sent),
        bare=bare,
        most=_most_within_a_second(sent),
        allowed=course.tps,
        memory=held,
        cpu=1000 * used / course.messages,
    )


def _rate(sent: Sequence[tuple[float, str]]) -> float:
    times = [at for at, _ in sent]
    return len(times) / (max(times) - min(times) + PAUSE_MS / 1000)


def _most_within_a_second(sent: Sequence[tuple[float, str]]) -> int:
    """Of the busiest address, over every second that begins with a message."""
    by_address: dict[str, list[float]] = defaultdict(list)
    for at, address in sent:
        by_address[address].append(at)
    return max(
        bisect.bisect_left(times, start + 1.0) - index
        for times in map(sorted, by_address.values())
        for index, start in enumerate(times)
    )


FAST = Course(lines=20, each=100, tps=20)
PACED = Course(lines=20, each=20, tps=2)
ROUNDS = 3


def main() -> None:
    print(f"{os.cpu_count()} cores, a provider that answers after {PAUSE_MS} ms", flush=True)
    print(f"{'':22}{'a second':>9}{'bare':>7}{'share':>7}{'busiest':>9}{'may':>5}", end="")
    print(f"{'CPU ms':>8}{'MiB':>6}")
    runs = [_told(f"20 lines x {FAST.tps}/s", FAST) for _ in range(ROUNDS)]
    _told(f"20 lines x {PACED.tps}/s", PACED)
    rate, share = median(found.rate for found in runs), median(found.share for found in runs)
    print(f"median of {ROUNDS}: {rate:.0f} messages a second, {share:.2f} of bare threads")


def _told(name: str, course: Course) -> Sends:
    with tempfile.TemporaryDirectory(prefix="sends-") as folder:
        found = measure(course, Path(folder))
    print(f"{name:22}{found.rate:9.0f}{found.bare:7.0f}{found.share:7.2f}", end="")
    print(
        f"{found.most:9}{found.allowed:5}{found.cpu:8.2f}{found.memory.resident:6.0f}", flush=True
    )
    return found


if __name__ == "__main__":
    main()
