"""About how long it still takes, by what the shop wrote of its deliveries."""

from datetime import datetime, timedelta

from flows.eta import longest
from flows.message import Message

ROUGHLY = 5
DAY = timedelta(days=1)


def arrival(ordered: datetime, eta: str | None, now: datetime) -> Message | None:
    """To five minutes, or that it comes soon where it is due or over; None where nobody can tell so
    closely."""
    most = longest(eta) if eta else None
    if most is None or most >= DAY:
        return None
    left = round((ordered + most - now) / timedelta(minutes=ROUGHLY)) * ROUGHLY
    return Message("track-due", minutes=left) if left > 0 else Message("track-soon")
