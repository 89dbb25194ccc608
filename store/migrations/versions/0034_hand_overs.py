"""What riders say they handed over, where they were last, and their steps by day."""

import sqlalchemy as sa
from alembic import op

from store.models.base import UtcDateTime

revision = "0034"
down_revision = "0033"

STILL_OPEN = sa.text("settled_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "hand_overs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("rider_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("got", sa.BigInteger(), nullable=True),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["rider_id"], ["riders.id"], name=op.f("fk_hand_overs_rider_id")),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_hand_overs_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
    )
    op.create_index(
        "uq_hand_overs_open",
        "hand_overs",
        ["shop_id", "rider_id"],
        unique=True,
        postgresql_where=STILL_OPEN,
        sqlite_where=STILL_OPEN,
    )
    op.add_column("riders", sa.Column("last_zone", sa.String(), nullable=True))
    op.add_column("riders", sa.Column("last_at", UtcDateTime(), nullable=True))
    op.create_index("ix_delivery_history_rider", "delivery_history", ["rider_id", "at"])
