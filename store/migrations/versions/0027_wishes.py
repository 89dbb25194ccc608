"""Wish lists, goods that are back, saved lists, and carts that their owners are reminded of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "wishes",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("wanted_at", moment, nullable=False),
        sa.Column("told_at", moment, nullable=True),
        sa.UniqueConstraint("shop_id", "person_id", "sku", name="uq_wishes_shop_id_person_id_sku"),
    )
    untold = sa.text("told_at IS NULL")
    op.create_index(
        "ix_wishes_waiting",
        "wishes",
        ["shop_id", "sku", "wanted_at"],
        postgresql_where=untold,
        sqlite_where=untold,
    )
    op.create_table(
        "restocks",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.UniqueConstraint("shop_id", "sku", name="uq_restocks_shop_id_sku"),
    )
    op.create_index("ix_restocks_due", "restocks", ["due_at"])
    op.create_table(
        "saved_lists",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("lines", document, nullable=False),
        sa.Column("saved_at", moment, nullable=False),
        sa.UniqueConstraint(
            "shop_id", "person_id", "name_key", name="uq_saved_lists_shop_id_person_id_name_key"
        ),
    )
    op.add_column("carts", sa.Column("remind_at", moment, nullable=True))
    op.add_column("carts", sa.Column("reminded_at", moment, nullable=True))
    waiting = sa.text("status = 'open' AND remind_at IS NOT NULL")
    op.create_index(
        "ix_carts_remind_at",
        "carts",
        ["remind_at"],
        postgresql_where=waiting,
        sqlite_where=waiting,
    )
