"""Messages and facts by month.

On PostgreSQL the tables as they were become the first partition, whole: nothing is copied. It reaches to
the end of next month and keeps its unique key, so that the version that is still running meets its
redeliveries. On SQLite only indexes change.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

import sqlalchemy as sa
from alembic import op
from sqlalchemy import TextClause

from store.models.base import Sequence64, UtcDateTime
from store.months import BY_MONTH, INBOX, OUTBOX, ByMonth, Month, make, missing

revision = "0011"
down_revision = "0010"

# Its columns, and of which rows it is.
Index: TypeAlias = tuple[tuple[str, ...], TextClause | None]
# By table, by the index's name after the table's.
Indexes: TypeAlias = dict[str, dict[str, Index]]

PENDING = sa.text("status IN ('queued', 'sending', 'unknown')")
UNANSWERED = sa.text("done_at IS NULL")
FAILED = sa.text("failure IS NOT NULL")
SENT = sa.text("provider_id IS NOT NULL")

# Indexes as the release before made them: those that stay as they are, and those that go.
STAYING: Indexes = {
    "inbox": {
        "unanswered": (("shop_id", "person_id", "id"), UNANSWERED),
        "waiting": (("received_at",), UNANSWERED),
    },
    "outbox": {"due": (("address_id", "due_at"), PENDING)},
    "facts": {"shop_id_name_at": (("shop_id", "name", "at"), None)},
}
GOING: dict[str, tuple[str, ...]] = {
    "inbox": (),
    "outbox": ("person", "provider_id"),
    "facts": (),
}
NEW: Indexes = {
    "inbox": {"failed": (("received_at",), FAILED)},
    "outbox": {
        "in_line": (("address_id", "person_id", "id"), PENDING),
        "provider_id": (("provider_id",), SENT),
        "reference": (("reference",), None),
    },
    "facts": {},
}
FOREIGN = {
    "inbox": {"address_id": "addresses", "person_id": "people", "shop_id": "shops"},
    "outbox": {"address_id": "addresses", "person_id": "people", "shop_id": "shops"},
    "facts": {"shop_id": "shops"},
}


def upgrade() -> None:
    op.create_table(
        "received",
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("number", Sequence64, nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("address_id", "message_id", name=op.f("pk_received")),
    )
    op.create_index(op.f("ix_received_received_at"), "received", ["received_at"])
    if op.get_bind().dialect.name == "postgresql":
        for table in BY_MONTH:
            _divide(table)
            _index(table, STAYING[table.table])
    else:
        for name in GOING["outbox"]:
            op.drop_index(f"ix_outbox_{name}", "outbox")
        with op.batch_alter_table("outbox") as outbox:
            outbox.drop_constraint("uq_outbox_reference", type_="unique")
    for table in BY_MONTH:
        _index(table, NEW[table.table])
        op.create_index(
            f"ix_{table.table}_{table.moment}",
            table.table,
            [table.moment],
            postgresql_using="brin",
            postgresql_with={"pages_per_range": 32, "autosummarize": True},
        )


def _divide(table: ByMonth) -> None:
    """Make a table that is divided out of one that is not."""
    connection, name = op.get_bind(), table.table
    before = f"{name}_before"
    now: datetime
    newest: datetime | None
    now, newest = connection.execute(
        sa.text(f"SELECT now(), max({table.moment}) FROM {name}")  # noqa: S608
    ).one()
    op.rename_table(name, before)
    for index in GOING[name]:
        op.drop_index(f"ix_{name}_{index}", before)
    for index in STAYING[name]:
        # The whole's index of this name takes it in.
        op.execute(f"ALTER INDEX ix_{name}_{index} RENAME TO ix_{before}_{index}")
    op.drop_constraint(f"pk_{name}", before)
    op.execute(
        f"CREATE TABLE {name} (LIKE {before} INCLUDING DEFAULTS)"
        f" PARTITION BY RANGE ({table.moment})"
    )
    op.create_primary_key(f"pk_{name}", name, ["id", table.moment])
    for column, other in FOREIGN[name].items():
        op.create_foreign_key(f"fk_{name}_{column}", name, other, [column], ["id"])
    op.execute(f"ALTER SEQUENCE {name}_id_seq OWNED BY {name}.id")
    op.execute(f"CREATE TABLE {table.rest} PARTITION OF {name} DEFAULT")
    if newest is None:
        op.drop_table(before)
    else:
        _attach(table, before, Month.of(max(now, newest)).later(2))
    for month in missing(connection, table, now):
        make(connection, table, month)


def _attach(table: ByMonth, before: str, end: Month) -> None:
    """Hand over what there is, as it is."""
    op.execute(f"ALTER TABLE {before} ADD PRIMARY KEY (id, {table.moment})")
    if table is OUTBOX:
        op.drop_constraint("uq_outbox_reference", before)
    if table is INBOX:
        op.execute(
            "INSERT INTO received (address_id, message_id, number, received_at)"
            " SELECT address_id, message_id, id, received_at FROM inbox_before"
            " WHERE received_at > now() - interval '40 days'"
        )
    op.execute(
        f"ALTER TABLE {table.table} ATTACH PARTITION {before}"
        f" FOR VALUES FROM (MINVALUE) TO ('{end.start.isoformat()}')"
    )


def _index(table: ByMonth, indexes: Mapping[str, Index]) -> None:
    """A divided table hands its indexes on to the months."""
    for name, (columns, where) in indexes.items():
        op.create_index(
            f"ix_{table.table}_{name}",
            table.table,
            list(columns),
            postgresql_where=where,
            sqlite_where=where,
        )
