"""When an order was answered and delivered, a wish to cancel it, and what comes back after the sale."""

import sqlalchemy as sa
from alembic import op

from store.models.base import Document, UtcDateTime

revision = "0029"
down_revision = "0028"

OPEN = sa.text("status IN ('asked', 'accepted')")


def upgrade() -> None:
    for column in ("answered_at", "delivered_at", "cancel_asked_at"):
        op.add_column("orders", sa.Column(column, UtcDateTime(), nullable=True))
    op.add_column("orders", sa.Column("repair_of", sa.Uuid(), nullable=True))
    op.create_table(
        "returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("goods", Document, nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("refund", sa.BigInteger(), nullable=True),
        sa.Column("repair_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_returns_shop_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_returns_order_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_returns_person_id")),
        sa.ForeignKeyConstraint(["repair_id"], ["orders.id"], name=op.f("fk_returns_repair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
    )
    op.create_index("ix_returns_order", "returns", ["order_id"])
    op.create_index(
        "uq_returns_open",
        "returns",
        ["order_id"],
        unique=True,
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )
