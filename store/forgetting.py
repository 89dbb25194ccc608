"""A person is taken out of the books, and the books stay: what was sold, paid and delivered adds up as
before, and names nobody."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, func, null, or_, select, update
from sqlalchemy.orm import Session

from store.errors import StoreError
from store.models import (
    AddressingRow,
    AttemptRow,
    BalanceRow,
    Base,
    CartRow,
    ChallengeRow,
    ConversationRow,
    CustomerRow,
    FactRow,
    InboxRow,
    OrderRow,
    OutboxRow,
    PayoutRow,
    PersonRow,
    RiderRow,
    StaffRow,
)
from store.shops import CLOSED_ORDERS
from store.wallets import wallet_of

# What is personal in each table, and what stands in its place. A test walks the tables for columns that
# are neither here nor known to name nobody.
PERSONAL: Mapping[type[Base], Mapping[str, object]] = {
    CustomerRow: dict.fromkeys(("name", "payer", "area", "landmark", "contact")),
    ConversationRow: {"places": {}, "shown": {}, "ussd": {}},
    InboxRow: {"text": "", "payload": {}, "answer": None, "failure": None},
    OutboxRow: {"recipient": "", "body": "", "payload": null(), "error": None},
    OrderRow: dict.fromkeys(("payer", "phone", "name", "area", "landmark")),
    AddressingRow: {"asked": null()},
    StaffRow: {"name": None},
    RiderRow: {"name": "", "undo": null()},
    FactRow: {"values": {}},
    AttemptRow: {"payer": "", "link": None, "code": None},
    PayoutRow: {"phone": "", "expected": None, "holder": None},
    ChallengeRow: {"phone": "", "payload": {}},
}
# How messages stand that have not left.
WAITING = ("queued", "sending", "unknown")


class UnfinishedError(StoreError):
    """The person cannot be forgotten yet; the text says why, and what to do first."""


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


def forget(session: Session, person: PersonRow) -> Forgotten:
    """Take out everything that names the person. Raises UnfinishedError while something is under way."""
    _finished(session, person)
    told_others = _about(session, person)
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.person_id == person.id, OutboxRow.status.in_(WAITING))
        .values(status="failed")
    )
    session.execute(
        update(CartRow)
        .where(CartRow.person_id == person.id, CartRow.status == "open")
        .values(status="expired")
    )
    for table, values in PERSONAL.items():
        column: ColumnElement[object] = table.__table__.c.person_id
        session.execute(update(table).where(column == person.id).values(values))
    session.execute(update(OutboxRow).where(told_others).values(body="", payload=null()))
    person.phone = person.whatsapp_user_id = None
    return Forgotten(_count(session, OrderRow, person), _count(session, InboxRow, person))


def _finished(session: Session, person: PersonRow) -> None:
    for role in (StaffRow, RiderRow):
        if session.scalar(select(role.id).where(role.person_id == person.id, role.active).limit(1)):
            raise UnfinishedError(
                "sells or rides: take them out of the shop's file and load it first"
            )
    number = session.scalar(
        select(OrderRow.number)
        .where(OrderRow.person_id == person.id, OrderRow.status.not_in(CLOSED_ORDERS))
        .limit(1)
    )
    if number is not None:
        raise UnfinishedError(f"order {number} is under way: end it first")
    _without_money(session, person)


def _without_money(session: Session, person: PersonRow) -> None:
    """Nobody could say any more whose it is."""
    leaving = select(PayoutRow.id).where(
        PayoutRow.person_id == person.id, PayoutRow.settled_at.is_(None)
    )
    if session.scalar(leaving.limit(1)) is not None:
        raise UnfinishedError("a payout is under way: wait for its end, or see flask money payouts")
    kept = select(BalanceRow.balance).where(
        BalanceRow.account == wallet_of(person.id).name, BalanceRow.balance > 0
    )
    if session.scalar(kept.limit(1)) is not None:
        raise UnfinishedError("there is money in their wallet: have it withdrawn first")


def _about(session: Session, person: PersonRow) -> ColumnElement[bool]:
    """Messages to sellers and riders that name the person: an order's alert says who wants it where."""
    customers = session.scalars(select(CustomerRow).where(CustomerRow.person_id == person.id))
    orders = session.scalars(select(OrderRow).where(OrderRow.person_id == person.id))
    rows: list[CustomerRow | OrderRow] = [*customers, *orders]
    shops = {row.shop_id for row in rows}
    named = {person.phone, person.whatsapp_user_id}
    named.update(said for row in rows for said in (row.payer, row.name, row.landmark))
    known = [
        OutboxRow.body.contains(said, autoescape=True) for said in named if said and len(said) > 2
    ]
    left = OutboxRow.status.not_in(WAITING)
    return and_(OutboxRow.shop_id.in_(shops), left, or_(false(), *known))


def _count(session: Session, table: type[OrderRow] | type[InboxRow], person: PersonRow) -> int:
    counted = select(func.count()).select_from(table).where(table.person_id == person.id)
    return session.scalar(counted) or 0
