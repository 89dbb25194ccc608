"""How many prompts may go: nobody is bombarded with somebody else's orders.

They are counted among the attempts themselves, in the transaction that opens the next: who cannot count
cannot open one either.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, text, true
from sqlalchemy.orm import Session

from store.models import AttemptRow, OrderRow, PersonRow


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


def blocked_until(
    session: Session, person: PersonRow, payer: str, now: datetime
) -> datetime | None:
    """When the next prompt may go to this payer or for this person; None: now."""
    per_payer = _recent(PER_PAYER, now).where(AttemptRow.payer == payer).subquery()
    per_person = (
        _recent(PER_PERSON, now)
        .join(OrderRow, OrderRow.id == AttemptRow.order_id)
        .where(OrderRow.person_id == person.id)
        .subquery()
    )
    row = session.execute(select(per_payer, per_person).join(per_person, true())).one()
    by_payer, by_person = (row[0], row[1]), (row[2], row[3])
    free_again = [
        oldest + cap.within
        for cap, (count, oldest) in ((PER_PAYER, by_payer), (PER_PERSON, by_person))
        if count >= cap.most
    ]
    return max(free_again, default=None)


def _recent(cap: Cap, now: datetime) -> Select[int, datetime]:
    """How many there were within the cap's time, and when the oldest of them was."""
    return select(
        func.count(AttemptRow.id).label("prompts"), func.min(AttemptRow.created_at).label("oldest")
    ).where(AttemptRow.created_at > now - cap.within)
