"""Sending: one delivery at a time per address, many addresses at once, on a pool of threads."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from uuid import UUID

import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.outbox import claim
from bot.outbox.fallover import fall_over
from bot.outbox.outcome import UNKNOWN, Verdict, judge
from bot.outbox.pacing import DEFAULT_TPS, Bucket
from bot.outbox.receipts import apply_early
from bot.world import World
from channels.channel import ChannelError, Medium, Outbound, Sent
from store.models import OutboxRow
from store.scope import Woken
from store.transaction import run

log = structlog.get_logger(__name__)

# Messages in flight for one address at most: what a crash can double stays small.
ROUND = 20
# Seconds that one drain goes on taking work: well within RQ's limit for a job, which would break off
# messages in flight.
SHIFT = 120.0

Result = tuple[OutboxRow, Sent | ChannelError]
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
        """`observe` is told of every send: provider, outcome, seconds."""
        self._world = world
        self._observe = observe
        self._senders = ThreadPoolExecutor(senders, thread_name_prefix="send")
        self._lines = ThreadPoolExecutor(lines, thread_name_prefix="line")
        self._buckets: dict[UUID, Bucket] = {}

    def drain(self, take: Callable[[], Sequence[UUID]]) -> None:
        """Deliver for every address that `take` gives, until it gives none and all is sent, or the
        shift is over: what is left then is found by the sweep."""
        running: set[Future[None]] = set()
        until = time.monotonic() + SHIFT
        while True:
            fresh = take() if time.monotonic() < until else ()
            running |= {self._lines.submit(self.deliver, address, until) for address in fresh}
            if not running:
                return
            done, running = wait(running, timeout=0.05, return_when=FIRST_COMPLETED)
            for future in done:
                future.result()

    def close(self) -> None:
        """Let what is in flight end."""
        self._lines.shutdown(wait=True, cancel_futures=True)
        self._senders.shutdown(wait=True)

    def deliver(self, address_id: UUID, until: float = float("inf")) -> None:
        """Send what is due for one address, unless somebody else does; up to `until` (monotonic)."""
        while self._deliver_once(address_id, until):
            # Something may have been queued between the last look and the release, and its wake-up
            # may have met our lease.
            if not self._in_books(partial(self._due, address_id)):
                return

    def _due(self, address_id: UUID, session: Session) -> bool:
        return claim.anything_due(session, address_id, self._world.clock())

    def _deliver_once(self, address_id: UUID, until: float) -> bool:
        """False when the address is somebody else's, or the time is over."""
        if time.monotonic() >= until:
            return False
        term = self._world.settings.line_lease
        lease = self._in_books(
            lambda session: claim.take_lease(session, address_id, term, self._world.clock())
        )
        if lease is None:
            return False
        try:
            while time.monotonic() < until and self._round(lease):
                pass
        finally:
            self._in_books(lambda session: claim.release(session, lease))
        return True

    def _round(self, lease: claim.Lease) -> bool:
        """One handful: claim, send, write down. False when nothing is due or the lease was lost."""
        handful = self._in_books(partial(self._claim, lease))
        if handful is None:
            return False
        if not handful.rows:
            time.sleep(min(handful.wait, 1.0))
            return True
        sending = [(row, self._senders.submit(self._send, lease, row)) for row in handful.rows]
        results = [(row, future.result()) for row, future in sending]
        self._pause_if_told(lease, results)
        woken = self._in_books(partial(self._record, lease, results))
        self._world.wake(woken)
        return True

    def _claim(self, lease: claim.Lease, session: Session) -> Handful | None:
        """Mark the next rows as in flight. None when nothing is due, or the lease was lost."""
        now = self._world.clock()
        if not claim.renew(session, lease, self._world.settings.line_lease, now):
            return None
        due = claim.next_rows(session, lease, now, ROUND)
        if not due:
            return None
        live = [row for row in due if not self._died_in_flight(row)]
        paced, wait_for = self._within_rate(lease, live)
        session.flush()
        if paced:
            claim.mark_sending(session, paced, lease)
        for row in paced:
            session.expunge(row)
            row.attempts += 1
        return Handful(paced, wait_for)

    def _died_in_flight(self, row: OutboxRow) -> bool:
        """A row that an earlier holder left in flight may have been sent: replies and alerts are sent
        once more, bulk is given up (then True)."""
        if row.status != "sending":
            return False
        row.error = UNKNOWN
        if row.kind == "bulk":
            row.status = "failed"
        return row.kind == "bulk"

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
        address = lease.address
        if address.id not in self._buckets:
            rate = address.tps or DEFAULT_TPS[Medium(address.channel)]
            self._buckets[address.id] = Bucket(rate, time.monotonic)
        return self._buckets[address.id]

    def _send(self, lease: claim.Lease, row: OutboxRow) -> Sent | ChannelError:
        """No transaction is open here."""
        address = lease.address
        channel = self._world.channels.get(address.provider)
        account = self._world.accounts.of(address)
        if channel is None or account is None:
            return ChannelError(f"{address.provider} is not set up", permanent=True)
        reference = str(row.reference)
        message = Outbound(
            medium=Medium(address.channel),
            sender=address.address,
            to=row.recipient,
            text=row.body,
            reference=reference,
            status_url=f"{self._world.settings.public_url}/webhooks/{address.provider}/status"
            f"?ref={reference}",
            media_url=row.media_url,
        )
        started = time.monotonic()
        try:
            result: Sent | ChannelError = channel.send(message, account)
        except ChannelError as error:
            result = error
        seconds = time.monotonic() - started
        outcome = _outcome(result)
        if self._observe is not None:
            self._observe(address.provider, outcome, seconds)
        log.info(
            "send",
            trace=str(row.trace),
            provider=address.provider,
            outcome=outcome,
            code=None if isinstance(result, Sent) else result.code,
            seconds=round(seconds, 3),
        )
        return result

    def _pause_if_told(self, lease: claim.Lease, results: Sequence[Result]) -> None:
        waits = [r.retry_after or 0.0 for _, r in results if isinstance(r, ChannelError)]
        if waits and max(waits) > 0:
            self._bucket(lease).pause(max(waits))

    def _record(self, lease: claim.Lease, results: Sequence[Result], session: Session) -> Woken:
        now = self._world.clock()
        woken = Woken()
        for row, result in results:
            verdict = judge(row, result, now, self._world.chance.random)
            self._write(session, lease, row, verdict)
            if verdict.status == "failed":
                fall_over(self._world, session, row, lease.address, woken)
        apply_early(session, [r.message_id for _, r in results if isinstance(r, Sent)])
        return woken

    def _write(
        self, session: Session, lease: claim.Lease, row: OutboxRow, verdict: Verdict
    ) -> None:
        """Only while the lease is ours; a receipt that was quicker is not taken back."""
        changes: dict[str, object] = {
            "status": verdict.status,
            "error_code": verdict.error_code,
            "error": verdict.error,
        }
        if verdict.due_at is not None:
            changes["due_at"] = verdict.due_at
        if verdict.provider_id is not None:
            changes["provider_id"] = verdict.provider_id
            changes["sent_at"] = self._world.clock()
        session.execute(
            update(OutboxRow)
            .where(
                OutboxRow.id == row.id,
                OutboxRow.status == "sending",
                OutboxRow.lease_token == lease.token,
            )
            .values(changes)
            .execution_options(synchronize_session=False)
        )

    def _in_books(self, work: Callable[[Session], T]) -> T:
        return run(self._world.sessions, work)


def _outcome(result: Sent | ChannelError) -> str:
    if isinstance(result, Sent):
        return "sent"
    if result.permanent:
        return "permanent"
    return "unknown" if result.unknown else "retry"
