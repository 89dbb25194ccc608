"""What a paid order that was sent farther still owes in cash at the door."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"

COLUMNS = ("due_at_door", "door_credit")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column(
            "orders", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")
        )
