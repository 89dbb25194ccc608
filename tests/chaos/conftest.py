"""An installation per test, on a PostgreSQL database of its own that is dropped afterwards: on the
server that all tests share, or, where that would be too rude, on one that these tests started."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tests.chaos.cluster import Cluster, find_binaries
from tests.chaos.installation import Installation
from tests.conftest import administer, at_postgres

Build = Callable[..., Installation]
MARKET = Path(__file__).parent / "shops" / "market.toml"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = str(Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.postgres)
            item.add_marker(pytest.mark.redis)


@pytest.fixture
def install(tmp_path: Path, postgres_template: str) -> Iterator[Build]:
    """Makes installations, with further settings by name; ends them and their processes."""
    _need(shutil.which("redis-server"), "redis-server")
    name = f"sokoni_chaos_{uuid4().hex[:12]}"
    administer(f'CREATE DATABASE "{name}" TEMPLATE "{postgres_template}"')
    with _building(tmp_path, at_postgres(name)) as build:
        yield build
    administer(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of this test process."""
    binaries = find_binaries()
    _need(binaries, "PostgreSQL's server (initdb, pg_ctl)")
    assert binaries is not None
    started = Cluster(binaries)
    try:
        started.start()
        yield started
    finally:
        started.stop()


@pytest.fixture
def market(tmp_path: Path, cluster: Cluster) -> Iterator[Build]:
    """Makes installations with one big shop, on the tests' own PostgreSQL."""
    _need(shutil.which("redis-server"), "redis-server")
    name = f"market_{uuid4().hex[:12]}"
    cluster.administer(f'CREATE DATABASE "{name}"')
    with _building(tmp_path, cluster.url(name), shop=MARKET.read_text(), tunnel=False) as build:
        yield build
    cluster.administer(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _building(data: Path, url: str, **always: object) -> Iterator[Build]:
    built: list[Installation] = []

    def build(**more: object) -> Installation:
        built.append(Installation(data, url, **{**always, **more}))
        return built[-1]

    try:
        yield build
    finally:
        for installation in built:
            installation.close()


def _need(found: object, what: str) -> None:
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{what} is not installed")
        pytest.skip(f"{what} is not installed")
