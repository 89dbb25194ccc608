"""Sale prices, prices by quantity, what else a product is known by, and promotions with their uses."""

import sqlalchemy as sa
from alembic import op

from store.models.base import Document, UtcDateTime

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    for table in ("products", "variants"):
        op.add_column(table, sa.Column("sale_price", sa.BigInteger(), nullable=True))
        op.add_column(table, sa.Column("sale_from", UtcDateTime(), nullable=True))
        op.add_column(table, sa.Column("sale_until", UtcDateTime(), nullable=True))
        op.add_column(table, sa.Column("breaks", Document, nullable=True))
        op.add_column(table, sa.Column("cost", sa.BigInteger(), nullable=True))
    op.add_column("variants", sa.Column("modifier", sa.BigInteger(), nullable=True))
    op.add_column("products", sa.Column("brand", sa.String(), nullable=True))
    op.add_column("products", sa.Column("tags", Document, nullable=True))
    op.add_column(
        "products", sa.Column("featured", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "products", sa.Column("minimum", sa.Integer(), nullable=False, server_default="1")
    )
    _promotions()
    _uses()


def _promotions() -> None:
    op.create_table(
        "promotions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("terms", Document, nullable=False),
        sa.Column("limit_total", sa.Integer(), nullable=True),
        sa.Column("limit_each", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_promotions_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotions")),
        sa.UniqueConstraint("shop_id", "name", name=op.f("uq_promotions_shop_id_name")),
        sa.CheckConstraint("used >= 0", name=op.f("ck_promotions_used_not_negative")),
    )


def _uses() -> None:
    op.create_table(
        "promotion_uses",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("promotion_id", sa.Uuid(), nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=False),
        sa.Column("given_back_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_promotion_uses_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_promotion_uses_promotion_id")
        ),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_promotion_uses_shop_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_promotion_uses_person_id")
        ),
        sa.PrimaryKeyConstraint("order_id", "promotion_id", name=op.f("pk_promotion_uses")),
    )
    op.create_index(
        op.f("ix_promotion_uses_promotion_id_person_id"),
        "promotion_uses",
        ["promotion_id", "person_id"],
    )
