"""Not asking again at once what has just failed to answer."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Breaker:
    """After a failure one thread may ask every `rest` seconds, until it is answered."""

    rest: float
    stopwatch: Callable[[], float] = time.monotonic
    _away: bool = False
    _until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def may_ask(self) -> bool:
        """Whether the caller should ask now. It must then say how that went."""
        if not self._away:
            return True
        with self._lock:
            now = self.stopwatch()
            if now < self._until:
                return False
            # The others wait for what this one finds.
            self._until = now + self.rest
            return True

    def failed(self) -> None:
        self._until = self.stopwatch() + self.rest
        self._away = True

    def worked(self) -> None:
        self._away = False
