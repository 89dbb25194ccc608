"""The numbers of the whole installation, counted in the books whenever somebody asks.

They are the same from whichever process is asked, and survive every restart. What goes on for ever is
counted since midnight (UTC), so that counting takes no longer as the books grow: to Prometheus it looks
like a restart, which its `increase` and `rate` know. What is still to be done is counted however old.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.ops import counts
from store.patience import may_take
from store.rules import Rules
from store.transaction import Sessions, run

# Counting takes longer as the books grow; it may take a twentieth of one connection's time.
REST_PER_SECOND = 20
# Seconds after which counting is given up.
MOST_SECONDS = 60.0
# Seconds that a second one who asks waits for the first.
ASKED_TOGETHER = 8.0


class Books(Collector):
    """Counts when it is asked. With the database away it says so, and nothing else.

    What was counted is given again for twenty times as long as counting took: while the books are
    small that is no time at all.
    """

    def __init__(
        self,
        sessions: Sessions,
        clock: Callable[[], datetime],
        rules: Rules,
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._stopwatch = stopwatch
        self._rules = rules
        self._lock = threading.Lock()
        self._kept: list[Metric] = []
        self._kept_until = float("-inf")

    def describe(self) -> Iterable[Metric]:
        """Nothing is counted when the collector is registered: the database may be away."""
        return ()

    def collect(self) -> Iterator[Metric]:
        # While somebody else waits for a database that is slow, others do without.
        if not self._lock.acquire(timeout=ASKED_TOGETHER):
            return
        try:
            started = self._stopwatch()
            if started >= self._kept_until:
                self._kept = self._count()
                ended = self._stopwatch()
                self._kept_until = ended + REST_PER_SECOND * (ended - started)
            found = self._kept
        finally:
            self._lock.release()
        yield from found

    def _count(self) -> list[Metric]:
        up = GaugeMetricFamily("sokoni_database_up", "Whether the books could be read.")
        now = self._clock()
        try:
            # A server that hangs is found out sooner than counting would.
            run(self._sessions, lambda session: session.scalar(select(1)))
            with may_take(MOST_SECONDS), self._sessions() as session, session.begin():
                found = [
                    *counts.inbox(session, now),
                    *counts.outbox(session, now),
                    *counts.trade(session, now),
                    *counts.shops(session, self._rules),
                ]
        except (DBAPIError, PoolTimeoutError):
            up.add_metric((), 0)
            return [up]
        up.add_metric((), 1)
        return [up, *found]
