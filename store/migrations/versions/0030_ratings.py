"""What buyers think: stars of their orders, and what they add up to for goods and shops. And when an order
is to be brought."""

import sqlalchemy as sa
from alembic import op

from store.models.base import UtcDateTime

revision = "0030"
down_revision = "0029"

DUE = sa.text("rating_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("orders", sa.Column("rating_at", UtcDateTime(), nullable=True))
    for column in ("slot_from", "slot_until"):
        op.add_column("orders", sa.Column(column, UtcDateTime(), nullable=True))
    chosen = sa.text("slot_from IS NOT NULL")
    op.create_index(
        "ix_orders_slot",
        "orders",
        ["shop_id", "slot_from"],
        postgresql_where=chosen,
        sqlite_where=chosen,
    )
    op.create_index(
        "ix_orders_rating", "orders", ["rating_at"], postgresql_where=DUE, sqlite_where=DUE
    )
    for table in ("products", "shops"):
        for column in ("stars", "raters"):
            op.add_column(
                table, sa.Column(column, sa.Integer(), nullable=False, server_default="0")
            )
    op.create_table(
        "ratings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_ratings_shop_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_ratings_order_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_ratings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint("order_id", name=op.f("uq_ratings_order_id")),
    )
    op.create_index("ix_ratings_shop", "ratings", ["shop_id", "changed_at"])
