"""What the clock does: it wakes what is due. Everything is claimed in the database first, so two clocks
never do one thing twice, and none that stops is missed for long."""

import threading
import time
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from redis import RedisError
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outbox.claim import addresses_due
from bot.ports import scope_at
from bot.wake import MAINTENANCE, PAYMENTS, RedisWake
from bot.world import World
from payments.due import anything_due
from store.due import DUTIES, Duty
from store.models import ShopRow
from store.pictures import keeping
from store.scope import Woken
from store.transaction import AWAY, is_locked, run

log = structlog.get_logger(__name__)

# Seconds: between two looks, between two while something is away, and until what raised is tried again.
TICK = 1.0
LONGEST_REST = 10.0
PUT_OFF = 60.0
MOST_PER_TICK = 200
# Which queue, which job, how often in seconds.
SELDOM = (
    (MAINTENANCE, "bot.jobs.tidy_up", 3600.0),
    (MAINTENANCE, "bot.jobs.reckon_scores", 3600.0),
    (PAYMENTS, "bot.jobs.sweep_payments", 1800.0),
)


@dataclass(slots=True)
class Clock:
    """`tick` is one look at everything; `run` ticks until stopped."""

    world: World
    wake: RedisWake
    stopping: threading.Event = field(default_factory=threading.Event)
    _seldom: dict[str, float] = field(default_factory=dict)
    _put_off: dict[tuple[str, UUID], float] = field(default_factory=dict)
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
            except (*AWAY, RedisError) as error:
                log.warning("the clock waits", error=type(error).__name__)
                rest = min(rest * 2, LONGEST_REST)
            except Exception:
                # A door: nothing may stop the clock.
                log.exception("a tick failed")
                rest = min(rest * 2, LONGEST_REST)

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
            if time.monotonic() >= self._put_off.get((duty.name, subject), 0.0):
                self._do_one(duty, shop_id, subject)

    def _do_one(self, duty: Duty, shop_id: UUID, subject: UUID) -> None:
        def act(session: Session) -> Woken:
            shop = session.scalars(select(ShopRow).where(ShopRow.id == shop_id)).one()
            scope = scope_at(self.world, session, shop)
            duty.act(scope, subject)
            return scope.woken

        try:
            woken = run(self.world.sessions, act)
        except AWAY as error:
            if not is_locked(error):
                raise
            log.info("busy, looked at again", duty=duty.name, subject=str(subject))
        except Exception:
            # A door: one order that cannot be worked on must not keep all others waiting.
            log.exception("a duty failed", duty=duty.name, subject=str(subject))
            self._put_off[duty.name, subject] = time.monotonic() + PUT_OFF
        else:
            self._put_off.pop((duty.name, subject), None)
            self.world.wake(woken)

    def _now_and_then(self) -> None:
        """What need not be looked at every second. Done twice, it does no harm."""
        at = time.monotonic()
        for queue, job, every in SELDOM:
            if at - self._seldom.get(job, -every) >= every:
                self.wake.once(queue, job)
                self._seldom[job] = at

    def _sweep(self) -> None:
        """What a lost wake-up left lying."""
        now = self.world.clock()
        addresses, money, pictures = run(
            self.world.sessions,
            lambda session: (
                addresses_due(session, now),
                anything_due(session, now),
                keeping.anything_due(session, now),
            ),
        )
        if addresses:
            self.wake.addresses(addresses, set())
        if money:
            self.wake.once(PAYMENTS, "bot.jobs.payments_due")
        if pictures:
            self.wake.once(MAINTENANCE, "bot.jobs.fetch_pictures")
