"""Attempts that fill a wallet, links and one-time codes, what a person must decide, and what was looked
at a second time."""

import sqlalchemy as sa
from alembic import op

from store.models.base import UtcDateTime

revision = "0019"
down_revision = "0018"

OPEN = "status IN ('created', 'submitted', 'pending', 'unknown')"
OPEN_TOP_UP = sa.text(f"{OPEN} AND purpose = 'top-up'")
UNMATCHED = sa.text("status IN ('succeeded', 'failed') AND reconciled_at IS NULL")
ORDERLESS = ("payment_attempts", "refunds")


def upgrade() -> None:
    _attempts()
    _refunds()
    for table in ORDERLESS:
        _need_no_order(table)
    _reviews()


def _attempts() -> None:
    text = {"purpose": "order", "link": None, "code": None}
    for name, default in text.items():
        op.add_column(
            "payment_attempts",
            sa.Column(name, sa.String(), nullable=default is None, server_default=default),
        )
    op.add_column("payment_attempts", sa.Column("person_id", sa.Uuid(), nullable=True))
    op.add_column(
        "payment_attempts",
        sa.Column("wants_code", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("payment_attempts", sa.Column("reconciled_at", UtcDateTime(), nullable=True))
    op.execute(
        "UPDATE payment_attempts SET person_id ="
        " (SELECT person_id FROM orders WHERE orders.id = payment_attempts.order_id)"
    )
    op.create_index(
        "uq_payment_attempts_open_top_up",
        "payment_attempts",
        ["shop_id", "person_id"],
        unique=True,
        postgresql_where=OPEN_TOP_UP,
        sqlite_where=OPEN_TOP_UP,
    )
    op.create_index("ix_payment_attempts_person", "payment_attempts", ["person_id", "created_at"])
    op.create_index(
        "ix_payment_attempts_unmatched",
        "payment_attempts",
        ["settled_at"],
        postgresql_where=UNMATCHED,
        sqlite_where=UNMATCHED,
    )
    handed_in = sa.text("code IS NOT NULL")
    op.create_index(
        "ix_payment_attempts_code",
        "payment_attempts",
        ["id"],
        postgresql_where=handed_in,
        sqlite_where=handed_in,
    )


def _refunds() -> None:
    op.add_column("refunds", sa.Column("provider_id", sa.String(), nullable=True))
    op.add_column("refunds", sa.Column("to", sa.String(), nullable=False, server_default="rail"))


def _need_no_order(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(table, "order_id", nullable=True)
        return
    # SQLite has no statement for it; the rows stay as they are, so its own description is edited
    # (SQLite, "Making Other Kinds Of Table Schema Changes").
    version = op.get_bind().exec_driver_sql("PRAGMA schema_version").scalar_one()
    op.execute("PRAGMA writable_schema = ON")
    op.get_bind().execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, 'order_id CHAR(32) NOT NULL',"
            " 'order_id CHAR(32)') WHERE type = 'table' AND name = :table"
        ),
        {"table": table},
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("payout_id", sa.Uuid(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("got", sa.BigInteger(), nullable=True),
        sa.Column("got_currency", sa.String(), nullable=True),
        sa.Column("told", sa.String(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_reviews_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    still_open = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_reviews_open",
        "reviews",
        ["opened_at"],
        postgresql_where=still_open,
        sqlite_where=still_open,
    )
    for subject in ("attempt_id", "refund_id", "payout_id"):
        found = sa.text(f"{subject} IS NOT NULL")
        op.create_index(
            f"uq_reviews_{subject}",
            "reviews",
            [subject, "kind"],
            unique=True,
            postgresql_where=found,
            sqlite_where=found,
        )
