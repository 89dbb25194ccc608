"""Businesses that ask for wholesale prices, and goods that a shop lists of another."""

import sqlalchemy as sa
from alembic import op

from store.models.base import UtcDateTime

revision = "0038"
down_revision = "0037"

PENDING = sa.text("status = 'pending'")


def upgrade() -> None:
    _applications()
    op.create_table(
        "listings",
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), primary_key=True),
        sa.Column("sku", sa.String(), primary_key=True),
        sa.Column("owner_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("price", sa.BigInteger()),
        sa.Column("markup", sa.Integer(), nullable=False),
        sa.Column("by_phone", sa.Boolean(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
    )
    op.create_index("ix_listings_owner_id", "listings", ["owner_id"])


def _applications() -> None:
    op.create_table(
        "wholesale_applications",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("business", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("by", sa.String()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime()),
        sa.UniqueConstraint("shop_id", "number"),
    )
    op.create_index(
        "uq_wholesale_applications_pending",
        "wholesale_applications",
        ["shop_id", "person_id"],
        unique=True,
        postgresql_where=PENDING,
        sqlite_where=PENDING,
    )
