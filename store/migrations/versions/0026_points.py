"""Points: a balance per person and shop, the lots it is made of, and entries that can only be added to."""

import sqlalchemy as sa
from alembic import op

from store.models.base import Document, Sequence64, UtcDateTime

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "points",
        *_whose(),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("lifetime", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_points_balance")),
        sa.CheckConstraint("lifetime >= 0", name=op.f("ck_points_lifetime")),
        *_keys("points"),
        sa.PrimaryKeyConstraint("shop_id", "person_id", name=op.f("pk_points")),
    )
    _lots()
    _entries()
    _refuse_changes()


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        # The function came with the ledger.
        op.execute(
            "CREATE TRIGGER points_entries_written_once"
            " BEFORE UPDATE OR DELETE OR TRUNCATE ON points_entries"
            " FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_written_once()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER points_entries_no_{change.lower()} BEFORE {change} ON points_entries"
            " BEGIN SELECT RAISE(ABORT, 'entries of points are written once: enter the opposite"
            " instead'); END"
        )


def _whose() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
    )


def _keys(table: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return (
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f(f"fk_{table}_shop_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f(f"fk_{table}_person_id")),
    )


def _lots() -> None:
    op.create_table(
        "points_lots",
        sa.Column("id", sa.Uuid(), nullable=False),
        *_whose(),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("points_left", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("warn_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "points_left >= 0 AND points_left <= points", name=op.f("ck_points_lots_points_left")
        ),
        *_keys("points_lots"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_lots")),
    )
    op.create_index(
        op.f("ix_points_lots_shop_id_person_id_expires_at"),
        "points_lots",
        ["shop_id", "person_id", "expires_at"],
    )
    op.create_index(
        "ix_points_lots_running_out",
        "points_lots",
        ["expires_at"],
        postgresql_where=sa.text("points_left > 0"),
    )
    op.create_index(
        "ix_points_lots_to_warn",
        "points_lots",
        ["warn_at"],
        postgresql_where=sa.text("warn_at IS NOT NULL"),
    )


def _entries() -> None:
    op.create_table(
        "points_entries",
        sa.Column("id", Sequence64, autoincrement=True, nullable=False),
        *_whose(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("lots", Document, nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            '"after" = "before" + points AND "after" >= 0', name=op.f("ck_points_entries_adds_up")
        ),
        *_keys("points_entries"),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_points_entries_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_entries")),
        sa.UniqueConstraint("shop_id", "key", name=op.f("uq_points_entries_shop_id_key")),
    )
    op.create_index(
        op.f("ix_points_entries_shop_id_person_id_id"),
        "points_entries",
        ["shop_id", "person_id", "id"],
    )
