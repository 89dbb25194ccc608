"""Opening hours: several spans a day, some past midnight, in the shop's own time zone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import TypeAlias
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60

_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


class HoursError(ValueError):
    """Opening hours that cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes from the day's midnight; `closes` is beyond 24 h where it runs into the next day."""

    opens: int
    closes: int


Week: TypeAlias = tuple[tuple[Span, ...], ...]


def _minutes(hour: str, minute: str) -> int:
    total = int(hour) * 60 + int(minute)
    if int(minute) > 59 or total > DAY:
        raise HoursError(f"{hour}:{minute} is not a time of day")
    return total


def read_day(text: str) -> tuple[Span, ...]:
    """The spans of "08:00-12:00,14:00-20:00"; none for "". Raises HoursError."""
    spans: list[Span] = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        found = _SPAN.fullmatch(part)
        if found is None:
            raise HoursError(f'"{part}" is not like "08:00-20:00"')
        opens, closes = _minutes(*found.group(1, 2)), _minutes(*found.group(3, 4))
        if opens in (closes, DAY):
            raise HoursError(f'"{part}" has no length')
        spans.append(Span(opens, closes if closes > opens else closes + DAY))
    spans.sort(key=lambda span: span.opens)
    for earlier, later in pairwise(spans):
        if later.opens < earlier.closes:
            raise HoursError("two spans overlap")
    return tuple(spans)


def read_week(hours: Mapping[str, str]) -> Week | None:
    """Spans by weekday, Monday first; None when the shop never closes. Raises HoursError."""
    if not hours:
        return None
    return tuple(read_day(hours.get(day, "")) for day in WEEKDAYS)


def as_written(hours: Mapping[str, str]) -> tuple[str, ...]:
    """By weekday as the shop wrote them, empty when it never closes."""
    return tuple(hours.get(day, "") for day in WEEKDAYS) if hours else ()


def _spans_around(week: Week, zone: ZoneInfo, now: datetime) -> Sequence[tuple[datetime, datetime]]:
    """Every span from yesterday (it may run past midnight) to this day next week, in UTC."""
    today = now.astimezone(zone).date()
    moments = []
    for offset in range(-1, 8):
        day = today + timedelta(days=offset)
        midnight = datetime.combine(day, time(), tzinfo=zone)
        for span in week[day.weekday()]:
            opens = midnight + timedelta(minutes=span.opens)
            closes = midnight + timedelta(minutes=span.closes)
            moments.append((opens.astimezone(UTC), closes.astimezone(UTC)))
    return moments


def is_open(week: Week | None, zone: ZoneInfo, now: datetime) -> bool:
    """Is `now` inside a span?"""
    if week is None:
        return True
    return any(opens <= now < closes for opens, closes in _spans_around(week, zone, now))


def next_opening(week: Week | None, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When the next span begins after `now` (UTC); None when there is none at all."""
    if week is None:
        return None
    return min((opens for opens, _ in _spans_around(week, zone, now) if opens > now), default=None)


def open_for(week: Week | None, zone: ZoneInfo, since: datetime, span: timedelta) -> datetime:
    """When the shop has been open for `span` since then (UTC): while it is closed no time passes. Where it
    does not open again within a week, as if it never closed."""
    if week is None:
        return since + span
    left, reached = span, since
    for opens, closes in sorted(_spans_around(week, zone, since)):
        begins = max(opens, reached)
        if closes <= begins:
            continue
        if begins + left <= closes:
            return begins + left
        left, reached = left - (closes - begins), closes
    return since + span
