"""Inserting what may be there already: the statement that each engine spells for itself."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.models import Base

INSERTS: Mapping[str, Callable[..., Any]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


def insert_if_new(session: Session, table: type[Base], **values: object) -> None:
    """Insert a row unless one with the same unique key is there, which is then left as it is. Waits
    for a transaction that is inserting the same key."""
    insert = INSERTS[session.get_bind().dialect.name]
    session.execute(insert(table).values(**values).on_conflict_do_nothing())
