"""What a web process runs besides answering: catching up, and without a Redis of its own to share
with other processes also the worker's and the clock's work."""

import os
import threading
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import Value
from multiprocessing.sharedctypes import Synchronized
from typing import Protocol

from redis import Redis

from bot.build import build_clock, build_shift
from bot.catchup import CatchUp
from bot.ops.metrics import Meters
from bot.workforce import Workforce
from bot.world import World
from store.patience import Patience

# Seconds that a transaction may take here: USSD gives up after 10 to 15, and a lock is waited for 2.
PATIENCE = 6.0


class Part(Protocol):
    """Something that runs in threads of its own."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


@dataclass(slots=True)
class Background:
    """Started once per process, after any fork: threads do not survive one."""

    world: World
    redis: Redis
    meters: Meters
    # Shared by the processes that are forked from this one.
    _started: "Synchronized[int]" = field(default_factory=partial(Value, "Q"))
    _running: list[Part] = field(default_factory=list)
    _started_in: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        """Start whatever this process lacks; a second call does nothing."""
        if self._started_in == os.getpid():
            return
        with self._lock:
            if self._started_in == os.getpid():
                return
            self._started_in = os.getpid()
            with self._started.get_lock():
                self._started.value += 1
            for part in (Patience(self.world.engine, PATIENCE), CatchUp(self.world)):
                part.start()
                self._running.append(part)
            if self.world.settings.redis_url is None:
                self._embed()

    def started(self) -> int:
        """How many processes have come so far, those that were replaced among them."""
        return self._started.value

    def stop(self) -> None:
        """Ends what runs, after what is in hand."""
        for part in reversed(self._running):
            part.stop()
        self._running.clear()

    def _embed(self) -> None:
        shift = build_shift(self.world, self.redis, self.meters.sent)
        for part in (build_clock(self.world, self.redis), Workforce(self.redis, shift, alone=True)):
            part.start()
            self._running.append(part)
