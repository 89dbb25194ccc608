"""When the platform's staff verified a shop."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    op.add_column("shops", sa.Column("verified_at", sa.DateTime(timezone=True)))
