"""Taking a person out, by whatever way they asked for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, false, func, null, or_, select, union, update
from sqlalchemy.orm import Session

from flows.ports.refusals import Refusal
from store.errors import StoreError
from store.forgetting.hindrances import hindrance
from store.forgetting.personal import PERSONAL, THEIR_OWN
from store.forgetting.whereabouts import shops_of, skip_strangers, theirs
from store.models import (
    CartRow,
    ConversationRow,
    CustomerRow,
    InboxRow,
    OrderRow,
    OutboxRow,
    PayoutNumberRow,
    PersonRow,
    RiderRow,
    StaffRow,
)
from store.stops import keep_stops

# How messages stand that have not left.
WAITING = ("queued", "sending", "unknown")


class UnfinishedError(StoreError):
    """The person cannot be forgotten yet; `why` says what must end first."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(type(why).__name__)
        self.why = why


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was kept without a name."""

    orders: int
    messages: int


def find(session: Session, known_as: str) -> PersonRow | None:
    """By E.164 phone or WhatsApp user id, locked."""
    return session.scalar(
        select(PersonRow)
        .where(or_(PersonRow.phone == known_as, PersonRow.whatsapp_user_id == known_as))
        .with_for_update()
    )


def forget(session: Session, person: PersonRow, digests: Sequence[str]) -> Forgotten:
    """Take out everything that names the person, who is locked. `digests` are those of `store.stops`.
    Raises UnfinishedError while something is under way."""
    skip_strangers(session)
    shops = shops_of(session, person)
    why = hindrance(session, person, shops)
    if why is not None:
        raise UnfinishedError(why)
    _still(session, person, shops)
    told_others = _about(session, person, shops)
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.person_id == person.id, OutboxRow.status.in_(WAITING))
        .values(status="failed")
    )
    session.execute(
        update(CartRow)
        .where(theirs(CartRow, person, shops), CartRow.status == "open")
        .values(status="expired")
    )
    keep_stops(session, person, digests)
    for table, values in PERSONAL.items():
        session.execute(update(table).where(theirs(table, person, shops)).values(values))
    _numbers(session, person)
    for table in THEIR_OWN:
        session.execute(delete(table).where(theirs(table, person, shops)))
    session.execute(update(OutboxRow).where(told_others).values(body="", payload=null()))
    person.phone = person.whatsapp_user_id = None
    return Forgotten(
        _count(session, OrderRow, person, shops), _count(session, InboxRow, person, shops)
    )


def _still(session: Session, person: PersonRow, shops: Sequence[UUID]) -> None:
    """Until this is done no turn of theirs begins, anywhere."""
    session.execute(
        select(ConversationRow.id)
        .where(theirs(ConversationRow, person, shops))
        .order_by(ConversationRow.id)
        .with_for_update()
    )


def _numbers(session: Session, person: PersonRow) -> None:
    """A shop's money may have gone to their phone, by somebody else's word."""
    if person.phone is not None:
        session.execute(
            update(PayoutNumberRow)
            .where(PayoutNumberRow.phone == person.phone, PayoutNumberRow.ended_at.is_not(None))
            .values(phone="", holder=None)
        )


def _about(session: Session, person: PersonRow, shops: Sequence[UUID]) -> ColumnElement[bool]:
    """Messages to sellers and riders that name the person: an order's alert says who wants it where."""
    customers = session.scalars(select(CustomerRow).where(theirs(CustomerRow, person, shops)))
    orders = session.scalars(select(OrderRow).where(theirs(OrderRow, person, shops)))
    rows: list[CustomerRow | OrderRow] = [*customers, *orders]
    at = {row.shop_id for row in rows}
    named = {person.phone, person.whatsapp_user_id}
    named.update(said for row in rows for said in (row.payer, row.name, row.landmark))
    known = [
        OutboxRow.body.contains(said, autoescape=True) for said in named if said and len(said) > 2
    ]
    team = session.scalars(
        union(
            *(select(role.person_id).where(role.shop_id.in_(at)) for role in (StaffRow, RiderRow))
        )
    ).all()
    return and_(
        OutboxRow.person_id.in_(team),
        OutboxRow.shop_id.in_(at),
        OutboxRow.status.not_in(WAITING),
        or_(false(), *known),
    )


def _count(
    session: Session,
    table: type[OrderRow] | type[InboxRow],
    person: PersonRow,
    shops: Sequence[UUID],
) -> int:
    counted = select(func.count()).select_from(table).where(theirs(table, person, shops))
    return session.scalar(counted) or 0
