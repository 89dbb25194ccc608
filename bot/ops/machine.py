"""The numbers of one machine, which its web processes share: its spool, its road to Redis, how often a
process had to be started. Each machine is scraped for its own."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from redis import Redis

from bot.ops.health import redis_fault, spool_fault
from bot.spool import ASIDE


@dataclass(frozen=True)
class Machine(Collector):
    """`started` tells how many web processes the server has started so far; `redis` None means that
    there is none to look at."""

    spool: Path
    redis: "Redis | None"
    started: Callable[[], int]

    def describe(self) -> Iterable[Metric]:
        """Nothing is looked at when the collector is registered."""
        return ()

    def collect(self) -> Iterator[Metric]:
        waiting = sorted(self.spool.glob("*.json"))
        aside = sum(1 for _ in self.spool.glob(f"*{ASIDE}"))
        age = _age(waiting[0]) if waiting else 0.0
        yield _gauge("spool_waiting", "Messages on disk, for the database.", len(waiting))
        yield _gauge("spool_oldest_seconds", "Age of the oldest of them.", age)
        yield _gauge("spool_aside", "Files of the spool that nobody could take in.", aside)
        yield _gauge(
            "spool_writable", "Whether a message could be kept.", not spool_fault(self.spool)
        )
        yield _gauge("redis_up", "Whether anybody can be woken.", not redis_fault(self.redis))
        started = CounterMetricFamily(
            "sokoni_web_processes_started", "Web processes that the server has started."
        )
        started.add_metric((), self.started())
        yield started


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"sokoni_{name}", meaning, value=float(value))


def _age(file: Path) -> float:
    """In seconds, by its name, which begins with the nanoseconds at which it was kept."""
    began = file.name.partition("-")[0]
    return max(0.0, time.time() - int(began) / 1e9) if began.isdecimal() else 0.0
