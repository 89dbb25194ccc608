"""Conflicts are tried again in one place, on the real PostgreSQL."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, ExceptionContext, event, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.ops.health import lock_fault
from store.models import FactRow
from store.transaction import AWAY, MOST_TRIES, Sessions, open_engine, open_sessions, run
from tests.fakes.conflicts import DEADLOCK, SERIALIZATION, UNKNOWN, Conflicts

pytestmark = pytest.mark.postgres


@pytest.fixture
def conflicts(postgres_engine: Engine) -> Iterator[Conflicts]:
    made = Conflicts(postgres_engine)
    made.install()
    yield made
    made.remove()


@pytest.fixture
def met(postgres_engine: Engine) -> Iterator[Counter[str]]:
    """The codes of all errors that the database gave."""
    found: Counter[str] = Counter()

    def note(context: ExceptionContext) -> None:
        found[str(getattr(context.original_exception, "pgcode", None))] += 1

    event.listen(postgres_engine, "handle_error", note)
    yield found
    event.remove(postgres_engine, "handle_error", note)


def write(session: Session) -> None:
    session.add(FactRow(name="told", values={}, at=datetime.now(UTC)))


def written(sessions: Sessions) -> int:
    return run(sessions, lambda s: s.scalar(select(func.count()).select_from(FactRow))) or 0


@pytest.mark.parametrize("code", [SERIALIZATION, DEADLOCK])
def test_a_conflict_at_a_statement_and_at_the_commit_begins_anew(
    postgres: Sessions, conflicts: Conflicts, met: Counter[str], code: str
) -> None:
    conflicts.plan("facts", code, code)
    run(postgres, write)
    assert met == {code: 2}
    conflicts.clear()
    assert written(postgres) == 1


def test_it_is_given_up_after_a_few_tries(postgres: Sessions) -> None:
    tries = 0

    def never(session: Session) -> None:
        nonlocal tries
        tries += 1
        write(session)
        session.execute(text("DO $$ BEGIN RAISE 'no' USING ERRCODE = '40001'; END $$"))

    with pytest.raises(OperationalError):
        run(postgres, never)
    assert tries == MOST_TRIES
    assert written(postgres) == 0


def test_a_commit_whose_end_nobody_knows_is_not_tried_again(
    postgres: Sessions, conflicts: Conflicts, met: Counter[str]
) -> None:
    conflicts.plan("facts", None, UNKNOWN)
    run(postgres, write)
    with pytest.raises(AWAY):
        run(postgres, write)
    assert met == {UNKNOWN: 1}
    conflicts.clear()
    assert written(postgres) == 1


def test_a_url_sets_the_isolation_and_keeps_the_lock_s_limit(postgres_engine: Engine) -> None:
    url = postgres_engine.url.update_query_dict(
        {"options": "-c default_transaction_isolation=serializable"}
    )
    engine = open_engine(url.render_as_string(hide_password=False), pool=1)
    try:
        with engine.begin() as connection:
            assert connection.scalar(text("SHOW transaction_isolation")) == "serializable"
            assert connection.scalar(text("SHOW lock_timeout")) == "2s"
    finally:
        engine.dispose()


def test_at_serializable_two_who_read_before_they_write_do_not_both_win(
    postgres_engine: Engine, met: Counter[str]
) -> None:
    """Each writes only if nobody has: reading alone, as at PostgreSQL's own default, would let both."""
    engine = postgres_engine.execution_options(isolation_level="SERIALIZABLE")
    sessions = open_sessions(engine)
    tries = 0

    def once(session: Session) -> bool:
        nonlocal tries
        tries += 1
        seen = session.scalar(select(func.count()).select_from(FactRow))
        if tries == 1:
            # Somebody else comes in between.
            assert run(sessions, once)
        if not seen:
            write(session)
        return not seen

    assert not run(sessions, once)
    assert met[SERIALIZATION] == 1
    assert written(sessions) == 1


def test_a_connection_to_a_standby_is_not_kept(postgres_engine: Engine) -> None:
    url = postgres_engine.url
    with postgres_engine.execution_options(isolation_level="AUTOCOMMIT").connect() as server:
        name = url.database
        server.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
        engine = open_engine(url.render_as_string(hide_password=False), pool=1)
        try:
            with pytest.raises(AWAY):
                run(open_sessions(engine), write)
            server.execute(text(f"ALTER DATABASE {name} RESET default_transaction_read_only"))
            run(open_sessions(engine), write)
        finally:
            server.execute(text(f"ALTER DATABASE {name} RESET default_transaction_read_only"))
            engine.dispose()


def test_a_pooler_that_drops_the_lock_s_limit_is_named(postgres_engine: Engine) -> None:
    """As it would: the connection begins without it."""
    assert lock_fault(postgres_engine) is None
    url = postgres_engine.url.update_query_dict({"options": "-c lock_timeout=0"})
    engine = open_engine(url.render_as_string(hide_password=False), pool=1)
    try:
        assert "lock_timeout" in (lock_fault(engine) or "")
    finally:
        engine.dispose()
