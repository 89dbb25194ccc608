"""Whether a shop is live, and until when it takes no orders."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.add_column("shops", sa.Column("status", sa.String(), nullable=False, server_default="live"))
    op.add_column("shops", sa.Column("paused_until", sa.DateTime(timezone=True)))
