"""Until when, as people say it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flows.message import Clock, Day, Value
from flows.visit import Visit


def until_of(visit: Visit, until: datetime) -> Value:
    """What ends with a day is said by the day, what ends today by the hour."""
    zone = ZoneInfo(visit.ports.shop.timezone)
    end, today = until.astimezone(zone), visit.ports.now.astimezone(zone).date()
    if (end.hour, end.minute) == (0, 0):
        return Day(until - timedelta(minutes=1))
    return Clock(until) if end.date() == today else until
