"""Keys. Version 7 sorts by time and keeps indexes compact; version 4 leaves the house."""

from uuid import UUID, uuid4

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """For rows of our own."""
    return uuid7()


def new_reference() -> UUID:
    """For references that providers see; MTN insists on version 4."""
    return uuid4()
