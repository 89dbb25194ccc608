"""From when until when something holds, as a shop file writes it: a day, or a day and an hour, by the
shop's own clock."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from store.shopfile.table import Table

LIKE = "must be a day like 2026-12-24, or a time like 2026-12-24T18:00"


def read_begin(table: Table, key: str, timezone: str) -> datetime | None:
    """The moment itself, or the first of the day."""
    return _read(table, key, timezone, days=0)


def read_end(table: Table, key: str, timezone: str) -> datetime | None:
    """The moment itself, or the one after the day: what ends on a day holds all day."""
    return _read(table, key, timezone, days=1)


def read_span(
    table: Table, begin: str, end: str, timezone: str
) -> tuple[datetime | None, datetime | None]:
    begins, ends = read_begin(table, begin, timezone), read_end(table, end, timezone)
    if begins is not None and ends is not None and ends <= begins:
        table.wrong(end, f"is before {begin}")
    return begins, ends


def _read(table: Table, key: str, timezone: str, *, days: int) -> datetime | None:
    written = table.value(key)
    if written is None:
        return None
    found = _parsed(written)
    if found is None:
        table.wrong(key, LIKE)
        return None
    if not isinstance(found, datetime):
        found = datetime.combine(found + timedelta(days=days), time())
    local = found if found.tzinfo else found.replace(tzinfo=_zone(timezone))
    return local.astimezone(UTC)


def _zone(name: str) -> tzinfo:
    """The shop's time zone may be a mistake itself, which is told by its own key."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _parsed(written: object) -> date | None:
    """TOML's own dates and times, or a text that is one."""
    if isinstance(written, date):
        return written
    if not isinstance(written, str):
        return None
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(written.strip())
    except ValueError:
        return None
