"""What makes an order cheaper, by line and by cause, and the tax on it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("orders", sa.Column("savings", document, nullable=False, server_default="[]"))
    op.add_column("orders", sa.Column("tax", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column(
        "order_lines", sa.Column("discount", sa.BigInteger(), nullable=False, server_default="0")
    )
