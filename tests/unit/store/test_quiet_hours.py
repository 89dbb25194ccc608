"""When what only promotes may reach a phone."""

from datetime import UTC, datetime, time

import pytest

from store.models import ShopRow
from store.quiet import Quiet, is_quiet, next_allowed

KAMPALA = ShopRow(timezone="Africa/Kampala")  # three hours ahead of UTC all year
LAGOS = ShopRow(timezone="Africa/Lagos")  # one hour ahead


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shop", "now", "allowed"),
    [
        pytest.param(KAMPALA, utc(2, 17, 59), utc(2, 17, 59), id="just before nine at night"),
        pytest.param(KAMPALA, utc(2, 18), utc(3, 5), id="at nine at night"),
        pytest.param(KAMPALA, utc(2, 23, 30), utc(3, 5), id="half past two at night"),
        pytest.param(KAMPALA, utc(3, 4, 59), utc(3, 5), id="just before eight"),
        pytest.param(KAMPALA, utc(3, 5), utc(3, 5), id="at eight"),
        pytest.param(LAGOS, utc(2, 18), utc(2, 18), id="seven in the evening in Lagos"),
        pytest.param(LAGOS, utc(2, 20), utc(3, 7), id="nine at night in Lagos"),
    ],
)
def test_what_promotes_waits_for_eight_in_the_morning(
    shop: ShopRow, now: datetime, allowed: datetime
) -> None:
    assert next_allowed(shop, now) == allowed
    assert is_quiet(shop, now) is (allowed > now)


def test_quiet_hours_may_lie_within_one_day() -> None:
    noon = Quiet(time(12), time(14))
    assert next_allowed(KAMPALA, utc(2, 10), noon) == utc(2, 11)
    assert next_allowed(KAMPALA, utc(2, 20), noon) == utc(2, 20)


def test_no_hours_are_quiet_where_they_end_as_they_begin() -> None:
    never = Quiet(time(8), time(8))
    assert not any(is_quiet(KAMPALA, utc(2, hour), never) for hour in range(24))
