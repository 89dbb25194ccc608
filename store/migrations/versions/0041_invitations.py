"""Staff and riders who are invited by phone."""

import sqlalchemy as sa
from alembic import op

from store.models.base import Document, UtcDateTime

revision = "0041"
down_revision = "0040"

STILL_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("asked_by", sa.Uuid(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("zones", Document, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
    )
    op.create_index(
        "uq_invitations_open",
        "invitations",
        ["shop_id", "person_id"],
        unique=True,
        postgresql_where=STILL_OPEN,
        sqlite_where=STILL_OPEN,
    )
    for table in ("staff", "riders"):
        op.add_column(
            table, sa.Column("by_phone", sa.Boolean(), nullable=False, server_default=sa.false())
        )
