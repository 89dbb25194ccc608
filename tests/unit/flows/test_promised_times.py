"""What a shop promises of its deliveries, and how much longer that is in bad weather."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.eta import longest, slower


@pytest.mark.parametrize(
    ("eta", "in_rain", "in_storm"),
    [
        ("60-90 min", "80-120 min", "90-135 min"),
        ("30 min", "40 min", "45 min"),
        ("about 45 minutes", "about 60 minutes", "about 70 minutes"),
        ("45m", "60m", "70m"),
        ("60 to 90 min", "80 to 120 min", "90 to 135 min"),
        ("entre 30 et 45 min", "entre 40 et 60 min", "entre 45 et 70 min"),
        ("1 h", "80 min", "90 min"),
        ("1-2h", "80-160 min", "90-180 min"),
        ("2 heures", "160 min", "3 heures"),
        ("2-4 h", "3-6 h", "3-6 h"),
        ("1 h 30 min", "2 h 40 min", "2 h 45 min"),
        ("900 min", "1170 min", "1350 min"),
        ("1-2 days", "1-2 days", "1-2 days"),
        ("tomorrow 10:00", "tomorrow 10:00", "tomorrow 10:00"),
        ("by evening", "by evening", "by evening"),
    ],
)
def test_times_are_longer_in_bad_weather(eta: str, in_rain: str, in_storm: str) -> None:
    assert (slower(eta, 130), slower(eta, 150)) == (in_rain, in_storm)


@given(
    most=st.integers(1, 999),
    unit=st.sampled_from((" min", "m", " h", " heures")),
    factor=st.integers(100, 1000),
)
def test_what_is_told_is_never_less_than_it_takes(most: int, unit: str, factor: int) -> None:
    usual, told = longest(f"{most}{unit}"), longest(slower(f"{most}{unit}", factor))
    assert usual is not None
    assert told is not None
    assert told >= usual * factor / 100
    assert told < usual * factor / 100 + (
        timedelta(hours=1) if "h" in unit else timedelta(minutes=5)
    )
