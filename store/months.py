"""Messages and facts by month. On PostgreSQL each month is a partition: what is new stays small, and what
is old is dropped whole. SQLite has plain tables, of which the oldest rows are deleted.

A month is made long before it begins. What belongs to none that is there lands in a partition for the
rest, so that nothing is ever refused for want of one, and moves when its month is made.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, text

from store.errors import StoreError
from store.models.base import UtcDateTime

# Any number will do, as long as every process takes the same one.
ONE_AT_A_TIME = 720_419_002
# Whoever waits for a table makes others wait behind it, so it is not waited for long.
LOCK_WAIT = "500ms"
AHEAD = 3

_NAME = re.compile(r"(inbox|outbox|facts)_(\d{4}_\d{2}|before|rest)")
_BOUNDS = re.compile(r"FROM \((?:'([^']+)'|MINVALUE)\) TO \('([^']+)'\)")


class UnfinishedError(StoreError):
    """A month has something in it that is still to be answered or sent."""


@dataclass(frozen=True, slots=True)
class ByMonth:
    """`moment` is the column that says in which month a row is, `unfinished` a condition in SQL for
    rows that must not be dropped."""

    table: str
    moment: str
    unfinished: str = "false"

    @property
    def rest(self) -> str:
        """The partition for what has no month."""
        return f"{self.table}_rest"


INBOX = ByMonth("inbox", "received_at", "done_at IS NULL")
OUTBOX = ByMonth("outbox", "created_at", "status IN ('queued', 'sending', 'unknown')")
FACTS = ByMonth("facts", "at")
BY_MONTH = (INBOX, OUTBOX, FACTS)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month in UTC."""

    year: int
    number: int

    @classmethod
    def of(cls, moment: datetime) -> "Month":
        there = moment.astimezone(UTC)
        return cls(there.year, there.month)

    @property
    def start(self) -> datetime:
        return datetime(self.year, self.number, 1, tzinfo=UTC)

    def later(self, months: int) -> "Month":
        """So many months later, or earlier."""
        count = self.year * 12 + self.number - 1 + months
        return Month(count // 12, count % 12 + 1)


@dataclass(frozen=True, slots=True)
class Partition:
    """What is from `start` (None: from the beginning) to before `end`."""

    name: str
    start: datetime | None
    end: datetime

    def holds(self, month: Month) -> bool:
        return (self.start is None or self.start <= month.start) and month.start < self.end


def is_partition(name: str) -> bool:
    """Whether a table is a part of one that is kept by month."""
    return _NAME.fullmatch(name) is not None


def partitions(connection: Connection, table: ByMonth) -> Sequence[Partition]:
    """The months that are there, oldest first. PostgreSQL only, as all below but `delete_old`."""
    found = connection.execute(
        text(
            "SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i"
            " JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = to_regclass(:parent)"
        ),
        {"parent": table.table},
    )
    # One that is just being dropped has none.
    read = [(name, _BOUNDS.search(bounds or "")) for name, bounds in found]
    there = [
        Partition(name, _moment(match[1]) if match[1] else None, _moment(match[2]))
        for name, match in read
        if match is not None
    ]
    return sorted(there, key=lambda partition: partition.end)


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said).astimezone(UTC)


def missing(connection: Connection, table: ByMonth, now: datetime) -> Sequence[Month]:
    """The months that are to be made: this one and the next, and those of rows that have none."""
    this = Month.of(now)
    wanted = {this.later(months) for months in range(AHEAD + 1)}
    wanted |= {
        Month.of(moment)
        for (moment,) in connection.execute(
            text(f"SELECT DISTINCT date_trunc('month', {table.moment}, 'UTC') FROM {table.rest}")  # noqa: S608
        )
    }
    there = partitions(connection, table)
    return sorted(month for month in wanted if not any(each.holds(month) for each in there))


def make(connection: Connection, table: ByMonth, month: Month) -> None:
    """Make a month, and move there what has been waiting for it. Neither reading nor writing has to
    wait for it, but for those who look into the rest. Nothing to do where it is there already."""
    if any(each.holds(month) for each in partitions(connection, table)):
        return
    name = f"{table.table}_{month.year}_{month.number:02}"
    start, end = month.start.isoformat(), month.later(1).start.isoformat()
    for statement in (
        f"CREATE TABLE {name} (LIKE {table.table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)",
        f"LOCK TABLE {table.rest} IN ACCESS EXCLUSIVE MODE",
        f"WITH moved AS (DELETE FROM {table.rest}"  # noqa: S608
        f" WHERE {table.moment} >= '{start}' AND {table.moment} < '{end}' RETURNING *)"
        f" INSERT INTO {name} SELECT * FROM moved",
        f"ALTER TABLE {table.table} ATTACH PARTITION {name} FOR VALUES FROM ('{start}') TO ('{end}')",
    ):
        connection.execute(text(statement))


def drop(connection: Connection, table: ByMonth, partition: Partition) -> None:
    """Drop a month. Raises UnfinishedError while something in it is still to be done. Nothing
    to do where it is gone already."""
    if partition not in partitions(connection, table):
        return
    # Nobody writes into a month of long ago; this makes sure of it between looking and dropping.
    connection.execute(text(f"LOCK TABLE {partition.name} IN SHARE MODE"))
    unfinished = f"SELECT EXISTS (SELECT FROM {partition.name} WHERE {table.unfinished})"  # noqa: S608
    if connection.scalar(text(unfinished)):
        raise UnfinishedError(partition.name)
    connection.execute(text(f"ALTER TABLE {table.table} DETACH PARTITION {partition.name}"))
    connection.execute(text(f"DROP TABLE {partition.name}"))


def alone(connection: Connection) -> None:
    """Until the transaction ends: one process at a time, and nobody else is kept waiting for long. From
    here on the database's error is raised when a lock is not to be had in time."""
    connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'"))
    connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))


def delete_old(connection: Connection, table: ByMonth, before: datetime, most: int) -> int:
    """Delete at most so many rows from before then that are done with; how many it were."""
    deleted = connection.execute(
        text(
            f"DELETE FROM {table.table} WHERE id IN (SELECT id FROM {table.table}"  # noqa: S608
            f" WHERE {table.moment} < :before AND NOT ({table.unfinished}) LIMIT :most)"
        ).bindparams(bindparam("before", type_=UtcDateTime())),
        {"before": before, "most": most},
    )
    return deleted.rowcount
