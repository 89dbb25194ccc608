"""A lab over demo books, with a recorder in place of the server behind the webhooks."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.lab.emulators import Emulators, build
from bot.settings import Settings
from store.shopfile import load, read_files
from store.transaction import Sessions, open_engine, open_sessions, run
from tests.fakes.databases import with_tables
from tests.fakes.lab import NOW, Server

SHOPS = Path(__file__).parents[3] / "shops"


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, sokoni_data=tmp_path)


@pytest.fixture
def emulators(settings: Settings, server: Server) -> Iterator[Emulators]:
    built = build(settings)
    for emulator in (built.twilio, built.africastalking, built.meta):
        assert emulator is not None
        emulator.options = replace(emulator.options, post=server, receipts=())
    yield built
    built.close()


@pytest.fixture(scope="session")
def demo_books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sessions]:
    """The demo shops in a database of their own. Tests only read it, or undo what they write."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('lab')}/lab.db")
    with_tables(engine)
    sessions = open_sessions(engine)
    files = read_files(sorted(SHOPS.glob("*.toml")))
    run(sessions, lambda session: load(session, files, NOW))
    yield sessions
    engine.dispose()
