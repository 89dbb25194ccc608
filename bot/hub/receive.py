"""From a verified request to answers: what every provider's blueprint does with what was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from bot.accounts import as_known_to, claim_of
from bot.blanking import without_secrets
from bot.intake import Intake
from bot.outbox.receipts import record
from bot.spool import Kept, RefusedError
from bot.world import World
from channels.channel import (
    Account,
    Inbound,
    Incoming,
    Medium,
    Noted,
    OptOut,
    Receipt,
    UssdNotice,
)
from store.addresses import find_address
from store.customers import opt_out_at
from store.facts import note
from store.transaction import AWAY, run

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Hub:
    """What has been told by somebody whose account is known, on its way into the books."""

    world: World

    @property
    def intake(self) -> Intake:
        return Intake(self.world)

    def receive(
        self, account: Account, items: Sequence[Incoming], reference: UUID | None = None
    ) -> None:
        """Write down every item, then answer the people who wrote. With the database away they go to
        the spool; a turn that must wait for its person's lock is left to the catch-up thread.
        `reference` is our own id of the message a receipt is for, where the URL carries it."""
        claim = claim_of(account)
        for item in items:
            told = as_known_to(account, item)
            told = without_secrets(told) if isinstance(told, Inbound) else told
            now = self.world.clock()
            verdict = self.world.limits.judge(told, now, self.world.sessions)
            self._receive(account, Kept(told, now, claim, reference, verdict))

    def _receive(self, account: Account, kept: Kept) -> None:
        spool = self.world.spool
        if isinstance(kept.told, Inbound) and spool.waiting():
            # It must not overtake what came before it.
            spool.keep(kept)
            return
        try:
            self._write_down(account, kept)
        except AWAY as error:
            log.warning("spooled, the database is away", error=type(error).__name__)
            spool.keep(kept)

    def replay(self, kept: Kept) -> None:
        """What the spool kept, as it would have been received. Raises what the database raises, and
        RefusedError for what it will never take."""
        provider = kept.told.provider
        account = run(
            self.world.sessions, lambda s: self.world.accounts.again(s, provider, kept.claim)
        )
        if account is None:
            raise RefusedError(f"no such account at {provider} any more")
        try:
            self._write_down(account, kept)
        except AWAY:
            raise
        except Exception as error:
            # A door: what raises otherwise would hold up everything behind it for ever.
            log.exception("a spooled message cannot be taken in")
            raise RefusedError(type(error).__name__) from error

    def _write_down(self, account: Account, kept: Kept) -> None:
        told = kept.told
        if isinstance(told, Inbound):
            self.intake.take(account, told, kept.received_at, kept.verdict)
        elif isinstance(told, Receipt):
            self._receipt(told, kept.reference or _reference(told))
        elif isinstance(told, OptOut):
            self._opt_out(account, told)
        elif isinstance(told, Noted):
            self._noted(told, kept.received_at)
        else:
            self._notice(told, kept.received_at)

    def _receipt(self, receipt: Receipt, reference: UUID | None) -> None:
        now = self.world.clock()
        woken = run(self.world.sessions, lambda s: record(self.world, s, receipt, reference, now))
        self.world.wake(woken)

    def _opt_out(self, account: Account, told: OptOut) -> None:
        """The provider knows of it from the person; it counts for every shop on that address."""
        now = self.world.clock()
        key = (told.provider, told.address)

        def work(session: Session) -> bool:
            address = find_address(session, Medium.SMS, *key)
            known = address is not None and self.world.accounts.owns(account.id, address)
            if known:
                opt_out_at(session, *key, told.phone, now)
            return known

        known = run(self.world.sessions, work)
        log.info("opted out at the provider", provider=account.provider, known=known)

    def _noted(self, noted: Noted, at: datetime) -> None:
        """Nobody answers it, but somebody may want to know how often it happens."""
        values = {"kind": noted.kind, "code": noted.code, "details": noted.details}
        log.info("noted", provider=noted.provider, kind=noted.kind, code=noted.code)
        name = f"{noted.provider}-noted"
        run(self.world.sessions, lambda session: note(session, name, values, at))

    def _notice(self, notice: UssdNotice, at: datetime) -> None:
        """The only sign of where people hang up."""
        values = {
            "session": notice.session_id,
            "status": notice.status,
            "hops": notice.hops,
            "last": (notice.last_response or "")[:200],
            "error": notice.error,
        }
        run(self.world.sessions, lambda session: note(session, "ussd-ended", values, at))


def _reference(receipt: Receipt) -> UUID | None:
    """Our own id of a message, where the provider carries it back in what it posts."""
    try:
        return UUID(receipt.reference or "")
    except ValueError:
        return None
