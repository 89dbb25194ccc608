"""Messages that cannot be answered: apologised for once, and not tried again until somebody has looked
at what broke (`dead list`).

What was raised and where is kept with the message. Its words are not: they may repeat what the person
wrote, and would outlive it; the log has them under the message's trace.
"""

import traceback
from functools import partial
from pathlib import Path
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, and_, not_, select
from sqlalchemy.orm import Session

from bot.answering import Answering
from bot.limits.refusal import LIMITED
from bot.ports import scope_at
from bot.talk import CUSTOMER, lock_talk
from bot.world import World
from flows.message import Message
from flows.reply import Reply
from store.models import AddressRow, InboxRow
from store.scope import Woken
from store.transaction import AWAY, run

log = structlog.get_logger(__name__)

ROOT = Path(__file__).parents[1]
# Lines of a traceback that are kept, the innermost.
KEPT_LINES = 5
# `failure` of a dialled message whose caller was gone: no fault of ours, and nothing to try again.
NOT_IN_TIME = "not answered in time"
# What `failure` begins with once somebody has seen it and wants to see it no more; the reason follows.
DROPPED = "dropped: "


def is_dead() -> ColumnElement[bool]:
    """The messages that were put aside for a fault, and that somebody should look at."""
    return and_(
        InboxRow.failure.is_not(None),
        InboxRow.failure.not_in((*LIMITED, NOT_IN_TIME)),
        not_(InboxRow.failure.startswith(DROPPED)),
    )


def raised(error: Exception) -> str:
    """What kind of error it is and, on lines of their own, where it came from: the innermost last."""
    frames = traceback.extract_tb(error.__traceback__)[-KEPT_LINES:]
    return "\n".join([type(error).__name__, *(_place(frame) for frame in frames)])


def _place(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    within = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return f"{within}:{frame.lineno} {frame.name}"


def put_aside(
    world: World, shop_id: UUID, person_id: UUID, number: int, error: Exception
) -> tuple[Woken, str | None]:
    """Have the message `number` done with; what it leads to, and its page on USSD. Where even the
    apology raises, it is put aside in silence: it must not block its person."""
    log.error("message put aside", number=number, exc_info=error)
    work = partial(_put_aside, world, shop_id, person_id, number, raised(error))
    try:
        return run(world.sessions, partial(work, True))
    except AWAY:
        raise
    except Exception:
        log.exception("nor can it be apologised for", number=number)
        return run(world.sessions, partial(work, False))


def _put_aside(
    world: World,
    shop_id: UUID,
    person_id: UUID,
    number: int,
    failure: str,
    aloud: bool,
    session: Session,
) -> tuple[Woken, str | None]:
    talk = lock_talk(session, shop_id, person_id, world.clock())
    row = session.scalars(select(InboxRow).where(InboxRow.id == number)).one()
    scope = scope_at(world, session, talk.shop, row.trace, talk.row)
    if row.done_at is None:
        row.failure, row.done_at = failure, scope.now
        row.tries += 1
        if aloud and row.tries == 1:
            sorry = Reply((Message("sorry-our-fault"),), ends=True)
            address = session.get_one(AddressRow, row.address_id)
            Answering(world, scope, talk, row, address).reply(CUSTOMER, sorry)
            talk.keep(session)
    # Else another process has had it in the meantime, and had more luck.
    return scope.woken, row.answer
