"""What nobody answered: one thread per web process takes messages that have waited too long."""

import threading
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.hub.receive import Hub
from bot.turn import take_turns
from bot.world import World
from store.models import InboxRow
from store.transaction import AWAY, run

log = structlog.get_logger(__name__)

PATIENCE = timedelta(seconds=10)
# Seconds between two looks.
REST = 1.0
# People in one look, those who have waited longest.
MOST = 100


class CatchUp:
    """Started after the fork; the web server's own threads never wait for it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._hub = Hub(world)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="catch-up", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends after what is in hand."""
        self._stopping.set()
        self._thread.join(10)

    def _run(self) -> None:
        rest = REST
        while not self._stopping.wait(rest):
            rest = REST
            try:
                if self.look() >= MOST:
                    # Many more may be waiting behind these.
                    rest = 0.0
            except (*AWAY, OSError) as error:
                log.warning("catching up later", error=type(error).__name__)
            except Exception:
                # A door: nobody else would answer what waits.
                log.exception("catching up failed")

    def look(self) -> int:
        """Take in what the spool kept, then answer who waits. Returns how many were answered. Raises the
        database's error when that is away."""
        if self._world.spool.waiting():
            self._world.spool.replay(self._hub.replay)
        return self.once()

    def once(self) -> int:
        """Answer what has waited too long. Returns how many people were answered."""
        waiting = run(self._world.sessions, self._waiting)
        # Every web process has these in hand now: they go through them each in an order of its own, so
        # that none waits for a person whom another has just taken.
        self._world.chance.shuffle(waiting)
        answered = 0
        for shop_id, person_id, since in waiting:
            try:
                take_turns(self._world, shop_id, person_id, since=since)
                answered += 1
            except AWAY as error:
                # Somebody else is busy with this person; the others need not wait.
                log.info("still busy", error=type(error).__name__)
            except Exception:
                # A door: nor for a message that cannot even be put aside.
                log.exception("nobody can answer this", shop=str(shop_id), person=str(person_id))
        return answered

    def _waiting(self, session: Session) -> list[tuple[UUID, UUID, datetime]]:
        """Shops, people, and since when they have waited, however long ago that is."""
        before = self._world.clock() - PATIENCE
        rows = session.execute(
            select(InboxRow.shop_id, InboxRow.person_id, func.min(InboxRow.received_at))
            .where(
                InboxRow.done_at.is_(None),
                InboxRow.received_at < before,
                InboxRow.shop_id.is_not(None),
            )
            .group_by(InboxRow.shop_id, InboxRow.person_id)
            .order_by(func.min(InboxRow.id))
            .limit(MOST)
        )
        return [(shop, person, since) for shop, person, since in rows if shop is not None]
