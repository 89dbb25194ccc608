"""An installation per test, on a PostgreSQL database of its own that is dropped afterwards."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy.engine import make_url

from tests.chaos.installation import Installation
from tests.conftest import POSTGRES, administer

Build = Callable[..., Installation]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = str(Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.postgres)
            item.add_marker(pytest.mark.redis)


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Build]:
    """Makes installations, with further settings by name; ends them and their processes."""
    if shutil.which("redis-server") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("redis-server is not installed")
        pytest.skip("redis-server is not installed")
    name = f"sokoni_chaos_{uuid4().hex[:12]}"
    administer(f'CREATE DATABASE "{name}"')
    url = make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    built: list[Installation] = []

    def build(**more: str) -> Installation:
        built.append(Installation(tmp_path, url, **more))
        return built[-1]

    yield build
    for installation in built:
        installation.close()
    administer(f'DROP DATABASE "{name}" WITH (FORCE)')
