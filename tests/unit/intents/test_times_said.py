"""How long and which days, as sellers write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.times_said import DAYS, LONGEST, Until, read_until, read_week

SAID = ("en", "sw", "fr")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("", Until()),
        ("2h", Until(timedelta(hours=2))),
        ("2", Until(timedelta(hours=2))),
        ("for 30 min", Until(timedelta(minutes=30))),
        ("3 days", Until(timedelta(days=3))),
        ("until monday", Until(weekday=0)),
        ("mpaka jumapili", Until(weekday=6)),
        ("lundi", Until(weekday=0)),
        ("tomorrow", None),
        ("0h", None),
        ("90 days", None),
        ("3 bananas", None),
    ],
)
def test_a_pause(text: str, until: Until | None) -> None:
    assert read_until(text, SAID) == until


WORKDAYS = dict.fromkeys(DAYS[:5], "08:00-18:00")


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("mon-fri 8-18", WORKDAYS),
        ("Mon to Fri 8 to 18", WORKDAYS),
        ("monday-friday 8am-6pm", WORKDAYS),
        ("lundi-vendredi 8h00-18h00", WORKDAYS),
        ("Jumatatu-Ijumaa 8-18", WORKDAYS),
        ("mon-fri 8-18, sat 9:30-13:00", {**WORKDAYS, "sat": "09:30-13:00"}),
        ("mon-fri 8-18 sat 9:30-13:00", {**WORKDAYS, "sat": "09:30-13:00"}),
        ("mon-fri 8-18, sun closed", {**WORKDAYS, "sun": ""}),
        ("fri 18-02", {"fri": "18:00-02:00"}),
        ("sat-mon 9-12", dict.fromkeys(("sat", "sun", "mon"), "09:00-12:00")),
        ("7-21", dict.fromkeys(DAYS, "07:00-21:00")),
        ("hello", None),
        ("25-30", None),
        ("mon 8-8", None),
        ("mon", None),
    ],
)
def test_the_hours_of_a_week(text: str, week: dict[str, str] | None) -> None:
    assert read_week(text, SAID) == week


@given(st.text(max_size=60))
def test_any_text_is_read_or_is_not(text: str) -> None:
    until = read_until(text, SAID)
    assert until is None or until.span is None or timedelta() < until.span <= LONGEST
    assert set(read_week(text, SAID) or {}) <= set(DAYS)
