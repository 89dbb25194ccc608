"""From a verified message to a row of the inbox: our address, its shop, the person, and the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from bot.inbox import Destination, keep
from bot.outbox.queue import Letter, put
from bot.routing import (
    Addressed,
    Ask,
    Candidate,
    Decision,
    Hint,
    To,
    by_keyword,
    by_role,
    how_to_address,
    which_shop,
)
from bot.world import World
from channels.channel import Account, Inbound, Medium
from channels.render import Reader
from flows.message import Message
from intents.commands import read_command
from store.models import AddressingRow, AddressRow, LineRow, PersonRow
from store.scope import Woken
from store.shops import (
    Membership,
    busy_at,
    find_address,
    find_lines,
    lock_addressing,
    memberships,
    open_order_shops,
    upsert_person,
)

log = structlog.get_logger(__name__)

# A person who writes to a shared address without a keyword is told how once in this time.
HINT_EVERY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that is in the inbox. `number` is None for a redelivery."""

    address_id: UUID
    shop_id: UUID
    person_id: UUID
    number: int | None


@dataclass(frozen=True, slots=True)
class Door:
    """Our address as found: itself, and the lines that lead on from it (none: the platform's own)."""

    address: AddressRow
    lines: Sequence[LineRow]

    @property
    def owner(self) -> LineRow | None:
        """The one line of an address that is not shared."""
        return next((l for l in self.lines if l.keyword is None and l.extension is None), None)


def accept(
    world: World, session: Session, account: Account, inbound: Inbound, woken: Woken
) -> Accepted | None:
    """Write the message down. None when nobody is to answer it: an address that is not ours or not
    of this account, a message that a hint or a question has already answered."""
    now = world.clock()
    door = find_door(session, inbound)
    if door is None or not world.accounts.opens(account, door.address):
        log.info("unknown line", medium=inbound.medium.value, provider=inbound.provider)
        return None
    person = upsert_person(session, inbound.sender.phone, inbound.sender.user_id, now)
    if door.owner is not None:
        to = To(door.owner.shop_id, inbound.text)
        return _kept(session, inbound, door, person, to, now)
    return _routed(world, session, inbound, door, person, now, woken)


def find_door(session: Session, inbound: Inbound) -> Door | None:
    """Our address and its lines, in one statement where it belongs to a shop."""
    key = (inbound.medium.value, inbound.provider, inbound.address)
    lines = find_lines(session, *key)
    if lines:
        return Door(lines[0].address, lines)
    address = find_address(session, *key)
    return Door(address, ()) if address is not None else None


def _kept(
    session: Session, inbound: Inbound, door: Door, person: PersonRow, to: To, now: datetime
) -> Accepted:
    where = Destination(door.address.id, person.id, to.shop_id, to.text, to.role)
    number = keep(session, inbound, where, now)
    return Accepted(door.address.id, to.shop_id, person.id, number)


def _routed(
    world: World,
    session: Session,
    inbound: Inbound,
    door: Door,
    person: PersonRow,
    now: datetime,
    woken: Woken,
) -> Accepted | None:
    """An address that is shared: decide under the lock of (address, person), so that two messages are
    routed in the order in which they came."""
    row = lock_addressing(session, door.address.id, person.id)
    shops = [Candidate(l.shop_id, l.shop.name, l.keyword) for l in door.lines]
    addressed = _addressed(session, row, person.id, now)
    roles = _roles(session, inbound.text, person.id, door, addressed)
    decision: Decision = (
        by_keyword(inbound.text, shops, roles, addressed)
        if door.lines
        else by_role(inbound.text, roles, addressed)
    )
    if isinstance(decision, To):
        accepted = _kept(session, inbound, door, person, decision, now)
        if accepted.number is not None:
            row.asked = None
            if decision.role is None and door.lines:
                row.shop_id = decision.shop_id
        return accepted
    where = Destination(door.address.id, person.id, None, inbound.text)
    if keep(session, inbound, where, now) is not None:
        _answer(world, session, door, person, row, decision, shops, now, woken)
    return None


def _answer(
    world: World,
    session: Session,
    door: Door,
    person: PersonRow,
    row: AddressingRow,
    decision: Ask | Hint,
    shops: Sequence[Candidate],
    now: datetime,
    woken: Woken,
) -> None:
    """Say what a message without a shop can be told."""
    if isinstance(decision, Ask):
        row.asked = {"text": decision.text, "among": [_dump(c) for c in decision.candidates]}
        _say(world, session, door, person, which_shop(decision.candidates), now, woken)
    elif decision.say:
        row.hinted_at = now
        hint = how_to_address(shops) if shops else Message("routing-platform")
        _say(world, session, door, person, hint, now, woken)


def _say(
    world: World,
    session: Session,
    door: Door,
    person: PersonRow,
    message: Message,
    now: datetime,
    woken: Woken,
) -> None:
    """To somebody who is not yet with a shop: in the language of the first shop here."""
    recipient = person.phone or person.whatsapp_user_id
    if recipient is None:
        return
    locale = str(door.lines[0].shop.locales[0]) if door.lines else "en"
    reader = Reader(locale, "UTC", "customer")
    text = world.words.text(message, reader, Medium(door.address.channel))
    letter = Letter(None, door.address, person.id, recipient, text, "reply")
    put(session, letter, now, woken)


def _addressed(
    session: Session, row: AddressingRow, person_id: UUID, now: datetime
) -> Addressed:
    asked = row.asked or {}
    busy = row.shop_id is not None and busy_at(session, row.shop_id, person_id)
    return Addressed(
        shop_id=row.shop_id,
        asked_text=asked.get("text"),
        asked=tuple(_load(kept) for kept in asked.get("among", ())),
        busy=busy,
        hint_due=row.hinted_at is None or now - row.hinted_at >= HINT_EVERY,
    )


def _roles(
    session: Session, text: str, person_id: UUID, door: Door, addressed: Addressed
) -> list[Candidate]:
    """The shops where this text is a word of this person as a seller or rider."""
    here = {line.shop_id for line in door.lines}
    held = [m for m in memberships(session, person_id) if not here or m.shop_id in here]
    meant = [m for m in held if _is_word(text, m, bare_too=not addressed.busy)]
    numbers = {c.number for m in meant if (c := read_command(text, m.role, m.locales)) is not None}
    number = next(iter(numbers), None)
    if number is not None and len({m.shop_id for m in meant}) > 1:
        having = open_order_shops(session, [m.shop_id for m in meant], number)
        meant = [m for m in meant if m.shop_id in having] or meant
    return [Candidate(m.shop_id, m.shop_name, role=m.role) for m in meant]


def _is_word(text: str, membership: Membership, *, bare_too: bool) -> bool:
    command = read_command(text, membership.role, membership.locales)
    if command is None:
        return False
    return command.exact or command.number is not None or bare_too


def _dump(candidate: Candidate) -> dict[str, str | None]:
    return {"shop": str(candidate.shop_id), "name": candidate.name, "role": candidate.role}


def _load(kept: dict[str, str | None]) -> Candidate:
    return Candidate(UUID(kept["shop"]), kept["name"] or "", role=kept["role"])
