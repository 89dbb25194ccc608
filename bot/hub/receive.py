"""From a verified request to answers: what every provider's blueprint does with what was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.inbox import kept
from bot.outbox.receipts import record
from bot.reception import Accepted, Reception
from bot.turn import take_turns
from bot.world import World
from channels.channel import Account, Inbound, Incoming, OptOut, Receipt, UssdNotice
from store.customers import opt_out_at
from store.models import FactRow
from store.scope import Woken
from store.transaction import run

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Hub:
    """`reference` is our own id of the message a receipt is for, where the URL carries it."""

    world: World

    def receive(
        self, account: Account, items: Sequence[Incoming], reference: UUID | None = None
    ) -> None:
        """Write down every item, then answer the people who wrote. Raises OperationalError when the
        database is away; a turn that must wait for its person's lock is left to the catch-up thread."""
        for item in items:
            if isinstance(item, Inbound):
                accepted = self.accept(account, item)
                if accepted is not None and accepted.number is not None:
                    self._answer(accepted)
            elif isinstance(item, Receipt):
                self._receipt(item, reference)
            elif isinstance(item, OptOut):
                self._opt_out(account, item)
            else:
                self._notice(item)

    def accept(self, account: Account, inbound: Inbound) -> Accepted | None:
        """Into the inbox. None when no shop is to answer."""

        def work(session: Session) -> tuple[Accepted | None, Woken]:
            woken = Woken()
            now = self.world.clock()
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

    def _answer(self, accepted: Accepted) -> None:
        try:
            take_turns(self.world, accepted.shop_id, accepted.person_id)
        except OperationalError as error:
            log.warning("the answer waits", error=type(error.orig).__name__)

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
