"""Databases for the integration tests: made by the real migrations, one of each kind per session.

`sessions` runs a test on SQLite and on PostgreSQL, `postgres` on PostgreSQL only. Every test begins
with empty tables. With several workers each has its own database.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from market import Market
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from store.migrate import upgrade
from store.models import Base
from store.transaction import Sessions, normalised, open_engine, open_sessions

SERVER = os.environ.get("DATABASE_URL_TEST", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with all tables, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    # The last connection to close writes the log into the file.
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_database() -> Iterator[Engine]:
    """A scratch database of this test process on the PostgreSQL server, dropped at the end."""
    name = f"sokoni_test_{os.getpid()}"
    server = open_engine(SERVER, pool=1)
    try:
        server.connect().close()
    except OperationalError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no PostgreSQL at {normalised(SERVER).host}: {error.orig}")
    outside = server.execution_options(isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = normalised(SERVER).set(database=name).render_as_string(hide_password=False)
    engine = open_engine(url, pool=40, lock_wait_ms=5000)
    upgrade(engine)
    yield engine
    engine.dispose()
    with outside.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def _empty(engine: Engine) -> None:
    tables = reversed(Base.metadata.sorted_tables)
    with engine.begin() as connection:
        # What guards the ledger would not have it emptied.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(";".join(f'DELETE FROM "{table.name}"' for table in tables))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Both engines in turn."""
    if request.param == "postgres":
        yield request.getfixturevalue("postgres_engine")
        return
    path = tmp_path / "sokoni.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine(postgres_database: Engine) -> Engine:
    _empty(postgres_database)
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
