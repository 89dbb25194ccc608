"""One message on its way into the inbox."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from bot.inbox import Destination, keep, keep_answered
from bot.limits import Verdict
from bot.limits.refusal import Refused, put_aside
from bot.reception.door import Door, find_door
from bot.reception.routing import To, by_extension
from bot.reception.shared import Shared
from bot.reception.telling import tell
from bot.world import World
from channels.channel import Account, Inbound, Medium
from flows.machine import HOME
from store.addresses import is_own, lock_addressing
from store.models import AddressRow, InboxRow, LineRow, PersonRow, ShopRow
from store.people import upsert_person
from store.scope import Woken

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Fresh:
    """A message that is answered in the same transaction, our address, its shop and who wrote it."""

    row: InboxRow
    address: AddressRow
    shop: ShopRow
    person: PersonRow


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that is in the inbox. `number` is None for a redelivery; `fresh` is set where it can be
    answered at once."""

    address_id: UUID
    shop_id: UUID
    person_id: UUID
    number: int | None
    fresh: Fresh | None = None


@dataclass(slots=True)
class Reception:
    """One message on its way into the inbox, in one transaction. `at_once`: the same transaction
    answers it, where its address leads to one shop; where several share it their lock is short."""

    world: World
    session: Session
    inbound: Inbound
    now: datetime
    woken: Woken
    verdict: Verdict = Verdict.OPEN
    at_once: bool = False

    def accept(self, account: Account) -> Accepted | None:
        """Write the message down. None when nobody is to answer it: an address that is not ours or
        not of this account, a message that a hint or a question has already answered."""
        door = find_door(self.session, self.inbound)
        if door is None or not self.world.accounts.opens(account, door.address):
            log.info("unknown line", medium=self.inbound.medium.value)
            return None
        sender = self.inbound.sender
        if door.people == [] and self._from_ourselves():
            log.info("a message from one of our own lines")
            return None
        person = upsert_person(
            self.session, sender.phone, sender.user_id, self.now, known=door.people
        )
        if self.verdict.refuses(self.inbound.medium):
            return self._refuse(door, person)
        if door.owner is not None:
            return self._take(door, person, door.owner, self.inbound.text)
        if self.inbound.medium is Medium.USSD:
            found = by_extension(self.inbound.text, door.shops)
            return self._take(door, person, door.line_of(found[0]), found[1]) if found else None
        return self._route(door, person)

    def _from_ourselves(self) -> bool:
        """Two lines that answer each other would never end: none of them becomes a person. Asked about
        those only who are not known yet, and where an answer would come to that line again."""
        phone, channel = self.inbound.sender.phone, self.inbound.medium.value
        if phone is None:
            return False
        return is_own(self.session, channel, self.world.channels.keys(), phone)

    def _refuse(self, door: Door, person: PersonRow) -> Accepted | None:
        """Put it aside. On a shared address it is nobody's, unless its extension was dialled."""
        line = door.owner
        if line is None and self.inbound.medium is Medium.USSD:
            found = by_extension(self.inbound.text, door.shops)
            if found is None:
                return None
            line = door.line_of(found[0])
        shop = line.shop if line is not None else None
        refused = Refused(door.address, person, shop, self.inbound, self.verdict)
        put_aside(self.session, self.world.words, refused, self.now, self.woken)
        return Accepted(door.address.id, shop.id, person.id, None) if shop is not None else None

    def _take(self, door: Door, person: PersonRow, line: LineRow, text: str) -> Accepted:
        """By an address that leads to one shop."""
        to = To(line.shop_id, text)
        if not self.at_once:
            return self._keep(door, person, to)
        where = Destination(door.address.id, person.id, line.shop_id, text)
        row = keep_answered(self.session, self.inbound, where, self.now)
        fresh = Fresh(row, door.address, line.shop, person) if row is not None else None
        number = row.id if row is not None else None
        return Accepted(door.address.id, line.shop_id, person.id, number, fresh)

    def _keep(self, door: Door, person: PersonRow, to: To) -> Accepted:
        choice = HOME if to.opened else None
        where = Destination(door.address.id, person.id, to.shop_id, to.text, to.role, choice)
        number = keep(self.session, self.inbound, where, self.now)
        return Accepted(door.address.id, to.shop_id, person.id, number)

    def _route(self, door: Door, person: PersonRow) -> Accepted | None:
        """An address that is shared: decide under the lock of (address, person), so that two messages
        are routed in the order in which they came."""
        remembered = lock_addressing(self.session, door.address.id, person.id)
        shared = Shared(self.session, self.inbound, self.now, door, person, remembered)
        decision = shared.decide()
        if isinstance(decision, To):
            accepted = self._keep(door, person, decision)
            if accepted.number is not None:
                shared.is_for(decision)
            return accepted
        where = Destination(door.address.id, person.id, None, self.inbound.text)
        if keep(self.session, self.inbound, where, self.now) is not None:
            answer = shared.is_unclear(decision)
            if answer is not None:
                words = self.world.words
                tell(self.session, door, person, answer, words, self.now, self.woken)
        return None
