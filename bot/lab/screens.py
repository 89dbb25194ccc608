"""What can stand on a handset's screen."""

from dataclasses import dataclass
from datetime import datetime

from channels.channel import Medium
from channels.render.gsm import segments
from channels.render.whatsapp import BODY_LIMIT


@dataclass(frozen=True, slots=True)
class Choice:
    """A button under a message, or a row of its list."""

    id: str
    title: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on a screen. `mine`: its owner wrote it; `peer` is the address at the other end.

    `cost` is its length in words. `status` is queued, sent, delivered, read or failed. `choices` can be
    tapped, where `opener` is set after it was.
    """

    id: str
    mine: bool
    medium: Medium
    peer: str
    text: str
    at: datetime
    cost: str
    status: str
    picture: str | None = None
    opener: str | None = None
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A wallet's prompt. `amount` is with its currency, `note` as the merchant wrote it, `title` the
    rail's name as people know it."""

    reference: str
    rail: str
    title: str
    phone: str
    amount: str
    note: str
    lapses_at: datetime


def cost(medium: Medium, text: str, limit: int = BODY_LIMIT) -> str:
    """How long `text` is, and for SMS what it is billed as."""
    if medium is Medium.WHATSAPP:
        return f"{len(text):,} of {limit:,} characters"
    parts = segments(text)
    return f"{parts.units} in {parts.encoding.value}, {parts.count} SMS"
