"""Sending: one delivery at a time per address, many addresses at once, on pools of threads."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import Event
from typing import TypeVar
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from bot.outbox import claim
from bot.outbox.outcome import LONGEST_DELAY, MOST_ATTEMPTS, UNKNOWN
from bot.outbox.pacing import Bucket, default_tps
from bot.outbox.recording import Outcome, record
from bot.outbox.sending import Sender
from bot.world import World
from channels.channel import ChannelError
from store.models import OutboxRow
from store.transaction import AWAY, run

log = structlog.get_logger(__name__)

# Messages in flight for one address at most: what a crash can double stays small.
ROUND = 20
# Seconds that one drain goes on taking work: well within RQ's limit for a job, which would break off
# messages in flight.
SHIFT = 120.0
# Seconds that a thread waits for the pace; for longer ones the address rests without a thread.
NAP = 1.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Handful:
    """What leaves now; where nothing may yet, `wait` is how many seconds the pace asks for."""

    rows: Sequence[OutboxRow]
    wait: float = 0.0


class Delivery:
    """Delivers what is due. One per process; threads are started once and kept."""

    def __init__(
        self,
        world: World,
        *,
        senders: int = 64,
        lines: int = 32,
        observe: Callable[[str, str, float], None] | None = None,
    ) -> None:
        """`senders` threads speak to each provider: a slow one keeps no other waiting. `observe` is
        told of every send: provider, outcome, seconds."""
        self._world = world
        self._sender = Sender(world, observe)
        self._senders = {
            provider: ThreadPoolExecutor(senders, thread_name_prefix=f"send-{provider}")
            for provider in world.channels
        }
        self._lines = ThreadPoolExecutor(lines, thread_name_prefix="line")
        self._buckets: dict[UUID, Bucket] = {}
        self._stopping = Event()

    def drain(self, take: Callable[[], Sequence[UUID]]) -> None:
        """Deliver for every address that `take` gives, until it gives none and all is sent, or the
        shift is over: what is left then is found by the sweep."""
        running: set[Future[None]] = set()
        until = time.monotonic() + SHIFT
        while True:
            fresh = take() if self._on_duty(until) else ()
            running |= {self._lines.submit(self.deliver, address, until) for address in fresh}
            if not running:
                return
            done, running = wait(running, timeout=0.05, return_when=FIRST_COMPLETED)
            for future in done:
                _complain(future.exception())

    def stop(self) -> None:
        """Send what is in flight and no more; the next delivery finds the rest."""
        self._stopping.set()

    def close(self) -> None:
        """Let what is in flight end."""
        self.stop()
        self._lines.shutdown(wait=True)
        for pool in self._senders.values():
            pool.shutdown(wait=True)

    def deliver(self, address_id: UUID, until: float = float("inf")) -> None:
        """Send what is due for one address, unless somebody else does; up to `until` (monotonic).
        Raises the database's error when that is away."""
        while self._deliver_once(address_id, until):
            # Something may have been queued between the last look and the release, and its wake-up
            # may have met our lease.
            if not self._in_books(partial(self._due, address_id)):
                return

    def _due(self, address_id: UUID, session: Session) -> bool:
        return claim.anything_due(session, address_id, self._world.clock())

    def _on_duty(self, until: float) -> bool:
        return time.monotonic() < until and not self._stopping.is_set()

    def _deliver_once(self, address_id: UUID, until: float) -> bool:
        """False when the address is somebody else's or rests, or the time is over."""
        if not self._on_duty(until):
            return False
        term = self._term
        lease = self._in_books(
            lambda session: claim.take_lease(session, address_id, term, self._world.clock())
        )
        if lease is None:
            return False
        rest = 0.0
        try:
            while self._on_duty(until) and rest <= NAP:
                self._stopping.wait(rest)
                more = self._round(lease)
                if more is None:
                    return True
                rest = more
        finally:
            self._give_back(lease, rest)
        return rest <= NAP

    def _give_back(self, lease: claim.Lease, rest: float) -> None:
        span = timedelta(seconds=min(rest, LONGEST_DELAY) if rest > NAP else 0)
        self._insist(lambda session: claim.release(session, lease, span, self._world.clock()))

    def _round(self, lease: claim.Lease) -> float | None:
        """One handful: claim, send, write down. The seconds until the next one may leave; None when
        nothing is due or the lease was lost."""
        handful = self._in_books(partial(self._claim, lease))
        if handful is None:
            return None
        if not handful.rows:
            return handful.wait
        outcomes = self._send(lease, handful.rows)
        woken = self._insist(partial(record, self._world, lease, outcomes))
        self._world.wake(woken)
        told = (o.result for o in outcomes)
        return max((r.retry_after or 0.0 for r in told if isinstance(r, ChannelError)), default=0.0)

    def _claim(self, lease: claim.Lease, session: Session) -> Handful | None:
        """Mark the next rows as in flight. None when nothing is due, or the lease was lost."""
        now = self._world.clock()
        if not claim.renew(session, lease, self._term, now):
            return None
        due = claim.next_rows(session, lease, now, ROUND)
        if not due:
            return None
        live = [row for row in due if not _died_in_flight(row)]
        paced, wait_for = self._within_rate(lease, live)
        session.flush()
        if paced:
            claim.mark_sending(session, paced, lease)
        for row in paced:
            session.expunge(row)
            row.attempts += 1
        return Handful(paced, wait_for)

    def _within_rate(
        self, lease: claim.Lease, rows: Sequence[OutboxRow]
    ) -> tuple[list[OutboxRow], float]:
        """As many as may leave now, and how long the next must wait."""
        bucket = self._bucket(lease)
        chosen: list[OutboxRow] = []
        for row in rows:
            weight = float(max(1, row.segments))
            if not bucket.take(weight):
                return chosen, bucket.wait(weight)
            chosen.append(row)
        return chosen, 0.0

    def _bucket(self, lease: claim.Lease) -> Bucket:
        """One for each of our addresses; made anew when its shop's file names another rate."""
        address = lease.address
        rate = address.tps or default_tps(address.channel, address.provider)
        bucket = self._buckets.get(address.id)
        if bucket is None or bucket.rate != rate:
            bucket = self._buckets[address.id] = Bucket(rate, time.monotonic)
        return bucket

    def _send(self, lease: claim.Lease, rows: Sequence[OutboxRow]) -> Sequence[Outcome]:
        """All at once. The lease is kept meanwhile; where it is lost, what has not left stays."""
        pool = self._senders.get(lease.address.provider)
        if pool is None:
            # Not set up: there is nobody to wait for.
            return [Outcome(row, self._sender.send(lease.address, row)) for row in rows]
        sending = {pool.submit(self._sender.send, lease.address, row): row for row in rows}
        pending = set(sending)
        while pending:
            _, pending = wait(pending, timeout=self._term.total_seconds() / 3)
            if pending and not self._keep(lease):
                pending = {future for future in pending if not future.cancel()}
        return [Outcome(row, f.result()) for f, row in sending.items() if not f.cancelled()]

    def _keep(self, lease: claim.Lease) -> bool:
        try:
            now = self._world.clock()
            return self._in_books(lambda session: claim.renew(session, lease, self._term, now))
        except AWAY:
            # Then nobody else can take it either.
            return True

    @property
    def _term(self) -> timedelta:
        return self._world.settings.line_lease

    def _in_books(self, work: Callable[[Session], T]) -> T:
        return run(self._world.sessions, work)

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


def _complain(error: BaseException | None) -> None:
    """One address in trouble keeps no other waiting; the sweep comes back to it."""
    if isinstance(error, AWAY):
        log.warning("delivery put off", error=type(error).__name__)
    elif error is not None:
        log.error("delivery failed", exc_info=error)
