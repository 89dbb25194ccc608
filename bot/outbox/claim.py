"""Who may send for an address, and what is to be sent next. All of it is short transactions: none is
open while a provider is spoken to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, case, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from bot.outbox.lately import lately, these, written_lately
from store.models import AddressRow, OutboxRow

PENDING = ("queued", "sending", "unknown")
HASTE = case({"reply": 0, "alert": 0, "bulk": 1}, value=OutboxRow.kind, else_=2)


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to send for one address; `token` fences off whoever held it before."""

    address: AddressRow
    token: int


def providers_of(addresses: Sequence[UUID], session: Session) -> dict[UUID, str]:
    """Through whom each of these addresses sends."""
    rows = session.execute(
        select(AddressRow.id, AddressRow.provider).where(AddressRow.id.in_(addresses))
    )
    return {row.id: row.provider for row in rows}


def _lease_times(
    session: Session, term: timedelta, now: datetime
) -> tuple[ColumnElement[bool], object]:
    """Whether the lease is free, and until when it is taken: by the database's clock on PostgreSQL,
    by the process's on SQLite, which one machine owns."""
    moment: Any = now
    if session.get_bind().dialect.name == "postgresql":
        moment = func.clock_timestamp()
    free = or_(AddressRow.lease_until.is_(None), AddressRow.lease_until < moment)
    return free, moment + term


def take_lease(session: Session, address_id: UUID, term: timedelta, now: datetime) -> Lease | None:
    """Take the address for `term`; None while somebody else has it."""
    free, until = _lease_times(session, term, now)
    row = session.scalars(
        update(AddressRow)
        .where(AddressRow.id == address_id, free)
        .values(lease_until=until, lease_token=AddressRow.lease_token + 1)
        .returning(AddressRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).first()
    return Lease(row, row.lease_token) if row is not None else None


def renew(session: Session, lease: Lease, term: timedelta, now: datetime) -> bool:
    """Keep it; False when it was lost."""
    _, until = _lease_times(session, term, now)
    kept = session.execute(
        update(AddressRow)
        .where(AddressRow.id == lease.address.id, AddressRow.lease_token == lease.token)
        .values(lease_until=until)
        .execution_options(synchronize_session=False)
    )
    return bool(kept.rowcount)  # type: ignore[attr-defined]


def release(session: Session, lease: Lease, rest: timedelta, now: datetime) -> None:
    """Give it back. With a `rest` nobody sends for the address until that is over; the sweep finds
    it again."""
    _, until = _lease_times(session, rest, now)
    session.execute(
        update(AddressRow)
        .where(AddressRow.id == lease.address.id, AddressRow.lease_token == lease.token)
        .values(lease_until=until if rest else None)
        .execution_options(synchronize_session=False)
    )


def _ready() -> Sequence[ColumnElement[bool]]:
    """Which messages may leave `now`: due, and the first unsent one of their person at their address,
    where bulk waits for all else and nothing else waits for bulk."""
    earlier = aliased(OutboxRow)
    blocked = (
        exists()
        .where(
            earlier.person_id == OutboxRow.person_id,
            earlier.address_id == OutboxRow.address_id,
            earlier.status.in_(PENDING),
            written_lately(earlier),
            or_(
                and_(earlier.kind != "bulk", OutboxRow.kind == "bulk"),
                and_(
                    earlier.id < OutboxRow.id,
                    or_(earlier.kind != "bulk", OutboxRow.kind == "bulk"),
                ),
            ),
        )
        .correlate(OutboxRow)
    )
    due = OutboxRow.due_at <= bindparam("now")
    return OutboxRow.status.in_(PENDING), due, written_lately(), ~blocked


# Put together once: building a statement takes longer than running it.
_AT_ADDRESS = OutboxRow.address_id == bindparam("address_id")
_NEXT = (
    select(OutboxRow)
    .where(
        _AT_ADDRESS,
        *_ready(),
        or_(
            OutboxRow.status != "sending",
            OutboxRow.lease_token.is_(None),
            OutboxRow.lease_token != bindparam("token"),
        ),
    )
    .order_by(HASTE, OutboxRow.id)
    .limit(bindparam("most"))
)
_ANY = select(exists().where(_AT_ADDRESS, *_ready()))
_IDLE = or_(AddressRow.lease_until.is_(None), AddressRow.lease_until < bindparam("now"))
_IDLE_AND_DUE = (
    select(AddressRow.id)
    .where(
        _IDLE,
        exists().where(OutboxRow.address_id == AddressRow.id, *_ready()).correlate(AddressRow),
    )
    .limit(bindparam("most"))
)


def next_rows(session: Session, lease: Lease, now: datetime, most: int) -> Sequence[OutboxRow]:
    """The first unsent message of each person, if it is due: replies and alerts in the order in which
    they were written, bulk after them."""
    asked = {"address_id": lease.address.id, "now": now, "token": lease.token, "most": most}
    return session.scalars(_NEXT, asked | lately(now)).all()


def mark_sending(session: Session, rows: Sequence[OutboxRow], lease: Lease) -> None:
    """In flight under this lease. After a crash the next holder finds them so."""
    session.execute(
        update(OutboxRow)
        .where(these(rows))
        .values(status="sending", lease_token=lease.token, attempts=OutboxRow.attempts + 1)
        .execution_options(synchronize_session=False)
    )


def put_back(session: Session, rows: Sequence[OutboxRow], lease: Lease) -> None:
    """Marked, and not sent after all."""
    if not rows:
        return
    session.execute(
        update(OutboxRow)
        .where(
            these(rows),
            OutboxRow.status == "sending",
            OutboxRow.lease_token == lease.token,
        )
        .values(status="queued", attempts=OutboxRow.attempts - 1)
        .execution_options(synchronize_session=False)
    )


def anything_due(session: Session, address_id: UUID, now: datetime) -> bool:
    """Whether a holder of the address would find something to send."""
    return bool(session.scalar(_ANY, {"address_id": address_id, "now": now, **lately(now)}))


def addresses_due(session: Session, now: datetime, most: int = 1000) -> Sequence[UUID]:
    """For the sweep: addresses with messages that could leave, and nobody who delivers them."""
    return session.scalars(_IDLE_AND_DUE, {"now": now, "most": most, **lately(now)}).all()
