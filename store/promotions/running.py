"""Whether a promotion runs at a moment, by the shop's own clock."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from store.promotions.promotion import Schedule

MINUTES = 24 * 60
# Days; what falls on every day of the week has no end in sight.
LONGEST = 7


def runs(schedule: Schedule, now: datetime, timezone: str) -> bool:
    """A span of the day that goes past midnight belongs to the day on which it began."""
    if schedule.begins is not None and now < schedule.begins:
        return False
    if schedule.ends is not None and now >= schedule.ends:
        return False
    local = now.astimezone(ZoneInfo(timezone))
    minute, hours = local.hour * 60 + local.minute, schedule.hours
    if hours is None:
        return _falls_on(schedule, local.date())
    if hours.opens <= minute < hours.closes:
        return _falls_on(schedule, local.date())
    if hours.opens <= minute + MINUTES < hours.closes:
        return _falls_on(schedule, local.date() - timedelta(days=1))
    return False


def _falls_on(schedule: Schedule, day: date) -> bool:
    if schedule.days and day.weekday() not in schedule.days:
        return False
    if not schedule.dates:
        return True
    last = monthrange(day.year, day.month)[1]
    return day.day in schedule.dates or (day.day == last and -1 in schedule.dates)


def run_ends(schedule: Schedule, now: datetime, timezone: str) -> datetime | None:
    """When what runs at `now` ends: with today's hours, with the last day in a row on which it falls, or
    for good. None: no end is set."""
    zone = ZoneInfo(timezone)
    local = now.astimezone(zone)
    if schedule.hours is not None:
        begun = local.hour * 60 + local.minute >= schedule.hours.opens
        first = local.date() if begun else local.date() - timedelta(days=1)
        end = _midnight(first, zone) + timedelta(minutes=schedule.hours.closes)
    elif schedule.days or schedule.dates:
        day = local.date() + timedelta(days=1)
        while _falls_on(schedule, day) and (day - local.date()).days < LONGEST:
            day += timedelta(days=1)
        end = _midnight(day, zone)
    else:
        return schedule.ends
    end = end.astimezone(UTC)
    return end if schedule.ends is None else min(end, schedule.ends)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
