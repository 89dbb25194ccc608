"""Accounts of lines: found by a digest, and sealed."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Filled in below."""
