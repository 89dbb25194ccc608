"""Rows that nobody reads in their own transaction: what happened, what was changed, what is to be sent.

They are put down as plain values while the work goes on, and written at the end of the transaction, all
of one table in one statement.
"""

from collections.abc import Mapping

from sqlalchemy import Insert, insert
from sqlalchemy.orm import Session

from store.models import Base
from store.prepared import PREPARED

_PUT_DOWN = "sokoni.put_down"
_INSERTS: dict[type[Base], Insert] = {}


def put_down(session: Session, table: type[Base], values: Mapping[str, object]) -> None:
    """A row of `table`, when the transaction commits. Every row of one table names the same columns."""
    session.info.setdefault(_PUT_DOWN, {}).setdefault(table, []).append(values)


def write_down(session: Session) -> None:
    """Before the commit: after the objects that such rows may refer to."""
    tables = session.info.pop(_PUT_DOWN, None)
    if not tables:
        return
    session.flush()
    connection = session.connection()
    for table, rows in tables.items():
        connection.execute(_insert(table), rows if len(rows) > 1 else rows[0])


def forget(session: Session) -> None:
    """After a rollback."""
    session.info.pop(_PUT_DOWN, None)


def _insert(table: type[Base]) -> Insert:
    """Put together once for each table."""
    if table not in _INSERTS:
        statement = insert(table.__table__).inline()  # type: ignore[arg-type]
        _INSERTS[table] = statement.execution_options(**PREPARED)
    return _INSERTS[table]
