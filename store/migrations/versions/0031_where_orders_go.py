"""Where orders go on the map, the weather over a shop, and the areas that its seller names by phone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    for table in ("orders", "customers"):
        for name in ("latitude", "longitude"):
            op.add_column(table, sa.Column(name, sa.Double(), nullable=True))
    op.add_column("shops", sa.Column("weather", sa.String(), nullable=True))
    op.add_column("shops", sa.Column("weather_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("shops", sa.Column("own_areas", document, nullable=False, server_default="[]"))
