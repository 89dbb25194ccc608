"""The numbers to which shops have their money sent, and from where on a product runs low."""

import sqlalchemy as sa
from alembic import op

from store.models.base import UtcDateTime

revision = "0046"
down_revision = "0045"

PROPOSED = sa.text("set_at IS NULL AND ended_at IS NULL")
IN_FORCE = sa.text("set_at IS NOT NULL AND ended_at IS NULL")


def upgrade() -> None:
    for name in ("low", "critical", "low_from_file", "critical_from_file"):
        op.add_column("stock", sa.Column(name, sa.Integer()))
    op.create_table(
        "payout_numbers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("rail", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("polls", sa.Integer(), nullable=False),
        sa.Column("next_poll_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_payout_numbers_person_id")
        ),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_payout_numbers_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_numbers")),
    )
    for name, which in (("proposed", PROPOSED), ("in_force", IN_FORCE)):
        op.create_index(
            f"uq_payout_numbers_{name}",
            "payout_numbers",
            ["shop_id"],
            unique=True,
            postgresql_where=which,
            sqlite_where=which,
        )
    op.create_index(
        "ix_payout_numbers_due",
        "payout_numbers",
        ["next_poll_at"],
        postgresql_where=sa.text("next_poll_at IS NOT NULL"),
    )
    op.create_index("ix_payout_numbers_shop", "payout_numbers", ["shop_id", "created_at"])
