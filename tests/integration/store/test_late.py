"""What is put down during a transaction and written at its end."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from store.facts import note
from store.late import change, put_down
from store.models import FactRow, LimitRow
from store.transaction import Sessions, run

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def statements(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def see(connection, cursor, statement, parameters, context, many):  # type: ignore[no-untyped-def]
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", see)
    yield seen
    event.remove(engine, "before_cursor_execute", see)


def _names(sessions: Sessions) -> list[str]:
    return run(sessions, lambda s: list(s.scalars(select(FactRow.name).order_by(FactRow.id))))


def _count(sessions: Sessions, key: str) -> int | None:
    return run(sessions, lambda s: s.scalar(select(LimitRow.count).where(LimitRow.key == key)))


def test_rows_are_written_with_the_commit_in_the_order_in_which_they_were_put_down(
    sessions: Sessions,
) -> None:
    def work(session: Session) -> list[str]:
        for name in ("one", "two", "three"):
            note(session, name, {"n": name}, NOW)
        return list(session.scalars(select(FactRow.name)))

    assert run(sessions, work) == []
    assert _names(sessions) == ["one", "two", "three"]


def test_nothing_that_was_put_down_outlives_a_rollback(sessions: Sessions) -> None:
    with sessions() as session:
        assert session.scalars(select(FactRow)).all() == []
        note(session, "never", {}, NOW)
        session.rollback()
        with session.begin():
            note(session, "later", {}, NOW)
    assert _names(sessions) == ["later"]


def test_a_change_reaches_its_own_row_and_no_other(sessions: Sessions) -> None:
    def before(session: Session) -> None:
        for key in ("a", "b"):
            put_down(session, LimitRow, {"key": key, "since": NOW, "count": 1})

    def work(session: Session) -> None:
        change(session, LimitRow, {"key": "a"}, {"count": 5})
        change(session, LimitRow, {"key": "b"}, {})

    run(sessions, before)
    run(sessions, work)
    assert (_count(sessions, "a"), _count(sessions, "b")) == (5, 1)


def test_all_of_it_is_one_statement_where_the_database_can(
    engine: Engine, sessions: Sessions, statements: list[str]
) -> None:
    def work(session: Session) -> None:
        put_down(session, LimitRow, {"key": "c", "since": NOW, "count": 1})
        note(session, "one", {}, NOW)
        note(session, "two", {}, NOW)
        change(session, LimitRow, {"key": "nobody's"}, {"count": 2})

    run(sessions, work)
    assert len(statements) == (1 if engine.dialect.name == "postgresql" else 3)
    assert _names(sessions) == ["one", "two"]
    assert _count(sessions, "c") == 1
