"""A message of a person, received and answered: at once where that can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from bot.atonce import BehindError, Done, receive_and_answer
from bot.inbox import kept
from bot.limits import Verdict
from bot.reception.arriving import Accepted, Reception
from bot.turn import take_turns
from bot.world import World
from channels.channel import Account, Inbound
from store.scope import Woken
from store.transaction import AWAY, is_locked, run

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """`accepted` is None when no shop is to answer; `page` is what a dialled message was answered."""

    accepted: Accepted | None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """From a verified message to its answer."""

    world: World

    def take(
        self,
        account: Account,
        inbound: Inbound,
        now: datetime,
        verdict: Verdict = Verdict.OPEN,
        wake: Callable[[Woken], None] | None = None,
    ) -> Taken:
        """Receive the message, and take its person's turns if that can be done now; else the catch-up
        thread does. Raises the database's error when it could not be received."""
        wake = wake or self.world.wake
        if verdict is not Verdict.OPEN:
            accepted = self.accept(account, inbound, now, verdict)
            if accepted is None or verdict is Verdict.BUSY:
                return Taken(accepted)
            return self._answer(accepted, wake)
        try:
            done = receive_and_answer(self.world, account, inbound, now)
        except AWAY as error:
            if not is_locked(error):
                raise
            # Somebody is busy with this person: the message is safe, its answer waits.
            return Taken(self.accept(account, inbound, now))
        except Exception as error:
            # A door: it is received by itself, and what raises is met again by its turn.
            if not isinstance(error, BehindError):
                log.exception("not answered at once")
            done = Done(self.accept(account, inbound, now), ())
        for woken in done.woken:
            wake(woken)
        if done.answered or done.accepted is None:
            return Taken(done.accepted, done.page)
        return self._answer(done.accepted, wake)

    def accept(
        self,
        account: Account,
        inbound: Inbound,
        now: datetime,
        verdict: Verdict = Verdict.OPEN,
    ) -> Accepted | None:
        """Only into the inbox. None when no shop is to answer."""

        def work(session: Session) -> tuple[Accepted | None, Woken]:
            woken = Woken()
            reception = Reception(self.world, session, inbound, now, woken, verdict)
            return reception.accept(account), woken

        accepted, woken = run(self.world.sessions, work)
        self.world.wake(woken)
        return accepted

    def page(self, accepted: Accepted, inbound: Inbound) -> str | None:
        """A USSD page as it was answered, for this hop or an earlier delivery of it."""

        def work(session: Session) -> str | None:
            row = kept(session, accepted.address_id, inbound.message_id)
            return row.answer if row is not None else None

        return run(self.world.sessions, work)

    def _answer(self, accepted: Accepted, wake: Callable[[Woken], None]) -> Taken:
        if accepted.number is None:
            return Taken(accepted)
        try:
            pages = take_turns(self.world, accepted.shop_id, accepted.person_id, wake=wake)
        except AWAY as error:
            log.warning("the answer waits", error=type(error).__name__)
            return Taken(accepted)
        return Taken(accepted, pages.get(accepted.number))
