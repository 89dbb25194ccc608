"""How many turns a conversation has had, by which a look that waited for its lock is known as old."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column(
        "conversations", sa.Column("turns", sa.Integer(), nullable=False, server_default="0")
    )
