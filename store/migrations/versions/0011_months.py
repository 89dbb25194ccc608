"""Messages and facts by month."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Filled in below."""
