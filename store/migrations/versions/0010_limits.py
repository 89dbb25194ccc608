"""How often something happened lately, for when Redis is away."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Filled in below."""
