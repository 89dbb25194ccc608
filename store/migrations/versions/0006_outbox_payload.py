"""What a message carries besides its words."""

import sqlalchemy as sa
from alembic import op

from store.models.base import Document

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("payload", Document, nullable=True))
