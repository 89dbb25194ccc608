"""A running house per test. What must hold on both databases says so with
`pytestmark = pytest.mark.databases("sqlite", "postgres")`; the rest runs on SQLite."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.transaction import open_engine
from tests.e2e.house import House
from tests.e2e.tally import Tally, counted
from tests.fakes.databases import empty, remove_sqlite

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


@pytest.fixture(scope="session")
def sqlite_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("house")


@pytest.fixture
def sqlite_file(sqlite_folder: Path) -> Path:
    """Where an SQLite database may be made: none is there yet."""
    path = sqlite_folder / "sokoni.db"
    remove_sqlite(path)
    return path


@pytest.fixture
def build_house(
    request: pytest.FixtureRequest, database: str, tmp_path: Path, sqlite_file: Path
) -> Iterator[Callable[..., House]]:
    """Builds the house with shops and settings of the test's own."""
    url = f"sqlite:///{sqlite_file}"
    if database == "postgres":
        url = request.getfixturevalue("empty_postgres")
    built: list[House] = []

    def build(*shops: str, **settings: object) -> House:
        built.append(House(tmp_path, url, shops or ("mama", "joy", "okello"), **settings))
        return built[-1]

    yield build
    for house in built:
        house.stop()


@pytest.fixture
def house(build_house: Callable[..., House]) -> House:
    """Three shops: "mama" with addresses of its own; "joy" and "okello" on shared ones."""
    return build_house()


@pytest.fixture
def tally(house: House) -> Iterator[Tally]:
    """The statements of each request from here on."""
    with counted(house) as tally:
        yield tally


@pytest.fixture
def empty_postgres(postgres_url: str) -> str:
    """A PostgreSQL database of this test process, with empty tables."""
    engine = open_engine(postgres_url, pool=1)
    empty(engine)
    engine.dispose()
    return postgres_url
