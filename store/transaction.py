"""Transactions: one way to open the database, and one place where conflicts are tried again."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, SessionTransaction, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from store.late import forget, write_down
from store.prepared import prepare_on

T = TypeVar("T")

Sessions = sessionmaker[Session]

# Serialization failure and deadlock: PostgreSQL documentation, appendix A "PostgreSQL Error Codes".
RETRIED = frozenset({"40001", "40P01"})
LOCK_NOT_AVAILABLE = "55P03"
# The connection leads to a standby, as right after a failover.
READ_ONLY = "25006"
MOST_TRIES = 10
# Seconds before the last tries, at most: with those before them about as long as a lock is waited for.
LONGEST_PAUSE = 0.3

# How a database that is away, or too busy, shows itself.
AWAY = (OperationalError, InterfaceError, PoolTimeoutError)


def normalised(url: str) -> URL:
    """`url` with the driver named: SQLAlchemy 2.1 reads postgresql:// as psycopg 3."""
    if url.startswith("postgres://"):
        url = "postgresql://" + url.removeprefix("postgres://")
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg2")
    return parsed


def open_engine(url: str, *, pool: int = 10, lock_wait_ms: int = 2000) -> Engine:
    """An engine on PostgreSQL or SQLite. A lock is waited for `lock_wait_ms` at most. What the URL's own
    `options` set goes over what is set here. The text of its errors is logged, so it has no values."""
    parsed = normalised(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, lock_wait_ms)
    own = parsed.query.get("options", "")
    engine = create_engine(
        parsed,
        pool_size=pool,
        max_overflow=pool,
        pool_timeout=5,
        pool_pre_ping=False,
        pool_recycle=1800,
        hide_parameters=True,
        connect_args={
            "connect_timeout": 3,
            # Milliseconds: a server that vanished without a word is noticed. PostgreSQL, "Database
            # Connection Control Functions".
            "tcp_user_timeout": 10_000,
            "keepalives_idle": 10,
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "options": f"-c lock_timeout={lock_wait_ms} -c timezone=UTC {own}",
            "application_name": "sokoni",
        },
    )
    event.listen(engine, "handle_error", _leave_a_standby)
    prepare_on(engine)
    return engine


def _leave_a_standby(context: ExceptionContext) -> None:
    """The pool connects anew, by then to whoever may write."""
    if getattr(context.original_exception, "pgcode", None) == READ_ONLY:
        context.is_disconnect = True


def _open_sqlite(url: URL, lock_wait_ms: int) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": max(lock_wait_ms / 1000, 5.0)}
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver must not open transactions by itself: BEGIN IMMEDIATE below is what keeps
        # two writers from overwriting each other's read.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection) -> None:  # type: ignore[no-untyped-def]
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def open_sessions(engine: Engine) -> Sessions:
    """Sessions that keep their objects readable after the commit."""
    sessions = sessionmaker(engine, expire_on_commit=False, autoflush=True)
    event.listen(sessions, "before_commit", write_down)
    event.listen(sessions, "after_rollback", forget)
    return sessions


def sqlstate(error: DBAPIError) -> str | None:
    """PostgreSQL's five-letter code, None for other engines."""
    code = getattr(error.orig, "pgcode", None)
    return str(code) if code else None


def is_locked(error: BaseException) -> bool:
    """Was a lock not to be had in time? Then the database itself is well."""
    return isinstance(error, DBAPIError) and sqlstate(error) == LOCK_NOT_AVAILABLE


def run(sessions: Sessions, work: Callable[[Session], T]) -> T:
    """Do `work` in one transaction and commit. Conflicts (40001, 40P01) begin it anew, so `work` must
    reach nothing outside the database. Everything else is raised after a rollback: a lost connection
    as one of AWAY.

    AWAY may also mean that nobody knows whether it was committed: the connection broke during the
    commit, or a distributed engine says so itself (40003). Whoever tries again must find out from
    what stands in the books."""
    for tries in range(1, MOST_TRIES + 1):
        with sessions() as session:
            try:
                with session.begin():
                    return work(session)
            except DBAPIError as error:
                if error.connection_invalidated and not isinstance(error, AWAY):
                    # The driver has other names for a connection that broke in the middle.
                    raise OperationalError(
                        error.statement, error.params, error.orig or error
                    ) from error
                if sqlstate(error) not in RETRIED or tries == MOST_TRIES:
                    raise
        time.sleep(random.uniform(0, min(0.01 * 2**tries, LONGEST_PAUSE)))
    raise AssertionError("unreachable")


@contextmanager
def attempted(session: Session) -> Iterator[SessionTransaction]:
    """A part of a transaction that may be taken back by itself: roll what is given back, and leave."""
    session.flush()
    attempt = session.begin_nested()
    try:
        yield attempt
    except BaseException:
        if attempt.is_active:
            attempt.rollback()
        raise
    if attempt.is_active:
        attempt.commit()
