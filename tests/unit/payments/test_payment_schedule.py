from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from payments.cash import Cash
from payments.schedule import Schedule

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def all_polls(schedule: Schedule) -> list[float]:
    at: datetime = START
    found = []
    while (following := schedule.next_poll(START, at)) is not None:
        found.append((following - START).total_seconds())
        at = following
    return found


def test_polls_follow_the_setting_then_five_minutes_then_the_sweep() -> None:
    polls = all_polls(Schedule())
    assert polls[:6] == [10, 30, 60, 120, 180, 300]
    assert polls[6:12] == [600, 900, 1200, 1500, 1800, 2100]
    assert polls[12] - polls[11] == 1800
    assert {b - a for a, b in pairwise(polls[11:])} == {1800}
    assert 86400 - 1800 < polls[-1] <= 86400


def test_a_short_setting_is_followed_by_the_five_minute_marks() -> None:
    assert all_polls(Schedule(poll_seconds=(1.0, 2.5)))[:4] == [1, 2.5, 300, 600]


def test_the_end_of_the_window_is_asked_at_too() -> None:
    schedule = Schedule(poll_seconds=(1.0, 60.0))
    expires_at = START + timedelta(seconds=7)
    now = START + timedelta(seconds=1)
    assert schedule.next_poll(START, now, expires_at) == expires_at
    assert schedule.next_poll(START, expires_at, expires_at) == START + timedelta(seconds=60)


def test_after_a_day_nobody_is_asked() -> None:
    assert Schedule().next_poll(START, START + timedelta(hours=24)) is None


@given(st.integers(min_value=0, max_value=90_000))
def test_the_next_poll_is_always_later(seconds: int) -> None:
    now = START + timedelta(seconds=seconds)
    following = Schedule().next_poll(START, now)
    assert following is None or now < following <= START + timedelta(hours=24)


def test_only_a_prompt_from_ussd_waits() -> None:
    schedule = Schedule()
    assert schedule.submit_after("whatsapp", START) == START
    assert schedule.submit_after("ussd", START) == START + timedelta(seconds=3)


def test_a_set_window_replaces_the_rails_own() -> None:
    assert Schedule().window_of(Cash()) == timedelta(0)
    assert Schedule(window=timedelta(seconds=9)).window_of(Cash()) == timedelta(seconds=9)
