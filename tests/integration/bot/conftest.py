"""A server without the web: its world over the databases of the tests, and a provider in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from town import Town

from store.transaction import Sessions


@pytest.fixture
def town(engine: Engine, sessions: Sessions, tmp_path: Path) -> Iterator[Town]:
    """On SQLite and on PostgreSQL, in turn."""
    town = Town(engine, sessions, tmp_path)
    yield town
    town.close()


@pytest.fixture
def busy_town(postgres_engine: Engine, postgres: Sessions, tmp_path: Path) -> Iterator[Town]:
    """On PostgreSQL only: for races."""
    town = Town(postgres_engine, postgres, tmp_path)
    yield town
    town.close()
