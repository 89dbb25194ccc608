"""Where customers wanted goods brought and the shop does not go."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "areas_asked",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asker", sa.String(), nullable=False),
        sa.Column("tell_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_areas_asked_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_areas_asked")),
    )
    op.create_index("ix_areas_asked_shop_id", "areas_asked", ["shop_id"])
    op.create_index("ix_areas_asked_tell_at", "areas_asked", ["tell_at"])
