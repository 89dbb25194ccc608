"""Statements that every message needs, planned once per connection and not each time.

Planning takes PostgreSQL longer than running them. The driver knows no prepared statements, so they are
spelled in SQL (PostgreSQL, "PREPARE"). Only what is marked is prepared: a parameter gets its type from
what stands around it, and not every statement says enough.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count
from typing import Any

import psycopg2
from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

# To be given to `execution_options` of a statement.
PREPARED: Mapping[str, bool] = {"prepared": True}
# A connection keeps so many; statements beyond are planned each time.
MOST = 100
# SQLSTATEs of a plan that no longer holds since its tables were changed, or that is not there any more.
# The transaction is lost; the next one prepares anew.
GONE = frozenset({"0A000", "26000"})
_NAMES = "sokoni.prepared"
_NUMBERS = count()
_PARAMETER = re.compile(r"%\((\w+)\)s")


def prepare_on(engine: Engine) -> None:
    """Have the marked statements of `engine` prepared, on PostgreSQL."""
    event.listen(engine, "connect", _is_ours)
    event.listen(engine, "do_execute", _execute)


def _is_ours(connection: Any, entry: ConnectionPoolEntry) -> None:
    """A pooler in between, such as PgBouncer, may give each transaction another connection, on which
    nothing was prepared. It shows by the process that answers: not the one that was announced."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        answering = cursor.fetchone()[0]
    connection.rollback()
    if answering == connection.info.backend_pid:
        entry.info[_NAMES] = {}


def _execute(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
    """Whether the statement was run here."""
    if not context.execution_options.get("prepared"):
        return False
    names: dict[str, str] | None = context.root_connection.info.get(_NAMES)
    if names is None or (statement not in names and len(names) >= MOST):
        return False
    text, order = _spelled(statement)
    name = names.get(statement)
    if name is None:
        name = f"sokoni_{next(_NUMBERS)}"
        cursor.execute(f"PREPARE {name} AS {text}")
        names[statement] = name
    values = ", ".join(f"%({parameter})s" for parameter in order)
    try:
        cursor.execute(f"EXECUTE {name}({values})" if order else f"EXECUTE {name}", parameters)
    except psycopg2.Error as error:
        if error.pgcode in GONE:
            del names[statement]
        raise
    return True


@cache
def _spelled(statement: str) -> tuple[str, Sequence[str]]:
    """With numbered parameters, and their names in that order."""
    order: list[str] = []

    def number(found: re.Match[str]) -> str:
        if found[1] not in order:
            order.append(found[1])
        return f"${order.index(found[1]) + 1}"

    return _PARAMETER.sub(number, statement).replace("%%", "%"), tuple(order)
