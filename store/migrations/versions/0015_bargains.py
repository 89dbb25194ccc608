"""Haggling: how low a price may be talked, what was said, and what a cart has agreed."""

import sqlalchemy as sa
from alembic import op

from store.models.base import Document, UtcDateTime

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    for table in ("products", "variants"):
        op.add_column(table, sa.Column("floor", sa.BigInteger(), nullable=True))
        op.add_column(table, sa.Column("floor_off", sa.Integer(), nullable=True))
    op.add_column(
        "carts", sa.Column("agreed", Document, nullable=False, server_default=sa.text("'{}'"))
    )
    op.create_table(
        "bargains",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("listed", sa.BigInteger(), nullable=False),
        sa.Column("counters", sa.Integer(), nullable=False),
        sa.Column("counter", sa.BigInteger(), nullable=True),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.BigInteger(), nullable=True),
        sa.Column("cart_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_bargains_shop_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_bargains_person_id")),
        sa.ForeignKeyConstraint(["cart_id"], ["carts.id"], name=op.f("fk_bargains_cart_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bargains")),
        sa.UniqueConstraint(
            "shop_id", "person_id", "sku", "day", name=op.f("uq_bargains_shop_id_person_id_sku_day")
        ),
    )
    op.create_index(op.f("ix_bargains_day"), "bargains", ["day"])
