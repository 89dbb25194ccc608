"""Goods of one supplier that several shops sell, counted once; goods that may be ordered unseen."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "pooled_stock",
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), primary_key=True),
        sa.Column("sku", sa.String(), primary_key=True),
        sa.Column("pool", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("owner_sku", sa.String(), nullable=False),
        sa.UniqueConstraint(
            "shop_id", "owner_id", "owner_sku", name="uq_pooled_stock_shop_id_owner_id_owner_sku"
        ),
    )
    op.create_index("ix_pooled_stock_pool", "pooled_stock", ["pool"])
    op.create_index("ix_pooled_stock_owner", "pooled_stock", ["owner_id", "owner_sku"])
    op.add_column(
        "products",
        sa.Column("backorder", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "shops",
        sa.Column("shares_stock", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
