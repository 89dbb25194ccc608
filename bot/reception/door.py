"""Our address that a message came to, and the shops behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.reception.routing import Candidate
from channels.channel import Inbound
from store.addresses import find_address, find_lines
from store.models import AddressRow, LineRow, PersonRow


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


def find_door(session: Session, inbound: Inbound) -> Door | None:
    """Our address and its lines, in one statement where it belongs to a shop."""
    key = (inbound.medium.value, inbound.provider, inbound.address)
    lines, people = find_lines(session, *key, inbound.sender.phone, inbound.sender.user_id)
    if lines:
        return Door(lines[0].address, lines, people)
    address = find_address(session, *key)
    return Door(address, ()) if address is not None else None
