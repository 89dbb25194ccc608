"""What is counted and swept of orders and money, without reading all there ever was."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

COUNTED_BY_DAY = ("orders", "deliveries", "payment_attempts", "refunds")
SEEN_TO = (
    ("payment_attempts", "held", "got IS NOT NULL"),
    ("refunds", "open", "settled_at IS NULL"),
)


def upgrade() -> None:
    for table in COUNTED_BY_DAY:
        op.create_index(
            f"ix_{table}_created_at",
            table,
            ["created_at"],
            postgresql_using="brin",
            postgresql_with={"pages_per_range": 32, "autosummarize": True},
        )
    for table, name, which in SEEN_TO:
        where = sa.text(which)
        op.create_index(
            f"ix_{table}_{name}", table, ["status"], postgresql_where=where, sqlite_where=where
        )
