"""From a verified request to answers: what every provider's blueprint does with what was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from bot.inbox import kept
from bot.outbox.receipts import record
from bot.reception import Accepted, Reception
from bot.spool import Kept
from bot.turn import take_turns
from bot.world import World
from channels.channel import Account, Inbound, Incoming, OptOut, Receipt, UssdNotice
from store.customers import opt_out_at
from store.models import FactRow
from store.scope import Woken
from store.transaction import run

log = structlog.get_logger(__name__)

# How a database that is away, or too busy, shows itself.
AWAY = (OperationalError, InterfaceError, PoolTimeoutError)


@dataclass(frozen=True, slots=True)
class Hub:
    """`reference` is our own id of the message a receipt is for, where the URL carries it."""

    world: World

    def receive(
        self, account: Account, items: Sequence[Incoming], reference: UUID | None = None
    ) -> None:
        """Write down every item, then answer the people who wrote. With the database away messages go
        to the spool; a turn that must wait for its person's lock is left to the catch-up thread."""
        for item in items:
            if isinstance(item, Inbound):
                self._message(account, item)
            elif isinstance(item, Receipt):
                self._receipt(item, reference)
            elif isinstance(item, OptOut):
                self._opt_out(account, item)
            else:
                self._notice(item)

    def _message(self, account: Account, inbound: Inbound) -> None:
        spool = self.world.spool
        if spool.waiting():
            # It must not overtake what came before it.
            spool.keep(inbound, self.world.clock())
            return
        try:
            accepted = self.accept(account, inbound)
        except AWAY as error:
            log.warning("spooled, the database is away", error=type(error).__name__)
            spool.keep(inbound, self.world.clock())
            return
        if accepted is not None and accepted.number is not None:
            self.answer(accepted)

    def accept(
        self, account: Account, inbound: Inbound, received_at: datetime | None = None
    ) -> Accepted | None:
        """Into the inbox. None when no shop is to answer."""

        def work(session: Session) -> tuple[Accepted | None, Woken]:
            woken = Woken()
            now = received_at or self.world.clock()
            reception = Reception(self.world, session, inbound, now, woken)
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

    def replay(self, kept_message: Kept) -> None:
        """A message out of the spool, as it would have been received. Raises what the database
        raises, and the spool keeps it."""
        inbound = kept_message.inbound
        account = self.world.accounts.platform.get(inbound.provider)
        if account is None:
            log.error("spooled message of a provider that is no longer set up")
            return
        accepted = self.accept(account, inbound, kept_message.received_at)
        if accepted is not None and accepted.number is not None:
            self.answer(accepted)

    def answer(self, accepted: Accepted) -> None:
        """Take the person's turns now, if that can be done now."""
        try:
            take_turns(self.world, accepted.shop_id, accepted.person_id)
        except AWAY as error:
            log.warning("the answer waits", error=type(error).__name__)

    def _receipt(self, receipt: Receipt, reference: UUID | None) -> None:
        now = self.world.clock()
        woken = run(self.world.sessions, lambda s: record(self.world, s, receipt, reference, now))
        self.world.wake(woken)

    def _opt_out(self, account: Account, told: OptOut) -> None:
        """The provider knows of it from the person; it counts for every shop on that address."""
        now = self.world.clock()
        key = (told.provider, told.address, told.phone)
        run(self.world.sessions, lambda session: opt_out_at(session, *key, now))
        log.info("opted out at the provider", account=account.provider)

    def _notice(self, notice: UssdNotice) -> None:
        """The only sign of where people hang up."""
        values = {
            "session": notice.session_id,
            "status": notice.status,
            "hops": notice.hops,
            "last": (notice.last_response or "")[:200],
            "error": notice.error,
        }
        fact = FactRow(name="ussd-ended", values=values, at=self.world.clock())
        run(self.world.sessions, lambda session: session.add(fact))
