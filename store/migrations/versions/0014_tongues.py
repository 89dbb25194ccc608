"""In which languages a person has written of late, beside the conversation."""

import sqlalchemy as sa
from alembic import op

from store.models.base import Document

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column(
        "conversations",
        sa.Column("tongues", Document, nullable=False, server_default=sa.text("'{}'")),
    )
