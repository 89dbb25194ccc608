"""The number that a customer without a phone number gave to be called on."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("customers", sa.Column("contact", sa.String(), nullable=True))
