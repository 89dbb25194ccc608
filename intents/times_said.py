"""Reads how long and which days: "2h", "until monday", "mon-fri 8-18, sat 9:00-13:00"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from intents.folding import fold

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST = timedelta(days=60)
UNITS: Mapping[str, timedelta] = {
    **dict.fromkeys(("m", "min", "mins", "minutes", "dakika"), timedelta(minutes=1)),
    **dict.fromkeys(("", "h", "hr", "hrs", "hour", "hours", "heures", "saa"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days", "jours", "siku"), timedelta(days=1)),
}
_SPAN = re.compile(r"(\d{1,3})\s*([^\W\d]*)$")
# Parted by signs, or before the next day's name.
_PARTS = re.compile(r"[,;\n]+|\s+(?=[^\W\d_]{3,}\.?\s*(?:-|–|\d))")
_WORD = re.compile(r"[^\W\d_]+")
_HOURS = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?\s*(?:-|to|–)\s*(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Until:
    """For so long, or until the beginning of a day of the week (0 is Monday); neither: without an end."""

    span: timedelta | None = None
    weekday: int | None = None


def read_until(text: str, locales: Sequence[str]) -> Until | None:
    """How long a pause is to be; None where that cannot be read."""
    said = text.strip().casefold()
    if not said:
        return Until()
    found = _SPAN.search(said)
    if found is not None:
        unit = UNITS.get(fold(found[2]) if found[2] else "")
        span = int(found[1]) * unit if unit is not None else None
        return Until(span) if span and span <= LONGEST else None
    days = [day for day in _days(said, tuple(locales)) if day is not None]
    return Until(weekday=days[0]) if len(days) == 1 else None


def read_week(text: str, locales: Sequence[str]) -> Mapping[str, str] | None:
    """Opening hours by weekday, "" where closed, for the days that are named; None where that cannot be
    read. Hours without a day are those of every day."""
    week: dict[str, str] = {}
    text = re.sub(r"\s+to\s+", "-", text)
    parts = [part.strip() for part in _PARTS.split(text.strip())]
    for part in filter(None, parts):
        read = _part(part, tuple(locales))
        if read is None:
            return None
        week.update(read)
    return week or None


def _part(text: str, locales: tuple[str, ...]) -> Mapping[str, str] | None:
    """ "mon-fri 8-18" """
    found = _HOURS.search(text)
    days_said = text[: found.start()] if found is not None else text
    named = [day for day in _days(days_said, locales) if day is not None]
    if len(named) > 2 or (found is None and not named):
        return None
    first, last = (named[0], named[-1]) if named else (0, 6)
    hours = _between(found) if found is not None else ""
    if hours is None or (found is None and not _closed(text)):
        return None
    count = (last - first) % 7 + 1
    return {DAYS[(first + step) % 7]: hours for step in range(count)}


def _closed(text: str) -> bool:
    return text.rstrip(" .-").casefold().endswith(("closed", "close", "off", "x"))


def _between(found: re.Match[str]) -> str | None:
    opens, closes = _clock(found[1], found[2], found[3]), _clock(found[4], found[5], found[6])
    return f"{opens}-{closes}" if opens and closes and opens != closes else None


def _clock(hour: str, minute: str | None, half: str | None) -> str | None:
    number = int(hour)
    if half is not None:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half.casefold() == "pm" else 0)
    if number > 24 or int(minute or 0) > 59 or (number == 24 and minute not in (None, "00")):
        return None
    return f"{number:02}:{minute or '00'}"


def _days(text: str, locales: tuple[str, ...]) -> list[int | None]:
    known = _names(locales)
    words = [fold(word) for word in _WORD.findall(text)]
    return [next((day for name, day in known.items() if word == name), None) for word in words]


@lru_cache(maxsize=64)
def _names(locales: tuple[str, ...]) -> Mapping[str, int]:
    """What the days are called in these languages and in English, long and short."""
    found: dict[str, int] = {}
    for code in dict.fromkeys(("en", *locales)):
        try:
            forms = Locale.parse(code.replace("-", "_")).days["format"]
        except (UnknownLocaleError, ValueError):
            continue
        for width in ("wide", "abbreviated"):
            for day, name in forms[width].items():
                found.setdefault(fold(name.rstrip(".")), day)
    return found
