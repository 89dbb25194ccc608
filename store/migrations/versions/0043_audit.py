"""What staff did: rows that are never changed, and stay for a year at least."""

import sqlalchemy as sa
from alembic import op

from store.models.base import Document, Sequence64, UtcDateTime

revision = "0043"
down_revision = "0041"

SAID = "what staff did is written once"


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", Sequence64, primary_key=True, autoincrement=True),
        sa.Column("shop_id", sa.Uuid(), sa.ForeignKey("shops.id"), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("given", Document, nullable=False),
        sa.Column("before", Document, nullable=False),
        sa.Column("after", Document, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
    )
    op.create_index("ix_audit_shop_id_at", "audit", ["shop_id", "at"])
    op.create_index("ix_audit_at", "audit", ["at"])
    if op.get_bind().dialect.name == "postgresql":
        _on_postgresql()
    else:
        _on_sqlite()


def _on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN IF TG_OP = 'DELETE' THEN"
        " IF OLD.at < now() - interval '365 days' THEN RETURN OLD; END IF; END IF;"
        f" RAISE EXCEPTION '{SAID}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_written_once BEFORE UPDATE OR DELETE ON audit"
        " FOR EACH ROW EXECUTE FUNCTION audit_is_written_once()"
    )
    op.execute(
        "CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_is_written_once()"
    )


def _on_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit"
        f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    )
    op.execute(
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit"
        " WHEN OLD.at >= datetime('now', '-365 days')"
        f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    )
