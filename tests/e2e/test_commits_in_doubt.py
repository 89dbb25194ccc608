"""A commit that took place and was never answered: nothing of it is done again, and nothing is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.e2e.buyers import all_is_well, buyer
from tests.e2e.house import House
from tests.fakes.doubtful import DoubtfulRoad

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.timeout(300)]

# Of the commits: of a message with its turn, and of what leaves.
SHARE = 0.3
TURNS, SENDS = "INSERT INTO inbox", "UPDATE outbox"
CASES = [(TURNS, False), (TURNS, True), (SENDS, False)]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{'broken' if case[1] else '40003'}")
def road(request: pytest.FixtureRequest, empty_postgres: str) -> Iterator[DoubtfulRoad]:
    made = DoubtfulRoad(make_url(empty_postgres).port or 5432, *request.param)
    yield made
    made.close()


@pytest.fixture
def house(road: DoubtfulRoad, tmp_path: Path, empty_postgres: str) -> Iterator[House]:
    url = make_url(empty_postgres).set(port=road.port).update_query_dict({"sslmode": "disable"})
    text = url.render_as_string(hide_password=False)
    # A lease that was taken in doubt is nobody's until it ends.
    built = House(tmp_path, text, ["mama"], line_lease_seconds=2)
    # The tables and the shop were made on a road that can be trusted.
    road.share = SHARE
    yield built
    road.share = 0
    built.stop()


def test_people_buy_once_where_many_a_commit_is_in_doubt(house: House, road: DoubtfulRoad) -> None:
    buyers = [buyer(house, place) for place in range(2)]
    for one in buyers:
        one.buy()
    assert road.doubted > 2
    road.share = 0
    for one in buyers:
        one.check()
    all_is_well(house)
