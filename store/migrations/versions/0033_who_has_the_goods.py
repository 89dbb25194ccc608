"""How long a pick-up is waited for, which rider has the goods, and that another try is wanted."""

import sqlalchemy as sa
from alembic import op

from store.models.base import UtcDateTime

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("pick_up_by", UtcDateTime(), nullable=True))
    for name in ("pick_up_asked", "again_wanted"):
        op.add_column(
            "deliveries",
            sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()),
        )
    op.add_column("deliveries", sa.Column("holder_id", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_deliveries_pick_up",
        "deliveries",
        ["pick_up_by"],
        postgresql_where=sa.text("pick_up_by IS NOT NULL"),
    )
    op.create_index(
        "ix_deliveries_holder",
        "deliveries",
        ["holder_id"],
        postgresql_where=sa.text("holder_id IS NOT NULL"),
    )
