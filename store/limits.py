"""Counting in the database what happens within a time, for when nothing quicker can: one row per key,
one statement per count."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, delete, literal, not_, select
from sqlalchemy.orm import Session

from store.insertion import INSERTS
from store.models import AddressRow, LimitRow
from store.received import known_in

# A row that nobody counted in for so long is of no more use.
KEPT = timedelta(hours=1)


def count(
    session: Session,
    key: str,
    now: datetime,
    within: timedelta,
    unless: ColumnElement[bool] | None = None,
) -> int | None:
    """Once more, and how often that was since the first time; `within` later it is the first time
    again. None, and nothing is counted, where `unless` holds."""
    first_again = LimitRow.since <= now - within
    row = select(literal(key), literal(now, LimitRow.since.type), literal(1))
    insert = INSERTS[session.get_bind().dialect.name](LimitRow)
    # SQLite reads "ON CONFLICT" as part of a SELECT that has no WHERE.
    row = row.where(not_(unless) if unless is not None else literal(1) == 1)
    counted = insert.from_select(["key", "since", "count"], row).on_conflict_do_update(
        index_elements=[LimitRow.key],
        set_={
            "since": case((first_again, now), else_=LimitRow.since),
            "count": case((first_again, 1), else_=LimitRow.count + 1),
        },
    )
    found: int | None = session.scalar(counted.returning(LimitRow.count))
    return found


def received_before(
    session: Session, channel: str, provider: str, address: str, message_id: str
) -> ColumnElement[bool]:
    """Whether this message has been received: a provider posts it again."""
    known = known_in(session)
    return (
        select(literal(1))
        .select_from(known)
        .join(AddressRow, AddressRow.id == known.address_id)
        .where(
            AddressRow.channel == channel,
            AddressRow.provider == provider,
            AddressRow.address == address,
            known.message_id == message_id,
        )
        .exists()
    )


def forget(session: Session, now: datetime) -> None:
    """Drop what nobody has counted in for long."""
    session.execute(delete(LimitRow).where(LimitRow.since < now - KEPT))
