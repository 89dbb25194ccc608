"""How many prompts may go: nobody is bombarded with somebody else's orders.

They are counted among the attempts themselves, in the transaction that opens the next: who cannot count
cannot open one either.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, text, true
from sqlalchemy.orm import Session

from flows.ports.refusals import PromptOpen
from store.models import AttemptRow, PersonRow
from store.models.payments import ORDER, TOP_UP
from store.orders.settlement import OPEN_ATTEMPTS
from store.scope import Scope


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `most` prompts within `within`, over all shops."""

    most: int
    within: timedelta


PER_PAYER = Cap(5, timedelta(minutes=10))
PER_PERSON = Cap(5, timedelta(minutes=1))


def serialise(session: Session, person: PersonRow, payer: str) -> None:
    """Let two turns that ask the same wallet, or for the same person, go one after the other, at
    whichever shops: the later counts what the earlier has asked. SQLite's transactions do so anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return
    # Taken in one order by all, so that no two wait for each other.
    first, second = sorted(_lock(name) for name in (f"payer {payer}", f"person {person.id}"))
    session.execute(
        text("SELECT pg_advisory_xact_lock(:first), pg_advisory_xact_lock(:second)"),
        {"first": first, "second": second},
    )


def _lock(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


@dataclass(frozen=True, slots=True)
class Standing:
    """What keeps the next prompt from going: one that is open, or too many until some moment. `lately` is
    how many were asked for of late for this person (RiskTerms.within)."""

    open: PromptOpen | None
    until: datetime | None
    lately: int


def standing(scope: Scope, person: PersonRow, payer: str, purpose: str) -> Standing:
    """How it stands with prompts to this payer and for this person: one statement. An order's prompt and
    a top-up's are never open together for one person at one shop."""
    session, now = scope.session, scope.now
    per_payer = _recent(PER_PAYER, now).where(AttemptRow.payer == payer).subquery()
    per_person = _recent(PER_PERSON, now).where(AttemptRow.person_id == person.id).subquery()
    lately = _recent(Cap(0, scope.rules.risk.within), now)
    mine = lately.where(AttemptRow.person_id == person.id).subquery()
    other = (
        select(AttemptRow.payer, AttemptRow.expires_at)
        .where(
            AttemptRow.shop_id == scope.shop.id,
            AttemptRow.person_id == person.id,
            AttemptRow.status.in_(OPEN_ATTEMPTS),
            AttemptRow.purpose == TOP_UP if purpose == ORDER else true(),
        )
        .limit(1)
        .subquery()
    )
    row = session.execute(
        select(per_payer, per_person, mine, other)
        .select_from(per_payer)
        .join(per_person, true())
        .join(mine, true())
        .outerjoin(other, true())
    ).one()
    free_again = [
        oldest + cap.within
        for cap, (count, oldest) in ((PER_PAYER, row[0:2]), (PER_PERSON, row[2:4]))
        if count >= cap.most
    ]
    there = PromptOpen(row[6], row[7]) if row[6] is not None else None
    return Standing(there, max(free_again, default=None), int(row[4]))


def _recent(cap: Cap, now: datetime) -> Select[int, datetime]:
    """How many there were within the cap's time, and when the oldest of them was."""
    return select(
        func.count(AttemptRow.id).label("prompts"), func.min(AttemptRow.created_at).label("oldest")
    ).where(AttemptRow.created_at > now - cap.within)
