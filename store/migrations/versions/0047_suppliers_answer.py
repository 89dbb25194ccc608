"""What resellers' orders want of their suppliers, and goods of suppliers that take no orders."""

import sqlalchemy as sa
from alembic import op

from store.models.base import UtcDateTime

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    op.add_column(
        "listings", sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "supplies",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("order_id", sa.Uuid(), sa.ForeignKey("orders.id"), nullable=False),
        sa.Column("owner_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime()),
        sa.Column("news_at", UtcDateTime()),
        sa.Column("answered_at", UtcDateTime()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("owner_id", "number"),
        sa.UniqueConstraint("order_id", "supplier"),
    )
    op.create_index("ix_supplies_owner", "supplies", ["owner_id", "created_at"])
    op.create_index("ix_supplies_shop_id", "supplies", ["shop_id"])
    for name in ("due", "news"):
        waiting = sa.text(f"{name}_at IS NOT NULL")
        op.create_index(
            f"ix_supplies_{name}",
            "supplies",
            [f"{name}_at"],
            postgresql_where=waiting,
            sqlite_where=waiting,
        )
