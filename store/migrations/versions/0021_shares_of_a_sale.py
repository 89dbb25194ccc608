"""Whose the money of an order's line is, and what suppliers get for their goods."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("products", sa.Column("base_price", sa.BigInteger(), nullable=True))
    op.add_column("products", sa.Column("supplier", sa.String(), nullable=True))
    op.add_column("variants", sa.Column("base_price", sa.BigInteger(), nullable=True))
    op.add_column(
        "order_lines",
        sa.Column("commission", sa.BigInteger(), nullable=False, server_default="0"),
    )
    op.add_column("order_lines", sa.Column("base", sa.BigInteger(), nullable=True))
    op.add_column("order_lines", sa.Column("supplier", sa.String(), nullable=True))
