"""What nobody reads in its own transaction: what happened, what is to be sent, where a talk stands.

It is put down as plain values while the work goes on and written at the end of the transaction, on
PostgreSQL all of it in one statement (PostgreSQL, "Data-Modifying Statements in WITH").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Insert, Table, Update, and_, bindparam, insert, update
from sqlalchemy.orm import Session

from store.models import Base
from store.prepared import PREPARED

_PUT_DOWN = "sokoni.put_down"

Values: TypeAlias = Mapping[str, object]
# A table, which columns are written, by which columns the row is found (none: it is new), how many rows.
Shape: TypeAlias = tuple[Table, tuple[str, ...], tuple[str, ...], int]
_STATEMENTS: dict[tuple[bool, tuple[Shape, ...]], Sequence[Insert | Update]] = {}


@dataclass(slots=True)
class Written:
    """One part of what is written: new rows of a table, or one row's changes, found by `key`."""

    table: Table
    rows: list[Values]
    key: Values | None = None

    @property
    def shape(self) -> Shape:
        return self.table, tuple(self.rows[0]), tuple(self.key or ()), len(self.rows)


def put_down(session: Session, table: type[Base], values: Values) -> None:
    """A new row, when the transaction commits. Every row of one table names the same columns, all but
    those that the database fills."""
    parts = session.info.setdefault(_PUT_DOWN, [])
    mine = _table(table)
    for part in parts:
        if part.table is mine and part.key is None:
            part.rows.append(values)
            return
    parts.append(Written(mine, [values]))


def change(session: Session, table: type[Base], key: Values, values: Values) -> None:
    """Changes of one row that is locked, when the transaction commits."""
    if values:
        session.info.setdefault(_PUT_DOWN, []).append(Written(_table(table), [values], key))


def write_down(session: Session) -> None:
    """Before the commit: after the objects that such rows may refer to."""
    parts: list[Written] | None = session.info.pop(_PUT_DOWN, None)
    if not parts:
        return
    session.flush()
    connection = session.connection()
    together = connection.dialect.name == "postgresql"
    statements = _statements(together, tuple(part.shape for part in parts))
    values = [_named(place, part) for place, part in enumerate(parts)]
    if together:
        values = [{name: value for named in values for name, value in named.items()}]
    for statement, named in zip(statements, values, strict=True):
        connection.execute(statement, named)


def forget(session: Session) -> None:
    """After a rollback."""
    session.info.pop(_PUT_DOWN, None)


def _table(model: type[Base]) -> Table:
    return model.metadata.tables[model.__tablename__]


def _statements(together: bool, shapes: tuple[Shape, ...]) -> Sequence[Insert | Update]:
    """Put together once for each combination."""
    key = (together, shapes)
    if key not in _STATEMENTS:
        made = [_statement(place, shape) for place, shape in enumerate(shapes)]
        if together:
            *others, last = made
            ctes = [other.cte(f"written_{place}") for place, other in enumerate(others)]
            made = [last.add_cte(*ctes)] if ctes else [last]
        _STATEMENTS[key] = [one.execution_options(**PREPARED) for one in made]
    return _STATEMENTS[key]


def _statement(place: int, shape: Shape) -> Any:
    table, columns, found_by, number = shape

    def value(row: str, column: str) -> Any:
        return bindparam(_name(place, row, column), type_=table.c[column].type)

    if found_by:
        where = and_(*(table.c[name] == value("key", name) for name in found_by))
        return update(table).where(where).values({name: value("0", name) for name in columns})
    rows = [{name: value(str(row), name) for name in columns} for row in range(number)]
    return insert(table).values(rows if number > 1 else rows[0]).inline()


def _named(place: int, part: Written) -> dict[str, object]:
    """The values under the names that the statement knows them by."""
    named = {
        _name(place, str(number), column): value
        for number, row in enumerate(part.rows)
        for column, value in row.items()
    }
    for column, value in (part.key or {}).items():
        named[_name(place, "key", column)] = value
    return named


def _name(place: int, row: str, column: str) -> str:
    return f"w{place}_{row}_{column}"
