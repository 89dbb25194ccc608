"""A running house per test: on SQLite with everything in one process, and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from store.models import Base
from store.transaction import open_engine
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


@pytest.fixture
def empty_postgres(postgres_url: str) -> str:
    """A PostgreSQL database of this test process, with empty tables or none."""
    engine = open_engine(postgres_url, pool=1)
    present = set(inspect(engine).get_table_names())
    names = ", ".join(f'"{t.name}"' for t in Base.metadata.sorted_tables if t.name in present)
    if names:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    engine.dispose()
    return postgres_url
