"""Whether a shop pays for the letters of its language in SMS."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column(
        "shops", sa.Column("sms_letters", sa.String(), nullable=False, server_default="plain")
    )
