"""One holder's time with an address: messages leave at its pace, many in flight at once, and what became
of them is written down a handful at a time. No transaction is open while a provider is spoken to."""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

import structlog
from sqlalchemy.orm import Session

from bot.outbox import claim
from bot.outbox.lanes import Lane
from bot.outbox.outcome import LONGEST_DELAY, MOST_ATTEMPTS, UNKNOWN
from bot.outbox.pacing import Pace
from bot.outbox.recording import Outcome, record
from bot.outbox.sending import Result, Sender
from bot.world import World
from channels.channel import ChannelError
from store.models import OutboxRow
from store.scope import Woken
from store.transaction import AWAY, run

log = structlog.get_logger(__name__)

# Messages in flight for one address at most: what a crash can double stays small.
ROUND = 20
# Seconds that an address waits on a thread for its pace; for longer it rests without one.
NAP = 1.0
# Seconds that an outcome may wait for others, to be written down with them.
GATHER = 0.25
# Seconds between two looks: at what has been queued while answers are slow, and where every thread that
# speaks to the provider is busy.
GLANCE = 0.5
LOOK = 0.1

T = TypeVar("T")


@dataclass(slots=True)
class Stint:
    """`on_duty` says whether more may leave. `rest` is for how many seconds nothing may."""

    world: World
    sender: Sender
    lane: Lane
    pace: Pace
    lease: claim.Lease
    on_duty: Callable[[], bool]
    rest: float = 0.0
    _lost: bool = False
    _dry: bool = False
    _ready: deque[OutboxRow] = field(default_factory=deque)
    _flying: dict[Future[Result], OutboxRow] = field(default_factory=dict)
    _landed: list[Outcome] = field(default_factory=list)
    _write_at: float = float("inf")
    _renew_at: float = 0.0

    def run(self) -> bool:
        """Until nothing is due, or nothing may leave. Gives the address back, and tells whether anything
        is due there now. Raises the database's error when that is away."""
        self._renew_at = time.monotonic() + self._renewal
        try:
            self._exchange()
            while self._flying or self._landed or (self._ready and self._may_go_on()):
                self._step()
        finally:
            due = self._give_back()
        return due and not self._lost

    def _may_go_on(self) -> bool:
        return not self.rest and not self._lost and self.on_duty()

    def _step(self) -> None:
        """One message leaves, or one answer is waited for; now and then it is all written down."""
        going = bool(self._ready) and len(self._flying) < ROUND and self._may_go_on()
        pause = self.pace.wait() if going else NAP
        if going and pause == 0.0:
            self._leave()
        elif self._flying:
            until_written = max(0.0, self._write_at - time.monotonic())
            wait(self._flying, min(pause, until_written), FIRST_COMPLETED)
        elif pause > NAP:
            self.rest = pause
        else:
            time.sleep(pause)
        self._gather()
        if self._must_write():
            self._exchange()

    def _leave(self) -> None:
        row = self._ready[0]
        future = self.lane.send(lambda: self.sender.send(self.lease.address, row), LOOK)
        if future is None:
            return
        self._ready.popleft()
        self.pace.leave(float(max(1, row.segments)))
        self._flying[future] = row

    def _gather(self) -> None:
        """Answers that have come. A provider that asks for a pause gets it."""
        for future in [future for future in self._flying if future.done()]:
            outcome = Outcome(self._flying.pop(future), future.result())
            self._landed.append(outcome)
            self._write_at = min(self._write_at, time.monotonic() + GATHER)
            if isinstance(outcome.result, ChannelError):
                self.rest = max(self.rest, outcome.result.retry_after or 0.0)

    def _must_write(self) -> bool:
        if time.monotonic() >= self._write_at or 2 * len(self._landed) >= ROUND:
            return True
        last = not self._flying or not (self._ready or self._dry)
        return bool(self._landed) and last

    def _exchange(self) -> None:
        """In one transaction: keep the lease, write down what has become known, take what may leave
        next. It is insisted on while anything was in flight: what is not written down is sent again."""
        landed, self._landed = self._landed, []
        room = self._room if self._may_go_on() else 0

        renewing = time.monotonic() >= self._renew_at

        def work(session: Session) -> tuple[Woken, bool, list[OutboxRow]]:
            kept = not renewing or claim.renew(session, self.lease, self._term, self.world.clock())
            woken = record(self.world, self.lease, landed, session)
            return woken, kept, self._take(session, room) if kept and room > 0 else []

        books = self._insist if landed or self._flying else self._in_books
        woken, kept, fresh = books(work)
        if renewing:
            self._renew_at = time.monotonic() + self._renewal
        self._lost = self._lost or not kept
        self._dry = len(fresh) < room
        self._ready.extend(fresh)
        # While answers are slow, something more urgent may be queued, and the lease must be kept.
        self._write_at = time.monotonic() + min(GLANCE, self._renewal)
        self.world.wake(woken)

    @property
    def _room(self) -> int:
        """As many as leave within a nap: what comes later may be more urgent. A few only are not worth
        asking for."""
        most = min(ROUND, max(1, int(self.pace.rate * NAP)))
        return most - len(self._ready) if 2 * len(self._ready) <= most else 0

    def _take(self, session: Session, most: int) -> list[OutboxRow]:
        """Mark the next rows as in flight."""
        due = claim.next_rows(session, self.lease, self.world.clock(), most)
        live = [row for row in due if not _died_in_flight(row)]
        session.flush()
        if live:
            claim.mark_sending(session, live, self.lease)
        for row in live:
            session.expunge(row)
            row.attempts += 1
        return live

    def _give_back(self) -> bool:
        """The address, and what was taken and has not left. Whether anything is due: whoever is woken for
        it meets our lease until this is committed, and then waits for it."""
        span = timedelta(seconds=min(self.rest, LONGEST_DELAY) if self.rest > NAP else 0)

        def work(session: Session) -> bool:
            now = self.world.clock()
            claim.put_back(session, self._ready, self.lease)
            claim.release(session, self.lease, span, now)
            return claim.anything_due(session, self.lease.address.id, now)

        return self._insist(work)

    @property
    def _term(self) -> timedelta:
        return self.world.settings.line_lease

    @property
    def _renewal(self) -> float:
        """After so many seconds of a term the lease is renewed: nobody can have taken it yet."""
        return self._term.total_seconds() / 3

    def _in_books(self, work: Callable[[Session], T]) -> T:
        return run(self.world.sessions, work)

    def _insist(self, work: Callable[[Session], T]) -> T:
        """What must not be forgotten is tried again while the database is away, for as long as a lease
        lasts: after that the next holder decides."""
        until = time.monotonic() + self._term.total_seconds()
        while True:
            try:
                return self._in_books(work)
            except AWAY as error:
                if time.monotonic() >= until:
                    raise
                log.warning("the books are away", error=type(error).__name__)
                time.sleep(0.5)


def _died_in_flight(row: OutboxRow) -> bool:
    """A row that an earlier holder left in flight may have been sent: replies and alerts are sent once
    more, bulk is given up (then True), and so is what died too often."""
    if row.status != "sending":
        return False
    row.error = UNKNOWN
    given_up = row.kind == "bulk" or row.attempts >= MOST_ATTEMPTS
    if given_up:
        row.status = "failed"
    return given_up
