"""A running house per test: on SQLite with everything in one process, and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.house import House


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """Three shops: "mama" with addresses of its own; "joy" and "okello" on shared ones."""
    url = f"sqlite:///{tmp_path}/sokoni.db"
    if request.param == "postgres":
        url = request.getfixturevalue("empty_postgres")
    house = House(tmp_path, url, ["mama", "joy", "okello"])
    yield house
    house.stop()
