"""The numbers that people know addresses by, and who brought whom by a link."""

import sqlalchemy as sa
from alembic import op

from store.models.base import Sequence64, UtcDateTime

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.add_column("addresses", sa.Column("number", sa.String()))
    op.create_table(
        "shares",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("shop_id", "person_id", "sku"),
        sa.UniqueConstraint("token"),
    )
    op.create_table(
        "arrivals",
        sa.Column("id", Sequence64, primary_key=True, autoincrement=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("share_id", sa.Uuid(), sa.ForeignKey("shares.id"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_arrivals_share_id", "arrivals", ["share_id"])
    op.create_index("ix_arrivals_person", "arrivals", ["shop_id", "person_id", "until"])
