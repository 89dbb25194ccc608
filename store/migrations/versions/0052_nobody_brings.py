"""When a seller is to have said what becomes of a delivery that nobody took, and what its customer may do."""

import sqlalchemy as sa
from alembic import op

from store.models.base import UtcDateTime

revision = "0052"
down_revision = "0051"

WAITED_FOR = sa.text("answer_by IS NOT NULL")


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("answer_by", UtcDateTime(), nullable=True))
    op.add_column(
        "deliveries",
        sa.Column("customer_chooses", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index(
        "ix_deliveries_answer",
        "deliveries",
        ["answer_by"],
        postgresql_where=WAITED_FOR,
        sqlite_where=WAITED_FOR,
    )
