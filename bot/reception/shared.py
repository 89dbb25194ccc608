"""An address that several shops share: which of them a message is for, by all that is known of who
wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from bot.reception.door import Door
from bot.reception.routing import (
    Addressed,
    Ask,
    Candidate,
    Decision,
    Hint,
    To,
    by_keyword,
    by_role,
    how_to_address,
    named_shop,
    which_shop,
)
from channels.channel import Inbound
from flows.message import Message
from intents.command import Command
from intents.commands.reading import read_command
from store.models import AddressingRow, PersonRow
from store.people import Membership, memberships
from store.under_way import busy_at, open_order_shops

Meant = tuple[Membership, Command]

# A person who writes to a shared address without a keyword is told how once in this time.
HINT_EVERY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Shared:
    """A message to a shared address. `remembered` is locked: two messages are routed in the order in
    which they came."""

    session: Session
    inbound: Inbound
    now: datetime
    door: Door
    person: PersonRow
    remembered: AddressingRow

    def decide(self) -> Decision:
        """Which shop it is for, as far as that is plain."""
        members = self._members()
        addressed = self._addressed(members)
        roles = self._roles(members, addressed)
        if self.door.lines:
            return by_keyword(self.inbound.text, self.door.shops, roles, addressed)
        return by_role(self.inbound.text, roles, addressed, self._works_at(addressed))

    def is_for(self, to: To) -> None:
        """Remember the shop that it went to."""
        self.remembered.asked = None
        if to.role is None or not self.door.lines:
            self.remembered.shop_id = to.shop_id

    def is_unclear(self, decision: Ask | Hint) -> Message | None:
        """What is told to who wrote it, remembered as told; None where that was said before."""
        if isinstance(decision, Ask):
            among = [_dump(c) for c in decision.candidates]
            self.remembered.asked = {"text": decision.text, "among": among}
            return which_shop(decision.candidates)
        if not decision.say:
            return None
        self.remembered.hinted_at = self.now
        return how_to_address(self.door.shops) if self.door.lines else Message("routing-platform")

    def _addressed(self, members: Sequence[Meant]) -> Addressed:
        row = self.remembered
        asked = row.asked or {}
        named = named_shop(self.inbound.text, self.door.shops)
        # Looked up only where it decides something: mostly people just go on with their shop.
        matters = bool(members and self.door.lines) or (
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

    def _works_at(self, addressed: Addressed) -> list[Candidate]:
        """The shops to which a message on the platform's number may belong, where none spoke last."""
        if addressed.shop_id is not None:
            return []
        known = memberships(self.session, self.person.id)
        shops = {member.shop_id: member.shop_name for member in known}
        return [Candidate(shop_id, name) for shop_id, name in shops.items()]

    def _members(self) -> list[Meant]:
        """Where this text is a word of this person as a seller or rider."""
        text, here = self.inbound.text, {line.shop_id for line in self.door.lines}
        spoken = {tuple(line.shop.locales) for line in self.door.lines}
        if here and not any(_is_word(text, locales) for locales in spoken):
            return []
        return [
            (member, command)
            for member in memberships(self.session, self.person.id)
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
