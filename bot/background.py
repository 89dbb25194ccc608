"""What a web process runs besides answering: catching up, and without a Redis of its own to share
with other processes also the worker's and the clock's work."""

import os
import threading
from dataclasses import dataclass, field

from redis import Redis

from bot.build import build_clock, build_shift
from bot.catchup import CatchUp
from bot.ops.metrics import Meters
from bot.worker import Workforce
from bot.world import World


@dataclass(slots=True)
class Background:
    """Started once per process, after any fork: threads do not survive one."""

    world: World
    redis: Redis
    meters: Meters
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
            CatchUp(self.world).start()
            if self.world.settings.redis_url is None:
                self._embed()

    def _embed(self) -> None:
        Workforce(self.redis, build_shift(self.world, self.redis, self.meters.sent)).start()
        clock = build_clock(self.world, self.redis)
        threading.Thread(target=clock.run, name="clock", daemon=True).start()
