"""Messages that cannot be answered: apologised for once, and not tried again."""

from functools import partial
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.answering import Answering
from bot.ports import scope_at
from bot.reader import CUSTOMER
from bot.talk import lock_talk
from bot.world import World
from flows.message import Message
from flows.reply import Reply
from store.models import AddressRow, InboxRow
from store.scope import Woken
from store.transaction import AWAY, run

log = structlog.get_logger(__name__)


def put_aside(
    world: World, shop_id: UUID, person_id: UUID, number: int, error: Exception
) -> tuple[Woken, str | None]:
    """Have the message `number` done with; what it leads to, and its page on USSD. Where even the
    apology raises, it is put aside in silence: it must not block its person."""
    log.error("message put aside", number=number, exc_info=error)
    work = partial(_put_aside, world, shop_id, person_id, number, type(error).__name__)
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
    scope = scope_at(world, session, talk.shop, row.trace)
    if row.done_at is None:
        row.failure, row.done_at = failure, scope.now
        if aloud:
            sorry = Reply((Message("sorry-our-fault"),), ends=True)
            address = session.get_one(AddressRow, row.address_id)
            Answering(world, scope, talk, row, address).reply(CUSTOMER, sorry)
    # Else another process has had it in the meantime, and had more luck.
    return scope.woken, row.answer
