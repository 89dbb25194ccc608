"""The ledger: postings, their entries and the balances, of which the first two can only be added to."""

import sqlalchemy as sa
from alembic import op

from store.models.base import Sequence64, UtcDateTime

revision = "0018"
down_revision = "0017"

WRITTEN_ONCE = ("ledger_postings", "ledger_entries")


def upgrade() -> None:
    _tables()
    if op.get_bind().dialect.name == "postgresql":
        _refuse_changes_on_postgresql()
    else:
        _refuse_changes_on_sqlite()


def _tables() -> None:
    op.create_table(
        "ledger_postings",
        sa.Column("id", Sequence64, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_ledger_postings_order_id")
        ),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_ledger_postings_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_postings")),
        sa.UniqueConstraint("key", name=op.f("uq_ledger_postings_key")),
    )
    op.create_index("ix_ledger_postings_order", "ledger_postings", ["order_id"])
    op.create_index("ix_ledger_postings_shop", "ledger_postings", ["shop_id", "at"])
    op.create_table(
        "ledger_entries",
        sa.Column("id", Sequence64, autoincrement=True, nullable=False),
        sa.Column("posting_id", Sequence64, nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["ledger_postings.id"], name=op.f("fk_ledger_entries_posting_id")
        ),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_ledger_entries_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
    )
    op.create_index("ix_ledger_entries_posting", "ledger_entries", ["posting_id"])
    op.create_index(
        "ix_ledger_entries_account", "ledger_entries", ["shop_id", "account", "currency"]
    )
    op.create_table(
        "ledger_balances",
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("floored", sa.Boolean(), nullable=False),
        sa.CheckConstraint("NOT floored OR balance >= 0", name=op.f("ck_ledger_balances_floor")),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_ledger_balances_shop_id")),
        sa.PrimaryKeyConstraint("shop_id", "account", "currency", name=op.f("pk_ledger_balances")),
    )


def _refuse_changes_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION ledger_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION 'the ledger is written once: post the opposite instead'; END $$"
    )
    for table in WRITTEN_ONCE:
        op.execute(
            f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_written_once()"
        )


def _refuse_changes_on_sqlite() -> None:
    for table in WRITTEN_ONCE:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'the ledger is written once: post the opposite"
                " instead'); END"
            )
