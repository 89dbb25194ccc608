"""A message that was put aside, taken again: in its person's turn, as if it had just been found."""

from enum import StrEnum

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.deadletter import NOT_IN_TIME, is_dead
from bot.talk import lock_talk
from bot.turn import take_turns
from bot.world import World
from store.models import InboxRow
from store.transaction import AWAY, run

log = structlog.get_logger(__name__)


class Replayed(StrEnum):
    """What became of it, in words."""

    ANSWERED = "answered"
    AGAIN = "raised again, and is put aside again"
    TOO_LATE = "was dialled: nobody waits for its page any more"
    WAITS = "its person is busy just now: it is answered within seconds"
    NOT_ASIDE = "is not put aside (any more)"


def replay(world: World, number: int) -> Replayed:
    """Take the message again. What is older than ten minutes is asked again and not done, as whatever
    is late. Twice at once, one of the two finds that it is not put aside any more. Raises the
    database's error when that is away."""
    row = run(world.sessions, lambda session: _open(world, session, number))
    if row is None or row.shop_id is None:
        return Replayed.NOT_ASIDE
    log.info("message taken again", number=number, trace=str(row.trace))
    try:
        take_turns(world, row.shop_id, row.person_id, since=row.received_at)
    except AWAY as error:
        # It is among the unanswered now, where the web processes find it.
        log.warning("the answer waits", error=type(error).__name__)
    return run(world.sessions, lambda session: _outcome(session, number))


def _open(world: World, session: Session, number: int) -> InboxRow | None:
    """Make it unanswered, under its person's lock. None where it is not put aside."""
    wanted = select(InboxRow).where(InboxRow.id == number, is_dead(), InboxRow.shop_id.is_not(None))
    seen = session.scalars(wanted).first()
    if seen is None or seen.shop_id is None:
        return None
    lock_talk(session, seen.shop_id, seen.person_id, world.clock())
    row = session.scalars(wanted.execution_options(populate_existing=True)).first()
    if row is not None:
        row.failure, row.done_at = None, None
    return row


def _outcome(session: Session, number: int) -> Replayed:
    row = session.scalars(select(InboxRow).where(InboxRow.id == number)).one()
    if row.done_at is None:
        return Replayed.WAITS
    if row.failure is None:
        return Replayed.ANSWERED
    return Replayed.TOO_LATE if row.failure == NOT_IN_TIME else Replayed.AGAIN
