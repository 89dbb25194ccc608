"""People who ask to be forgotten, the STOP of those who were, where somebody is known, and the names of
their places."""

import sqlalchemy as sa
from alembic import op

from store.models.base import Document, UtcDateTime

revision = "0048"
down_revision = "0047"

NOT_DONE = sa.text("done_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "forgettings",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("digests", Document, nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
    )
    for name, column, unique in (
        ("uq_forgettings_open", "person_id", True),
        ("ix_forgettings_due", "due_at", False),
    ):
        op.create_index(
            name,
            "forgettings",
            [column],
            unique=unique,
            postgresql_where=NOT_DONE,
            sqlite_where=NOT_DONE,
        )
    op.create_table(
        "stops",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=True),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("digest", "shop_id", name="uq_stops_digest_shop_id"),
    )
    op.create_table(
        "named_places",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("landmark", sa.String(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("used_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint(
            "shop_id", "person_id", "name_key", name="uq_named_places_shop_id_person_id_name_key"
        ),
    )
    for table in ("customers", "addressings"):
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])
    for table in ("inbox", "outbox", "facts"):
        op.create_index(
            f"ix_{table}_person",
            table,
            ["person_id"],
            postgresql_using="brin",
            postgresql_ops={"person_id": "uuid_bloom_ops"},
        )
