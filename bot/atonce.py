"""A message that is received and answered in one transaction, as nearly all are: one commit instead of
two, and what was looked up to receive it serves to answer it.

Whatever keeps it from that (an earlier message that waits, a fault while it is answered, a lock that is
not to be had) rolls all of it back, and it is received and answered in two transactions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from bot.inbox import keep_answer
from bot.ports import scope_at
from bot.reception.arriving import Accepted, Reception
from bot.talk import lock_talk
from bot.turn import answer
from bot.world import World
from channels.channel import Account, Inbound
from store.scope import Woken
from store.transaction import run


class BehindError(Exception):
    """Earlier messages of this person wait, and are answered first."""


@dataclass(frozen=True, slots=True)
class Done:
    """`page` is what a dialled message was answered. `answered` False: it was received, and still is to
    be answered unless it is known from before."""

    accepted: Accepted | None
    woken: Sequence[Woken]
    answered: bool = False
    page: str | None = None


def receive_and_answer(world: World, account: Account, inbound: Inbound, now: datetime) -> Done:
    """Both, where that can be done at once. Raises BehindError, and whatever the answering raises; then
    nothing was received."""
    return run(world.sessions, partial(_work, world, account, inbound, now))


def _work(
    world: World, account: Account, inbound: Inbound, now: datetime, session: Session
) -> Done:
    woken = Woken()
    reception = Reception(world, session, inbound, now, woken, at_once=True)
    accepted = reception.accept(account)
    fresh = accepted.fresh if accepted is not None else None
    if fresh is None:
        return Done(accepted, [woken])
    talk = lock_talk(session, fresh.shop.id, fresh.person.id, now, known=(fresh.shop, fresh.person))
    if talk.first_waiting is not None:
        raise BehindError
    scope = scope_at(world, session, fresh.shop, fresh.row.trace, talk.row)
    answer(world, scope, talk, fresh.row, fresh.address)
    keep_answer(session, fresh.row)
    return Done(accepted, [woken, scope.woken], answered=True, page=fresh.row.answer)
