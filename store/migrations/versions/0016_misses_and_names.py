"""What customers ask for in vain, aliases that sellers gave by phone, and the names of big catalogues."""

import sqlalchemy as sa
from alembic import op

from store.lookup.ready import PARTS, make_ready
from store.models.base import Document, Sequence64, UtcDateTime

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    _misses()
    _names()
    op.add_column(
        "aliases",
        sa.Column("by_phone", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def _names() -> None:
    op.add_column("shops", sa.Column("names_key", sa.String(), nullable=True))
    op.create_table(
        "sought",
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("shortest", sa.Integer(), nullable=False),
        sa.Column("entries", Document, nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_sought_shop_id")),
        sa.PrimaryKeyConstraint("shop_id", "sku", name=op.f("pk_sought")),
        postgresql_partition_by="HASH (shop_id)",
    )
    op.create_table(
        "sought_words",
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_sought_words_shop_id")),
        sa.PrimaryKeyConstraint("shop_id", "word", name=op.f("pk_sought_words")),
        postgresql_partition_by="HASH (shop_id)",
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in ("sought", "sought_words"):
            for part in range(PARTS):
                op.execute(
                    f"CREATE TABLE {table}_{part} PARTITION OF {table}"
                    f" FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})"
                )
        make_ready(op.get_bind())


def _misses() -> None:
    op.create_table(
        "misses",
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("ask_at", UtcDateTime(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_misses_shop_id")),
        sa.PrimaryKeyConstraint("shop_id", "words", name=op.f("pk_misses")),
    )
    waiting = sa.text("ask_at IS NOT NULL")
    op.create_index(
        "ix_misses_ask_at", "misses", ["ask_at"], postgresql_where=waiting, sqlite_where=waiting
    )
    op.create_index("ix_misses_last_at", "misses", ["last_at"])
    op.create_table(
        "misses_heard",
        sa.Column("id", Sequence64, autoincrement=True, nullable=False),
        sa.Column("shop_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asker", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name=op.f("fk_misses_heard_shop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misses_heard")),
    )
    uncounted = sa.text("NOT counted")
    op.create_index("ix_misses_heard_words", "misses_heard", ["shop_id", "words"])
    op.create_index("ix_misses_heard_at", "misses_heard", ["at"])
    op.create_index(
        "ix_misses_heard_uncounted",
        "misses_heard",
        ["shop_id"],
        postgresql_where=uncounted,
        sqlite_where=uncounted,
    )
