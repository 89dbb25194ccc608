"""Bringing a row to what the file says, without touching what already is so."""

from store.models import Base


def settle(row: Base, **values: object) -> bool:
    """Set what differs; True when anything did."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)
