"""The tables that the migrations make are the tables that the models describe."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect

from store.migrate import in_models, is_current, upgrade
from store.models import Base
from store.models.base import UtcDateTime
from store.transaction import open_engine


def test_models_and_migrations_agree(engine: Engine):
    def same_type(context, column, ours, inspected, declared):
        return False if isinstance(declared, UtcDateTime) else None

    with engine.connect() as connection:
        opts = {"compare_type": same_type, "include_object": in_models(connection)}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []


def test_a_second_upgrade_has_nothing_to_do(engine: Engine):
    before = set(inspect(engine).get_table_names())
    upgrade(engine)
    assert set(inspect(engine).get_table_names()) == before
    assert is_current(engine)


def test_an_empty_database_is_not_current():
    engine = open_engine("sqlite://")
    assert not is_current(engine)
    engine.dispose()


@pytest.mark.postgres
def test_of_two_upgrades_at_once_the_second_finds_nothing_to_do(empty_database: str):
    engines = [open_engine(empty_database) for _ in range(3)]
    with ThreadPoolExecutor(len(engines)) as pool:
        for done in [pool.submit(upgrade, engine) for engine in engines]:
            done.result()
    assert is_current(engines[0])
    for engine in engines:
        engine.dispose()
