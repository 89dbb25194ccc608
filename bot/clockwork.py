"""What the clock does: it wakes what is due. Everything is claimed in the database first, so two clocks
never do one thing twice, and none that stops is missed for long."""

import threading
import time
from dataclasses import dataclass, field

import structlog
from redis import RedisError
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.outbox.claim import addresses_due
from bot.ports import scope_at
from bot.wake import MAINTENANCE, PAYMENTS, RedisWake
from bot.world import World
from payments.due import anything_due
from store.due import DUTIES, Duty
from store.models import ShopRow
from store.transaction import run

log = structlog.get_logger(__name__)

TICK = 1.0
MOST_PER_TICK = 200
# Which queue, which job, how often in seconds.
SELDOM = (
    (MAINTENANCE, "bot.jobs.tidy_up", 3600.0),
    (PAYMENTS, "bot.jobs.sweep_payments", 1800.0),
)


@dataclass(slots=True)
class Clock:
    """`tick` is one look at everything; `run` ticks until stopped."""

    world: World
    wake: RedisWake
    stopping: threading.Event = field(default_factory=threading.Event)
    _seldom: dict[str, float] = field(default_factory=dict)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Tick in a thread."""
        self._thread = threading.Thread(target=self.run, name="clock", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends after the tick in hand."""
        self.stopping.set()
        if self._thread is not None:
            self._thread.join(10)

    def run(self) -> None:
        """Rides out outages: a tick that fails is tried again, more slowly."""
        rest = TICK
        while not self.stopping.wait(rest):
            try:
                self.tick()
                rest = TICK
            except (DBAPIError, RedisError) as error:
                log.warning("the clock waits", error=type(error).__name__)
                rest = min(rest * 2, 10.0)

    def tick(self) -> None:
        """Everything that is due now."""
        for duty in DUTIES:
            self._do(duty)
        self._sweep()
        self._now_and_then()

    def _do(self, duty: Duty) -> None:
        """One transaction for each thing that is due."""
        now = self.world.clock()
        due = run(self.world.sessions, lambda s: duty.find(s, self.world.rules, now, MOST_PER_TICK))
        for shop_id, subject in due:

            def act(session: Session, shop_id=shop_id, subject=subject):  # type: ignore[no-untyped-def]
                shop = session.scalars(select(ShopRow).where(ShopRow.id == shop_id)).one()
                scope = scope_at(self.world, session, shop)
                duty.act(scope, subject)
                return scope.woken

            self.world.wake(run(self.world.sessions, act))

    def _now_and_then(self) -> None:
        """What need not be looked at every second. Done twice, it does no harm."""
        at = time.monotonic()
        for queue, job, every in SELDOM:
            if at - self._seldom.get(job, -every) >= every:
                self._seldom[job] = at
                self.wake.once(queue, job)

    def _sweep(self) -> None:
        """What a lost wake-up left lying."""
        now = self.world.clock()
        addresses, money = run(
            self.world.sessions,
            lambda session: (addresses_due(session, now), anything_due(session, now)),
        )
        if addresses:
            self.wake.addresses(addresses, set())
        if money:
            self.wake.once(PAYMENTS, "bot.jobs.payments_due")
