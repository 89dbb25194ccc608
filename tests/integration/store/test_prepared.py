"""Statements that are planned once for each connection."""

import pytest
from sqlalchemy import Engine, bindparam, literal, literal_column, select, text
from sqlalchemy.exc import DBAPIError

from store.models import ShopRow
from store.prepared import MOST, PREPARED

MARKED = select(ShopRow.slug).where(ShopRow.slug == bindparam("slug")).execution_options(**PREPARED)


def _prepared(connection) -> list[str]:
    # Not marked itself: it would be in its own answer.
    return list(connection.scalars(text("SELECT statement FROM pg_prepared_statements")))


def test_a_marked_statement_is_prepared_once(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        before = len(_prepared(connection))
        for slug in ("one", "it's", 'a "b" %(slug)s'):
            assert connection.execute(MARKED, {"slug": slug}).all() == []
        assert len(_prepared(connection)) == before + 1


def test_others_are_not(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        before = _prepared(connection)
        connection.execute(select(ShopRow.slug).where(ShopRow.slug == "one"))
        assert _prepared(connection) == before


def test_a_value_comes_back_as_it_was(postgres_engine: Engine) -> None:
    echo = select(bindparam("said", type_=ShopRow.name.type) + literal("")).execution_options(
        **PREPARED
    )
    with postgres_engine.connect() as connection:
        for said in ("plain", "50% off", "%s %(said)s $1", "it''s", "a\\b"):
            assert connection.scalar(echo, {"said": said}) == said


def test_a_rollback_takes_no_plan_along(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        connection.execute(MARKED, {"slug": "one"})
        connection.rollback()
        assert connection.execute(MARKED, {"slug": "two"}).all() == []


def test_a_connection_keeps_only_so_many(postgres_engine: Engine) -> None:
    engine = postgres_engine.execution_options(**PREPARED)
    with engine.connect() as connection:
        for number in range(MOST + 5):
            assert connection.scalar(select(literal_column(str(number)))) == number
        assert len(_prepared(connection)) == MOST


@pytest.fixture(autouse=True)
def fresh(postgres_engine: Engine) -> None:
    """Connections on which nothing was prepared by another test."""
    postgres_engine.dispose()


def test_a_plan_that_no_longer_holds_fails_once(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        connection.execute(MARKED, {"slug": "one"})
        connection.execute(text("DEALLOCATE ALL"))
        with pytest.raises(DBAPIError):
            connection.execute(MARKED, {"slug": "one"})
        connection.rollback()
        assert connection.execute(MARKED, {"slug": "one"}).all() == []
