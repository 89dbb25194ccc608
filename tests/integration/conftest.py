"""Databases for the integration tests: made by the real migrations, one of each kind per session.

`sessions` runs a test on SQLite and on PostgreSQL, `postgres` on PostgreSQL only. Every test begins
with empty tables. With several workers each has its own database.
"""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from market import Market
from sqlalchemy import Engine, text

from store.transaction import Sessions, open_engine, open_sessions
from tests.conftest import administer, at_postgres
from tests.fakes.databases import empty, opened, remove_sqlite, sqlite_with_tables, with_tables


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with all tables, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    path.write_bytes(sqlite_with_tables())
    return path


@pytest.fixture(scope="session")
def postgres_database(postgres_url: str) -> Iterator[Engine]:
    """The PostgreSQL database of this test process."""
    engine = open_engine(postgres_url, pool=40, lock_wait_ms=5000)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Both engines in turn."""
    if request.param == "postgres":
        yield request.getfixturevalue("postgres_engine")
        return
    path = request.getfixturevalue("sqlite_template").with_name("sokoni.db")
    remove_sqlite(path)
    engine = opened(f"sqlite:///{path}")
    with_tables(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine(postgres_database: Engine) -> Engine:
    empty(postgres_database)
    return postgres_database


@pytest.fixture
def empty_database(postgres_engine: Engine) -> Iterator[str]:
    """The URL of a database without tables."""
    name = f"{postgres_engine.url.database}_empty"
    outside = postgres_engine.execution_options(isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgres_engine.url.set(database=name).render_as_string(hide_password=False)
    with outside.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def own_database(postgres_template: str) -> Iterator[str]:
    """The URL of a PostgreSQL database with empty tables that nobody else uses."""
    name = f"sokoni_test_{uuid4().hex[:12]}"
    administer(f'CREATE DATABASE "{name}" TEMPLATE "{postgres_template}"')
    yield at_postgres(name)
    administer(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    """Sessions on SQLite and on PostgreSQL, in turn."""
    return open_sessions(engine)


@pytest.fixture
def postgres(postgres_engine: Engine) -> Sessions:
    """Sessions on PostgreSQL: for races and faults."""
    return open_sessions(postgres_engine)


@pytest.fixture
def market(sessions: Sessions) -> Market:
    """A shop that is open, on both engines in turn."""
    return Market(sessions).open()


@pytest.fixture
def busy_market(postgres: Sessions) -> Market:
    """The same on PostgreSQL only: for races."""
    return Market(postgres).open()
