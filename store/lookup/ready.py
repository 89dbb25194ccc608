"""Whether this database can look names up quickly, and making it so where it may."""

import re
from collections.abc import Mapping

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

log = structlog.get_logger(__name__)

# PostgreSQL, appendix F "pg_trgm": a trusted extension, which who owns the database may create.
EXTENSION = "pg_trgm"
# Without a list of what is yet to be indexed, which every look-up would have to read through.
INDEXES: Mapping[str, str] = {
    "ix_sought_said": "sought USING gin (said gin_trgm_ops) WITH (fastupdate = off)",
    "ix_sought_words_word": "sought_words USING gin (word gin_trgm_ops) WITH (fastupdate = off)",
}
# An index of trigrams does not know shops. So that a look-up need not go through those of others, the
# tables are in so many parts, by shop; big shops are few.
PARTS = 16
_PART = re.compile(r"sought(_words)?_\d+")
_THERE = text("SELECT count(*) FROM pg_indexes WHERE schemaname = ANY(current_schemas(false))"
              " AND indexname = ANY(:names)")  # fmt: skip


def is_part(table: str) -> bool:
    """Whether this is one of the tables' parts."""
    return _PART.fullmatch(table) is not None


def is_ready(connection: Connection) -> bool:
    """Whether names may be looked up here. On SQLite, which serves one small server, always."""
    if connection.dialect.name != "postgresql":
        return True
    there = connection.execute(_THERE, {"names": list(INDEXES)}).scalar_one()
    return bool(there == len(INDEXES))


def make_ready(connection: Connection) -> bool:
    """Make the extension and the indexes that are not there. Where the role may not, or the server has
    no such extension, all stays as it was, and big shops are kept in memory like others."""
    if is_ready(connection):
        return True
    try:
        with connection.begin_nested():
            connection.execute(text(f"CREATE EXTENSION IF NOT EXISTS {EXTENSION}"))
            for name, where in INDEXES.items():
                connection.execute(text(f"CREATE INDEX IF NOT EXISTS {name} ON {where}"))
    except DBAPIError as error:
        log.warning(
            "no trigram index: the names of big shops are kept in memory until the extension is there",
            extension=EXTENSION,
            reason=str(error.orig).strip().splitlines()[0],
        )
        return False
    return True
