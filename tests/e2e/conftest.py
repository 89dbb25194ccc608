"""A running house per test. What must hold on both databases says so with
`pytestmark = pytest.mark.databases("sqlite", "postgres")`; the rest runs on SQLite."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from store.models import Base
from store.transaction import open_engine
from tests.e2e.house import House

DATABASES = {
    "sqlite": pytest.param("sqlite"),
    "postgres": pytest.param("postgres", marks=pytest.mark.postgres),
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test with a house on the databases that it asks for."""
    if "database" in metafunc.fixturenames:
        asked = metafunc.definition.get_closest_marker("databases")
        names = asked.args if asked is not None else ("sqlite",)
        metafunc.parametrize("database", [DATABASES[name] for name in names])


@pytest.fixture
def build_house(
    request: pytest.FixtureRequest, database: str, tmp_path: Path
) -> Iterator[Callable[..., House]]:
    """Builds the house with settings of the test's own."""
    url = f"sqlite:///{tmp_path}/sokoni.db"
    if database == "postgres":
        url = request.getfixturevalue("empty_postgres")
    built: list[House] = []

    def build(**settings: object) -> House:
        built.append(House(tmp_path, url, ["mama", "joy", "okello"], **settings))
        return built[-1]

    yield build
    for house in built:
        house.stop()


@pytest.fixture
def house(build_house: Callable[..., House]) -> House:
    """Three shops: "mama" with addresses of its own; "joy" and "okello" on shared ones."""
    return build_house()


@pytest.fixture
def empty_postgres(postgres_url: str) -> str:
    """A PostgreSQL database of this test process, with empty tables or none."""
    engine = open_engine(postgres_url, pool=1)
    present = set(inspect(engine).get_table_names())
    names = ", ".join(f'"{t.name}"' for t in Base.metadata.sorted_tables if t.name in present)
    if names:
        with engine.begin() as connection:
            # What guards the ledger would not have it emptied.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    engine.dispose()
    return postgres_url
