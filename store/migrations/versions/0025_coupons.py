"""Coupons, who used them, and what a cart's customer wants to use."""

import sqlalchemy as sa
from alembic import op

from store.models.base import Document, UtcDateTime

revision = "0025"
down_revision = "0023"

LISTS = ("categories", "products", "except_categories", "except_products")


def upgrade() -> None:
    op.add_column("carts", sa.Column("coupon", sa.String(), nullable=True))
    op.add_column("carts", sa.Column("points", sa.BigInteger(), nullable=True))
    op.add_column(
        "shops", sa.Column("coupons", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "coupons",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("worth", sa.BigInteger(), nullable=False),
        sa.Column("minimum", sa.BigInteger(), nullable=True),
        sa.Column("maximum", sa.BigInteger(), nullable=True),
        sa.Column("cap", sa.BigInteger(), nullable=True),
        *(sa.Column(name, Document, nullable=False) for name in LISTS),
        sa.Column("first_order", sa.Boolean(), nullable=False),
        sa.Column("limit_total", sa.Integer(), nullable=True),
        sa.Column("limit_person", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("by_phone", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("used >= 0", name=op.f("ck_coupons_used")),
        sa.CheckConstraint(
            "limit_total IS NULL OR used <= limit_total", name=op.f("ck_coupons_limit")
        ),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_coupons_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupons")),
        sa.UniqueConstraint("shop_id", "code", name=op.f("uq_coupons_shop_id_code")),
    )
    _uses()


def _uses() -> None:
    op.create_table(
        "coupon_uses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("coupon_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("given_back_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_coupon_uses_shop_id")),
        sa.ForeignKeyConstraint(
            ["coupon_id"], ["coupons.id"], name=op.f("fk_coupon_uses_coupon_id")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_coupon_uses_order_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_coupon_uses_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupon_uses")),
        sa.UniqueConstraint("order_id", name=op.f("uq_coupon_uses_order_id")),
    )
    op.create_index(
        op.f("ix_coupon_uses_coupon_id_person_id"), "coupon_uses", ["coupon_id", "person_id"]
    )
