"""One transaction at one shop: what every service of the books works with."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from flows.happenings import Tell
from store.models import ShopRow
from store.rules import Rules


@dataclass(slots=True)
class Woken:
    """What must be woken once the transaction has committed: addresses with messages to send (of the
    outbox's `kinds`), payment attempts to submit, refunds and payouts to submit, attempts to ask about
    at once, those with a one-time `codes` to hand on, and payout `numbers` of which to ask whose they
    are."""

    addresses: set[UUID] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    attempts: set[UUID] = field(default_factory=set)
    refunds: set[UUID] = field(default_factory=set)
    payouts: set[UUID] = field(default_factory=set)
    asked: set[UUID] = field(default_factory=set)
    codes: set[UUID] = field(default_factory=set)
    numbers: set[UUID] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, "seller:<person id>", and from where: "sms +256****003"."""

    who: str
    source: str


@dataclass(frozen=True, slots=True)
class Scope:
    """`shop` is loaded; every query of a service carries its id. `tell` says what happened: it writes
    the messages that must go out into the same transaction. `chance` draws the delivery codes;
    `author` is set in the turn of somebody's message."""

    session: Session
    shop: ShopRow
    now: datetime
    tell: Tell
    rules: Rules
    chance: Random
    woken: Woken = field(default_factory=Woken)
    author: Author | None = None
