"""Sending: one delivery at a time per address, many addresses at once, on pools of threads."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import TypeVar
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from bot.outbox import claim
from bot.outbox.lanes import NOBODY, Lane, lanes
from bot.outbox.pacing import MARGIN, Pace, default_tps
from bot.outbox.sending import Sender
from bot.outbox.stint import NAP, Stint
from bot.world import World
from store.transaction import AWAY, run

log = structlog.get_logger(__name__)

# Seconds that one drain goes on taking work: well within RQ's limit for a job, which would break off
# messages in flight.
SHIFT = 120.0
# Seconds that an address keeps a thread for which others wait.
TURN = 1.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """An address's pace, and the lease under which it was last kept to here."""

    pace: Pace
    token: int


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
        """`senders` threads speak to each provider, and look after `lines` of its addresses at once.
        `observe` is told of every send: provider, outcome, seconds."""
        self._world = world
        self._sender = Sender(world, observe)
        self._lanes = lanes(world.channels, senders, lines)
        self._providers: dict[UUID, str] = {}
        self._paces: dict[UUID, Kept] = {}
        self._stopping = Event()

    def drain(self, take: Callable[[], Sequence[UUID]]) -> None:
        """Deliver for every address that `take` gives, until it gives none and all is sent, or the
        shift is over: what is in hand then ends by itself, what is left is found by the sweep."""
        running: dict[Future[bool], UUID] = {}
        until = time.monotonic() + SHIFT
        again: Sequence[UUID] = ()
        while self._on_duty(until):
            running |= self._begin([*again, *take()], until)
            if not running:
                return
            done, _ = wait(running, timeout=0.05, return_when=FIRST_COMPLETED)
            again = [running[future] for future in done if _gave_way(future)]
            for future in done:
                del running[future]
        for future in running:
            future.add_done_callback(_gave_way)

    def _begin(self, addresses: Sequence[UUID], until: float) -> dict[Future[bool], UUID]:
        """Hand the addresses to their lanes. Where the database is away, the sweep finds them again."""
        try:
            known = self._providers_of(addresses)
        except AWAY as error:
            log.warning("delivery put off", error=type(error).__name__)
            return {}
        work = partial(self._look_after, until=until)
        begun = {
            address: self._lane(provider).begin(address, work)
            for address, provider in known.items()
        }
        return {future: address for address, future in begun.items() if future is not None}

    def _providers_of(self, addresses: Sequence[UUID]) -> Mapping[UUID, str]:
        """An address never changes its provider. Those that nobody knows are left out."""
        new = [address for address in addresses if address not in self._providers]
        if new:
            self._providers |= self._in_books(partial(claim.providers_of, new))
        return {a: self._providers[a] for a in addresses if a in self._providers}

    def _lane(self, provider: str) -> Lane:
        return self._lanes.get(provider) or self._lanes[NOBODY]

    def stop(self) -> None:
        """Send what is in flight and no more; the next delivery finds the rest."""
        self._stopping.set()

    def close(self) -> None:
        """Let what is in flight end."""
        self.stop()
        for lane in self._lanes.values():
            lane.close()

    def deliver(self, address_id: UUID) -> None:
        """Send what is due for one address, unless somebody else does. Raises the database's error when
        that is away."""
        while self._look_after(address_id):
            pass

    def _look_after(self, address_id: UUID, until: float = float("inf")) -> bool:
        """Send what is due for one address, up to `until` (monotonic). True when it gave way to
        addresses that wait for a thread: there is more to send."""
        while self._on_duty(until):
            lease = self._take(address_id)
            if lease is None:
                return False
            stint = self._stint(lease, until)
            if not stint.run() or stint.rest > NAP:
                return False
            if self._lane(lease.address.provider).crowded:
                return True
            self._stopping.wait(stint.rest)
        return False

    def _take(self, address_id: UUID) -> claim.Lease | None:
        term, now = self._world.settings.line_lease, self._world.clock()
        return self._in_books(lambda session: claim.take_lease(session, address_id, term, now))

    def _stint(self, lease: claim.Lease, until: float) -> Stint:
        lane = self._lane(lease.address.provider)
        turn = time.monotonic() + TURN

        def on_duty() -> bool:
            return self._on_duty(until) and not (lane.crowded and time.monotonic() >= turn)

        return Stint(self._world, self._sender, lane, self._pace(lease), lease, on_duty)

    def _on_duty(self, until: float) -> bool:
        return time.monotonic() < until and not self._stopping.is_set()

    def _pace(self, lease: claim.Lease) -> Pace:
        """One for each of our addresses; made anew when its shop's file names another rate. Where another
        process had the address last, a message of its may just have left."""
        address = lease.address
        rate = address.tps or default_tps(address.channel, address.provider)
        known = self._paces.get(address.id)
        pace = known.pace if known and known.pace.rate == rate else Pace(rate, time.monotonic)
        before = known.token if known else 0
        if before != lease.token - 1:
            # For longer the address would have been left to rest.
            pace.hold(min(MARGIN / rate, NAP))
        self._paces[address.id] = Kept(pace, lease.token)
        return pace

    def _in_books(self, work: Callable[[Session], T]) -> T:
        return run(self._world.sessions, work)


def _gave_way(done: Future[bool]) -> bool:
    """Whether the address is to have another turn. One in trouble keeps no other waiting; the sweep comes
    back to it."""
    error = done.exception()
    if isinstance(error, AWAY):
        log.warning("delivery put off", error=type(error).__name__)
    elif error is not None:
        log.error("delivery failed", exc_info=error)
    return error is None and done.result()
