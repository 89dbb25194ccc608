"""A bound on how long a transaction may take, kept by the client.

A server that hangs keeps its connections open and cannot enforce a timeout of its own; TCP notices
nothing, since the kernel still answers. So a thread of ours looks at the transactions that are open, and
breaks the connection of one that takes too long: whoever waits on it is told that the database is away.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

import psycopg2
import structlog
from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

log = structlog.get_logger(__name__)

# Seconds between two looks.
LOOK = 0.5

_ALLOWED: ContextVar[float | None] = ContextVar("allowed", default=None)


@contextlib.contextmanager
def may_take(seconds: float) -> Iterator[None]:
    """Transactions that begin inside have their own bound: counting and tidying up take longer."""
    token = _ALLOWED.set(seconds)
    try:
        yield
    finally:
        _ALLOWED.reset(token)


class Patience:
    """Lets no transaction of `engine` last longer than `seconds`, from the start of its thread on; that
    must be after any fork. On SQLite it does nothing: there is nobody to wait for."""

    def __init__(self, engine: Engine, seconds: float) -> None:
        self._seconds = seconds
        self._running: dict[int, tuple[float, Any]] = {}
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="patience", daemon=True)
        self._watches = engine.dialect.name == "postgresql"
        if self._watches:
            event.listen(engine, "checkout", self._begin)
            event.listen(engine, "checkin", self._end)

    def start(self) -> None:
        if self._watches:
            self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(10)

    def _begin(self, connection: Any, entry: ConnectionPoolEntry, _: object) -> None:
        allowed = _ALLOWED.get()
        seconds = self._seconds if allowed is None else allowed
        with self._lock:
            self._running[id(entry)] = (time.monotonic() + seconds, connection)

    def _end(self, _: Any, entry: ConnectionPoolEntry) -> None:
        with self._lock:
            self._running.pop(id(entry), None)

    def _run(self) -> None:
        while not self._stopping.wait(LOOK):
            self.look()

    def look(self) -> None:
        """Break what has lasted too long. No transaction ends while this looks."""
        now = time.monotonic()
        with self._lock:
            overdue = [key for key, (until, _) in self._running.items() if now >= until]
            for key in overdue:
                _, connection = self._running.pop(key)
                log.error("a transaction took too long, its connection is broken")
                _break(connection)


def _break(connection: Any) -> None:
    """As if the server had hung up. Closing it would wait for whoever waits on it."""
    with (
        contextlib.suppress(OSError, psycopg2.Error),
        socket.fromfd(connection.fileno(), socket.AF_UNSPEC, socket.SOCK_STREAM) as its_own,
    ):
        its_own.shutdown(socket.SHUT_RDWR)
