"""From a verified message to a row of the inbox: our address, its shop, the person, and the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from bot.addressee import reader_at
from bot.inbox import Destination, keep, keep_answered
from bot.limits import Verdict
from bot.limits.refusal import Refused, put_aside
from bot.outbox.queue import Letter, put
from bot.routing import (
    Addressed,
    Ask,
    Candidate,
    Decision,
    Hint,
    To,
    by_extension,
    by_keyword,
    by_role,
    how_to_address,
    named_shop,
    which_shop,
)
from bot.world import World
from channels.channel import Account, Inbound, Medium
from channels.render import Reader, render
from flows.machine import HOME
from flows.message import Message
from flows.reply import Reply
from intents.command import Command
from intents.commands import read_command
from store.models import AddressingRow, AddressRow, InboxRow, LineRow, PersonRow, ShopRow
from store.scope import Woken
from store.shops import (
    Membership,
    busy_at,
    find_address,
    find_lines,
    is_own,
    lock_addressing,
    memberships,
    open_order_shops,
    upsert_person,
)

log = structlog.get_logger(__name__)

Meant = tuple[Membership, Command]

# A person who writes to a shared address without a keyword is told how once in this time.
HINT_EVERY = timedelta(hours=24)


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


@dataclass(frozen=True, slots=True)
class Door:
    """Our address as found: itself, and the lines that lead on from it (none: the platform's own).
    `people` are those whom the sender may be, None where they were not looked up."""

    address: AddressRow
    lines: Sequence[LineRow]
    people: Sequence[PersonRow] | None = None

    @property
    def owner(self) -> LineRow | None:
        """The one line of an address that is not shared."""
        whole = (line for line in self.lines if line.keyword is None and line.extension is None)
        return next(whole, None)

    @property
    def shops(self) -> list[Candidate]:
        """The shops behind a shared address, with the words that open them."""
        return [
            Candidate(line.shop_id, line.shop.name, line.keyword or line.extension)
            for line in self.lines
        ]

    def line_of(self, shop: Candidate) -> LineRow:
        """The line that leads to one of `shops`."""
        return next(line for line in self.lines if line.shop_id == shop.shop_id)


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
        row = lock_addressing(self.session, door.address.id, person.id)
        members = self._members(person.id, door)
        addressed = self._addressed(row, door, members)
        roles = self._roles(members, addressed)
        decision: Decision = (
            by_keyword(self.inbound.text, door.shops, roles, addressed)
            if door.lines
            else by_role(self.inbound.text, roles, addressed, self._works_at(person.id, addressed))
        )
        if isinstance(decision, To):
            accepted = self._keep(door, person, decision)
            if accepted.number is not None:
                row.asked = None
                if decision.role is None or not door.lines:
                    row.shop_id = decision.shop_id
            return accepted
        where = Destination(door.address.id, person.id, None, self.inbound.text)
        if keep(self.session, self.inbound, where, self.now) is not None:
            self._answer(door, person, row, decision)
        return None

    def _answer(
        self, door: Door, person: PersonRow, row: AddressingRow, decision: Ask | Hint
    ) -> None:
        """Say what a message without a shop can be told."""
        if isinstance(decision, Ask):
            row.asked = {"text": decision.text, "among": [_dump(c) for c in decision.candidates]}
            self._say(door, person, which_shop(decision.candidates))
        elif decision.say:
            row.hinted_at = self.now
            hint = how_to_address(door.shops) if door.lines else Message("routing-platform")
            self._say(door, person, hint)

    def _say(self, door: Door, person: PersonRow, message: Message) -> None:
        """To somebody who is not yet with a shop: in the language of the first shop here."""
        recipient = person.phone or person.whatsapp_user_id
        if recipient is None:
            return
        first = door.lines[0].shop if door.lines else None
        reader = (
            reader_at(first, str(first.locales[0]), "customer")
            if first is not None
            else Reader("en", "UTC", "customer")
        )
        medium, provider = Medium(door.address.channel), door.address.provider
        rendered = render(
            Reply((message,)), medium, reader, self.world.words, self.now, provider=provider
        )
        for draft in rendered.texts:
            letter = Letter(
                None,
                door.address,
                person.id,
                recipient,
                draft.text,
                "reply",
                segments=draft.segments,
            )
            put(self.session, letter, self.now, self.woken)

    def _addressed(self, row: AddressingRow, door: Door, members: Sequence[Meant]) -> Addressed:
        asked = row.asked or {}
        named = named_shop(self.inbound.text, door.shops)
        # Looked up only where it decides something: mostly people just go on with their shop.
        matters = bool(members and door.lines) or (
            named is not None and named.shop_id != row.shop_id
        )
        last = row.shop_id if matters else None
        return Addressed(
            shop_id=row.shop_id,
            asked_text=asked.get("text"),
            asked=tuple(_load(kept) for kept in asked.get("among", ())),
            busy=last is not None and busy_at(self.session, last, row.person_id),
            hint_due=row.hinted_at is None or self.now - row.hinted_at >= HINT_EVERY,
        )

    def _works_at(self, person_id: UUID, addressed: Addressed) -> list[Candidate]:
        """The shops to which a message on the platform's number may belong, where none spoke last."""
        if addressed.shop_id is not None:
            return []
        known = memberships(self.session, person_id)
        shops = {member.shop_id: member.shop_name for member in known}
        return [Candidate(shop_id, name) for shop_id, name in shops.items()]

    def _members(self, person_id: UUID, door: Door) -> list[Meant]:
        """Where this text is a word of this person as a seller or rider."""
        text, here = self.inbound.text, {line.shop_id for line in door.lines}
        spoken = {tuple(line.shop.locales) for line in door.lines}
        if here and not any(_is_word(text, locales) for locales in spoken):
            return []
        return [
            (member, command)
            for member in memberships(self.session, person_id)
            if (command := read_command(text, member.role, member.locales)) is not None
            and (not here or member.shop_id in here)
        ]

    def _roles(self, members: Sequence[Meant], addressed: Addressed) -> list[Candidate]:
        """The shops where this text is meant as a seller's or rider's. To somebody who is buying, a
        word that people also say in conversation is not."""
        meant = [
            (member, command)
            for member, command in members
            if command.exact or command.number is not None or not addressed.busy
        ]
        number = next((c.number for _, c in meant if c.number is not None), None)
        if number is not None and len({m.shop_id for m, _ in meant}) > 1:
            having = open_order_shops(self.session, [m.shop_id for m, _ in meant], number)
            meant = [(m, c) for m, c in meant if m.shop_id in having] or meant
        return [Candidate(m.shop_id, m.shop_name, role=m.role) for m, _ in meant]


def find_door(session: Session, inbound: Inbound) -> Door | None:
    """Our address and its lines, in one statement where it belongs to a shop."""
    key = (inbound.medium.value, inbound.provider, inbound.address)
    lines, people = find_lines(session, *key, inbound.sender.phone, inbound.sender.user_id)
    if lines:
        return Door(lines[0].address, lines, people)
    address = find_address(session, *key)
    return Door(address, ()) if address is not None else None


def _is_word(text: str, locales: Sequence[str]) -> bool:
    """Could it be anybody's word in one of these languages?"""
    return any(read_command(text, role, locales) is not None for role in ("seller", "rider"))


def _dump(candidate: Candidate) -> dict[str, str | None]:
    return {
        "shop": str(candidate.shop_id),
        "name": candidate.name,
        "role": candidate.role,
        "word": candidate.word,
    }


def _load(kept: dict[str, str | None]) -> Candidate:
    return Candidate(UUID(kept["shop"]), kept["name"] or "", kept.get("word"), kept["role"])
