"""What a message may have of us, and what is decided about it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from channels.channel import Medium

# A person's count begins anew this long after it began; an address's does sooner, so that a rush is
# spread over seconds and not over a minute.
SENDER_WINDOW = timedelta(minutes=1)
LINE_WINDOW = timedelta(seconds=10)


class Verdict(StrEnum):
    """`OPEN`: take its turn. `FIRST_TOO_MANY`: its sender writes too fast and is to be told so.
    `TOO_MANY`: the same, and was told. `BUSY`: too many people write to this address; its turn comes
    later."""

    OPEN = "open"
    FIRST_TOO_MANY = "first-too-many"
    TOO_MANY = "too-many"
    BUSY = "busy"

    def refuses(self, medium: Medium) -> bool:
        """Whether it never has a turn: nobody can be answered later on USSD."""
        return self.too_fast or (self is Verdict.BUSY and medium is Medium.USSD)

    @property
    def too_fast(self) -> bool:
        return self in (Verdict.FIRST_TOO_MANY, Verdict.TOO_MANY)


class Visit(StrEnum):
    """What somebody without a conversation is shown."""

    PAGE = "page"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Allowances:
    """`messages` and `hops` (of USSD) per person and address within SENDER_WINDOW; `turns` per address
    within LINE_WINDOW. `pages` per visitor, and `all_pages` together, within SENDER_WINDOW; the same of
    `pictures`, which are many on one screen, and which providers fetch for everybody."""

    messages: int
    hops: int
    turns: int
    pages: int = 120
    all_pages: int = 6000
    pictures: int = 600
    all_pictures: int = 30000

    def of_visits(self, kind: Visit) -> tuple[int, int]:
        """How many one visitor is shown, and how many all are."""
        if kind is Visit.PICTURE:
            return self.pictures, self.all_pictures
        return self.pages, self.all_pages


@dataclass(frozen=True, slots=True)
class Count:
    """One count: what is counted, and how much of it is allowed within which time."""

    key: str
    most: int
    within: timedelta

    def over(self, seen: int) -> bool:
        return seen > self.most


@dataclass(frozen=True, slots=True)
class Asked:
    """One message to decide about, by what it counts in. Keys are digests. `known_by` finds it in the
    inbox: channel, provider, address, its id."""

    key: str
    sender: Count
    line: Count
    known_by: tuple[str, str, str, str]


def of_sender(sender: Count, seen: int) -> Verdict:
    """The verdict on a sender's message that is the `seen`-th."""
    if not sender.over(seen):
        return Verdict.OPEN
    return Verdict.FIRST_TOO_MANY if seen == sender.most + 1 else Verdict.TOO_MANY
