"""Goods that were listed or hidden by phone, and the pictures that came with them."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    for name in ("by_phone", "hidden"):
        op.add_column(
            "products", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.create_table(
        "pictures",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("address_id", sa.Uuid(), sa.ForeignKey("addresses.id"), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False, unique=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_pictures_shop_id", "pictures", ["shop_id"])
    op.create_index("ix_pictures_due_at", "pictures", ["due_at"])
