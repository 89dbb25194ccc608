"""Warnings and suspensions of shops and riders."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    in_force = sa.text("kind = 'suspension' AND ended_at IS NULL")
    when = sa.DateTime(timezone=True)
    op.create_table(
        "sanctions",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("rider_id", sa.Uuid(), sa.ForeignKey("riders.id"), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", when, nullable=False),
        sa.Column("until", when, nullable=True),
        sa.Column("ended_at", when, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("was", sa.String(), nullable=True),
    )
    op.create_index("ix_sanctions_shop_id_at", "sanctions", ["shop_id", "at"])
    op.create_index(
        "ix_sanctions_in_force",
        "sanctions",
        ["until"],
        postgresql_where=in_force,
        sqlite_where=in_force,
    )
    op.add_column(
        "riders", sa.Column("suspended", sa.Boolean(), nullable=False, server_default=sa.false())
    )
