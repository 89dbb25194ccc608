"""No transaction lasts longer than it may, whatever the server does."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from store.patience import Patience, may_take
from store.transaction import AWAY, Sessions, open_engine, open_sessions, run

SECONDS = 1.0


@pytest.fixture
def hurried(postgres_engine: Engine) -> Iterator[Sessions]:
    url = postgres_engine.url.render_as_string(hide_password=False)
    engine = open_engine(url, pool=4)
    patience = Patience(engine, SECONDS)
    patience.start()
    yield open_sessions(engine)
    patience.stop()
    engine.dispose()


def _sleep(sessions: Sessions, seconds: float) -> None:
    run(sessions, lambda session: session.execute(text(f"SELECT pg_sleep({seconds})")))


def test_who_waits_on_a_server_that_does_not_answer_is_told_that_it_is_away(
    hurried: Sessions,
) -> None:
    began = time.monotonic()
    with pytest.raises(AWAY):
        _sleep(hurried, 4)
    assert time.monotonic() - began < 3
    # The next one has a connection that works.
    assert run(hurried, lambda session: session.scalar(text("SELECT 1"))) == 1


def test_a_transaction_counts_as_a_whole(hurried: Sessions) -> None:
    def slow(session: Session) -> None:
        for _ in range(8):
            session.execute(text("SELECT pg_sleep(0.4)"))

    with pytest.raises(AWAY):
        run(hurried, slow)


def test_only_the_one_that_takes_too_long_is_broken(hurried: Sessions) -> None:
    def quick() -> int:
        done = 0
        while done < 30:
            _sleep(hurried, 0.1)
            done += 1
        return done

    with ThreadPoolExecutor(2) as pool:
        others = pool.submit(quick)
        with pytest.raises(AWAY):
            _sleep(hurried, 4)
        assert others.result() == 30


def test_what_may_take_its_time_is_left_alone(hurried: Sessions) -> None:
    with may_take(10):
        _sleep(hurried, 2.2)


def test_on_sqlite_nobody_is_waited_for(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/sokoni.db")
    patience = Patience(engine, 0.0)
    patience.start()
    assert run(open_sessions(engine), lambda session: session.scalar(text("SELECT 1"))) == 1
    patience.stop()
    engine.dispose()
