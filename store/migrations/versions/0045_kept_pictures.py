"""The pictures of goods themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    op.add_column("pictures", sa.Column("content", sa.LargeBinary()))
