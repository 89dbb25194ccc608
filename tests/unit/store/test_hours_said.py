"""Opening hours, in the shop's own time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.hours import (
    HoursError,
    Span,
    as_written,
    is_open,
    next_opening,
    open_for,
    read_day,
    read_week,
)

KAMPALA = ZoneInfo("Africa/Kampala")  # UTC+3
WEEK = {"mon": "08:00-12:00,14:00-20:00", "fri": "18:00-02:00", "sun": "22:00-24:00"}


def local(day: int, clock: str) -> datetime:
    """A day of the week that begins on Monday, 23 November 2026."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, 22 + day, hour, minute, tzinfo=KAMPALA).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        (local(1, "07:59"), False),
        (local(1, "08:00"), True),
        (local(1, "11:59"), True),
        (local(1, "12:00"), False),
        (local(1, "14:00"), True),
        (local(2, "10:00"), False),
        (local(5, "23:30"), True),
        (local(6, "01:59"), True),
        (local(6, "02:00"), False),
        (local(7, "23:59"), True),
    ],
)
def test_a_shop_is_open_in_its_spans_also_past_midnight(moment: datetime, opened: bool):
    assert is_open(read_week(WEEK), KAMPALA, moment) is opened


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (local(1, "07:00"), local(1, "08:00")),
        (local(1, "12:30"), local(1, "14:00")),
        (local(1, "21:00"), local(5, "18:00")),
        (local(6, "03:00"), local(7, "22:00")),
    ],
)
def test_the_next_opening(moment: datetime, opens: datetime):
    assert next_opening(read_week(WEEK), KAMPALA, moment) == opens


def test_a_shop_without_hours_never_closes():
    assert read_week({}) is None
    assert is_open(None, KAMPALA, local(3, "03:00"))
    assert next_opening(None, KAMPALA, local(3, "03:00")) is None
    assert as_written({}) == ()


def test_a_day_off_is_empty():
    assert as_written(WEEK) == (
        "08:00-12:00,14:00-20:00",
        "",
        "",
        "",
        "18:00-02:00",
        "",
        "22:00-24:00",
    )


@pytest.mark.parametrize(
    "written", ["8-20", "08:00", "25:00-26:00", "08:60-09:00", "08:00-08:00", "24:00-02:00", "x"]
)
def test_what_are_no_hours_is_refused(written: str):
    with pytest.raises(HoursError):
        read_day(written)


def test_spans_do_not_overlap():
    with pytest.raises(HoursError, match="overlap"):
        read_day("08:00-12:00,11:00-13:00")
    with pytest.raises(HoursError, match="overlap"):
        read_day("18:00-02:00,19:00-20:00")


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 7 * 24 * 60))
def test_who_is_closed_opens_later_and_is_then_open(opens: int, closes: int, minute: int):
    if opens == closes:
        return
    written = f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"
    week = read_week({"wed": written})
    now = local(1, "00:00") + timedelta(minutes=minute)
    if not is_open(week, KAMPALA, now):
        opening = next_opening(week, KAMPALA, now)
        assert opening is not None
        assert opening > now
        assert is_open(week, KAMPALA, opening)


def test_a_span_is_minutes_of_its_day():
    assert read_day("08:30-09:00, 22:00-01:00") == (Span(510, 540), Span(1320, 1500))


@pytest.mark.parametrize(
    ("since", "minutes", "reached"),
    [
        (local(1, "09:00"), 60, local(1, "10:00")),
        (local(1, "11:30"), 30, local(1, "12:00")),
        (local(1, "11:30"), 31, local(1, "14:01")),
        (local(1, "06:00"), 10, local(1, "08:10")),
        (local(1, "19:55"), 10, local(5, "18:05")),
        (local(5, "23:30"), 90, local(6, "01:00")),
    ],
)
def test_no_time_passes_while_the_shop_is_closed(
    since: datetime, minutes: int, reached: datetime
) -> None:
    span = timedelta(minutes=minutes)
    assert open_for(read_week(WEEK), KAMPALA, since, span) == reached
    assert open_for(None, KAMPALA, since, span) == since + span
