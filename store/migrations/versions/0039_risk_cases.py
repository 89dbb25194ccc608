"""Payments at which a person looks because they are unusual."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    undecided = sa.text("decided_at IS NULL")
    when = sa.DateTime(timezone=True)
    op.create_table(
        "risk_cases",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("order_id", sa.Uuid(), sa.ForeignKey("orders.id"), nullable=True),
        sa.Column("rail", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column(
            "signals", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("opened_at", when, nullable=False),
        sa.Column("decided_at", when, nullable=True),
        sa.Column("allowed", sa.Boolean(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
    )
    op.create_index(
        "uq_risk_cases_undecided",
        "risk_cases",
        ["shop_id", "person_id", "verdict"],
        unique=True,
        postgresql_where=undecided,
        sqlite_where=undecided,
    )
    op.create_index("ix_risk_cases_person_id_opened_at", "risk_cases", ["person_id", "opened_at"])
    op.create_index(
        "ix_risk_cases_open",
        "risk_cases",
        ["opened_at"],
        postgresql_where=undecided,
        sqlite_where=undecided,
    )
