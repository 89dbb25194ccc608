"""Where a person is known, so that nobody's forgetting reads the whole of what everybody has said."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select, text, union
from sqlalchemy.orm import Session

from store.models import (
    Base,
    CustomerRow,
    OrderRow,
    PersonRow,
    RatingRow,
    ReturnRow,
    RiderRow,
    StaffRow,
)

# Their keys begin with the shop's, or with the order's.
BY_ORDER: frozenset[type[Base]] = frozenset({RatingRow, ReturnRow})


def skip_strangers(session: Session) -> None:
    """Until the transaction ends, let PostgreSQL leave out the stretches that have nothing of a person. Its
    planner takes such an index to be worth nothing where a person's messages lie apart: PostgreSQL 15,
    brincostestimate goes by the column's correlation, which means nothing to a Bloom filter."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_seqscan = off"))


def shops_of(session: Session, person: PersonRow) -> Sequence[UUID]:
    """Where the person buys, sells or rides, or did."""
    known = (
        select(role.shop_id).where(role.person_id == person.id)
        for role in (CustomerRow, StaffRow, RiderRow)
    )
    return session.scalars(union(*known)).all()


def theirs(table: type[Base], person: PersonRow, shops: Sequence[UUID]) -> ColumnElement[bool]:
    """Which rows of a table are the person's, by the columns that its indexes begin with."""
    columns = table.__table__.c
    mine: ColumnElement[bool] = columns.person_id == person.id
    if table in BY_ORDER:
        orders = select(OrderRow.id).where(
            OrderRow.shop_id.in_(shops), OrderRow.person_id == person.id
        )
        return mine & columns.order_id.in_(orders)
    if "shop_id" in columns and not columns.shop_id.nullable:
        return mine & columns.shop_id.in_(shops)
    return mine
