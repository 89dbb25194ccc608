"""Scores of shops and riders by day, and by when goods were promised."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"

SHOP_PARTS = ("completion", "delivery", "rating", "stock", "response", "price")
RIDER_PARTS = ("completion", "time", "failures")


def upgrade() -> None:
    when = sa.DateTime(timezone=True)
    to_tell = sa.text("tell_at IS NOT NULL")
    op.create_table(
        "shop_scores",
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("orders", sa.Integer(), nullable=False),
        *(sa.Column(part, sa.Integer(), nullable=True) for part in SHOP_PARTS),
        sa.Column("tell_at", when, nullable=True),
    )
    op.create_index("ix_shop_scores_day", "shop_scores", ["day"])
    op.create_index(
        "ix_shop_scores_tell",
        "shop_scores",
        ["tell_at"],
        postgresql_where=to_tell,
        sqlite_where=to_tell,
    )
    op.create_table(
        "rider_scores",
        sa.Column("rider_id", sa.Uuid(), sa.ForeignKey("riders.id"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("jobs", sa.Integer(), nullable=False),
        *(sa.Column(part, sa.Integer(), nullable=True) for part in RIDER_PARTS),
    )
    op.create_index("ix_rider_scores_day", "rider_scores", ["day"])
    op.add_column("orders", sa.Column("promised_at", when, nullable=True))
    op.add_column("deliveries", sa.Column("bring_by", when, nullable=True))
