"""The heart: what a person has sent and nobody has answered, answered in the order it came."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.answering import Answering
from bot.deadletter import NOT_IN_TIME, put_aside
from bot.inbox import RECEIVED_LATELY, lately
from bot.ports import scope_at
from bot.talk import Talk, lock_talk
from bot.world import World
from channels.channel import Medium
from store.models import AddressRow, InboxRow
from store.prepared import PREPARED
from store.scope import Scope, Woken
from store.transaction import AWAY, run

# Africa's Talking ends a USSD session whose hop is not answered within 10 to 15 seconds.
DIALLED_KEPT = timedelta(seconds=8)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one transaction did. `more`: this person has sent more that is unanswered. `page` is what
    the message `number` was answered on USSD."""

    more: bool
    woken: Woken
    number: int
    page: str | None


@dataclass(slots=True)
class Hand:
    """Which message a turn has in hand, for whoever must put it aside."""

    number: int | None = None


def take_turns(
    world: World,
    shop_id: UUID,
    person_id: UUID,
    *,
    wake: Callable[[Woken], None] | None = None,
    since: datetime | None = None,
) -> Mapping[int, str]:
    """Answer everything that waits, oldest first, one transaction each. No network. Returns the pages
    of USSD hops by the number of their message. `since`: from when the oldest is, where that may be
    longer ago than usual.

    Raises the database's error when it is away or the person's lock is not to be had in time; what
    waits is then taken by the catch-up thread.
    """
    wake = wake or world.wake
    pages: dict[int, str] = {}
    while True:
        turn = _one_turn(world, shop_id, person_id, since)
        if turn is None:
            return pages
        wake(turn.woken)
        if turn.page is not None:
            pages[turn.number] = turn.page
        if not turn.more:
            return pages


def _one_turn(world: World, shop_id: UUID, person_id: UUID, since: datetime | None) -> Turn | None:
    hand = Hand()
    try:
        return run(world.sessions, partial(_turn, world, shop_id, person_id, since, hand))
    except AWAY:
        # The database is away, or busy with this person: the message stays and is tried again.
        raise
    except Exception as error:
        # A door of its own: a message that raises must neither block its person nor come back.
        if hand.number is None:
            raise
        woken, page = put_aside(world, shop_id, person_id, hand.number, error)
        return Turn(True, woken, hand.number, page)


def _turn(
    world: World,
    shop_id: UUID,
    person_id: UUID,
    since: datetime | None,
    hand: Hand,
    session: Session,
) -> Turn | None:
    """One message. None when nothing waits."""
    now = world.clock()
    talk = lock_talk(session, shop_id, person_id, now, since=since)
    if talk.first_waiting is None:
        return None
    asked = {"shop_id": shop_id, "person_id": person_id, **lately(now, since)}
    waiting = _unanswered(session, asked)
    row, address = waiting[0]
    hand.number = row.id
    scope = scope_at(world, session, talk.shop, row.trace, talk.row)
    more = len(waiting) > 1
    if row.medium == Medium.USSD and scope.now - row.received_at > DIALLED_KEPT:
        # The caller was told to dial again long ago: what they chose is not done behind their back.
        row.failure, row.done_at = NOT_IN_TIME, scope.now
        return Turn(more, scope.woken, row.id, None)
    answer(world, scope, talk, row, address)
    row.done_at = scope.now
    return Turn(more, scope.woken, row.id, row.answer)


def answer(world: World, scope: Scope, talk: Talk, row: InboxRow, address: AddressRow) -> None:
    """Answer one message of a person whose lock is held."""
    with structlog.contextvars.bound_contextvars(trace=str(row.trace)):
        Answering(world, scope, talk, row, address).answer()
    talk.keep(scope.session)


def _unanswered(
    session: Session, asked: Mapping[str, object]
) -> Sequence[tuple[InboxRow, AddressRow]]:
    """The two oldest, with our addresses that they came to: the one to answer, and whether there is
    another. Read after the lock was had: together with it they would be as old as the wait for it was
    long."""
    found = session.execute(UNANSWERED, asked)
    return [(row, address) for row, address in found]


UNANSWERED = (
    select(InboxRow, AddressRow)
    .join(AddressRow, AddressRow.id == InboxRow.address_id)
    .where(
        InboxRow.shop_id == bindparam("shop_id"),
        InboxRow.person_id == bindparam("person_id"),
        InboxRow.done_at.is_(None),
        RECEIVED_LATELY,
    )
    .order_by(InboxRow.id)
    .limit(2)
    .execution_options(**PREPARED)
)
