"""Databases with every table in them. The migrations run once for each kind and test process; what they
made is copied from then on, or emptied again, which takes a hundredth of the time."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from bot.build import POOL
from store.migrate import config, upgrade
from store.models import Base
from store.transaction import open_engine


@cache
def _opened(url: str) -> Engine:
    return open_engine(url, pool=POOL)


def opened(url: str) -> Engine:
    """An engine that shares with all others of this address the statements that were put together for
    it, which is dear, and nothing that listens to them."""
    return _opened(url).execution_options()


def remove_sqlite(path: Path) -> None:
    """The file, and what was not written into it yet."""
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def with_tables(engine: Engine) -> None:
    """The tables of this version, as `upgrade` would leave them. A database that has some is upgraded."""
    if engine.dialect.name == "sqlite":
        path = Path(engine.url.database or "")
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(sqlite_with_tables())
            return
    if _version(engine) != _newest():
        upgrade(engine)


@cache
def sqlite_with_tables() -> bytes:
    """The file of an SQLite database in which nothing was written yet."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "template.db")
        engine = open_engine(f"sqlite:///{path}")
        upgrade(engine)
        # The last connection to close writes the log into the file.
        engine.dispose()
        return path.read_bytes()


def empty(engine: Engine) -> None:
    """Delete all rows: where there are few, PostgreSQL does that in a hundredth of what TRUNCATE takes,
    which puts every table and index into a new file."""
    tables = reversed(Base.metadata.sorted_tables)
    with engine.begin() as connection:
        # What guards the ledger would not have it emptied.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(";".join(f'DELETE FROM "{table.name}"' for table in tables))


def _version(engine: Engine) -> str | None:
    """The last migration that ran here, None without any."""
    with engine.connect() as connection:
        if not engine.dialect.has_table(connection, "alembic_version"):
            return None
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return str(found) if found else None


@cache
def _newest() -> str | None:
    return ScriptDirectory.from_config(config()).get_current_head()
