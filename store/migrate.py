"""Bringing the database's tables to what this version needs."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.schema import SchemaItem

from store.lookup.ready import INDEXES, is_part
from store.months import is_partition

# Any number will do, as long as every process takes the same one.
ONE_AT_A_TIME = 720_419_001
LOCK_WAIT = "3s"
STATEMENT_LIMIT = "5min"
OTHERS_WAIT = "10min"


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    made.attributes["connection"] = connection
    return made


def upgrade(engine: Engine) -> None:
    """Run what has not been run yet, in one transaction. Of two that run at once the second waits and
    finds nothing to do. A table that a long transaction holds is waited for a few seconds, not for
    ever: everybody who comes after would wait behind the migration."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            _alone(connection)
        command.upgrade(config(connection), "head")


def _alone(connection: Connection) -> None:
    connection.execute(text(f"SET LOCAL lock_timeout = '{OTHERS_WAIT}'"))
    connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
    connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'"))
    connection.execute(text(f"SET LOCAL statement_timeout = '{STATEMENT_LIMIT}'"))


def in_models(
    connection: Connection,
) -> Callable[[SchemaItem, str | None, str, bool, SchemaItem | None], bool]:
    """For Alembic's comparisons: which things of this database and of the models have to agree. Months
    and parts are in no model, nor are indexes that a database may lack; others are for one engine."""
    engine = connection.dialect.name

    def include(
        item: SchemaItem, name: str | None, kind: str, _: bool, __: SchemaItem | None
    ) -> bool:
        if kind == "table" and (is_partition(name or "") or is_part(name or "")):
            return False
        if kind == "index" and name in INDEXES:
            return False
        return bool(item.info.get("only", engine) == engine)

    return include


def is_current(engine: Engine) -> bool:
    """Has this database every migration that this version knows?"""
    with engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_heads()
    return set(ScriptDirectory.from_config(config()).get_heads()) <= set(here)
