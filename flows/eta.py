"""What a shop promises of its deliveries, in its own words ("60-90 min", "1-2 days")."""

import re
from datetime import timedelta

# The longer of two figures, in minutes, hours or days as people shorten them.
_TIME = re.compile(r"(\d{1,3})\s*(min|m\b|h|day|jour|siku)", re.IGNORECASE)


def longest(eta: str) -> timedelta | None:
    """The most that it takes; None where that is not written in minutes, hours or days."""
    found = _TIME.search(eta)
    if found is None:
        return None
    count, unit = int(found[1]), found[2].lower()
    if unit.startswith("m"):
        return timedelta(minutes=count)
    return timedelta(hours=count) if unit == "h" else timedelta(days=count)
