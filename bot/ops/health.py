"""Whether this process is alive, and whether it should be given messages.

A process with something missing still works as well as it can: only one that could not keep a
message, or not understand it, asks the load balancer to pass it by.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flask import Blueprint, Response, jsonify
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from store.models import InboxRow


@dataclass(frozen=True, slots=True)
class Parts:
    """What a web process leans on. `model` tells whether messages can be understood; `redis` None
    means that there is none to look at. `disabled` holds one line per provider that is off, `unopened`
    counts the lines and shops whose credentials this process could not open."""

    engine: Engine
    redis: "Redis | None"
    spool: Path
    model: Callable[[], bool]
    disabled: Mapping[str, str] = field(default_factory=dict)
    unopened: Callable[[], int] = lambda: 0

    def degraded(self) -> dict[str, str]:
        """Part -> what is wrong with it, in one line."""
        database = database_fault(self.engine)
        found = {
            "database": database,
            "locks": None if database else lock_fault(self.engine),
            "redis": redis_fault(self.redis),
            "spool": spool_fault(self.spool),
            "model": None if self.model() else "no language model: run make setup",
            "credentials": credentials_fault(self.unopened()),
        }
        return {name: fault for name, fault in found.items() if fault} | dict(self.disabled)


def database_fault(engine: Engine) -> str | None:
    """Why nothing could be committed now, None when it could."""
    try:
        with engine.begin() as connection:
            connection.execute(select(InboxRow.id).limit(1))
            if engine.dialect.name == "postgresql":
                # A standby, or a server whose disk is full, still reads.
                read_only = connection.scalar(text("SHOW transaction_read_only"))
                return "read-only" if read_only == "on" else None
    except (DBAPIError, PoolTimeoutError) as error:
        return f"cannot be used ({type(error).__name__}): is it up, and was db upgrade run?"
    return None


def lock_fault(engine: Engine) -> str | None:
    """Why somebody might wait for a lock without end: a pooler between us and the database drops what
    a connection asks for when it begins."""
    if engine.dialect.name != "postgresql":
        return None
    try:
        with engine.begin() as connection:
            endless = connection.scalar(text("SHOW lock_timeout")) == "0"
    except (DBAPIError, PoolTimeoutError):
        return None
    return "waited for without end: ALTER ROLE ... SET lock_timeout = '2s'" if endless else None


def redis_fault(redis: "Redis | None") -> str | None:
    """Why nobody can be woken now. Messages then wait for the sweep."""
    if redis is None:
        return None
    try:
        redis.ping()
    except RedisError as error:
        return f"cannot be reached ({type(error).__name__}): messages leave with the next sweep"
    return None


def spool_fault(spool: Path) -> str | None:
    """Why nothing could be put on disk now: really writes, since a full disk still lists."""
    probe = spool / f".probe-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        spool.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.write_bytes(b"x" * 512)
        probe.unlink()
    except OSError as error:
        return f"cannot be written ({error.strerror}): give SPOOL_DIR a writable directory"
    return None


def credentials_fault(unopened: int) -> str | None:
    """Whose lines and rails are off for want of a key."""
    if not unopened:
        return None
    return f"{unopened} lines or shops cannot be opened: flask --app wsgi keys check names them"


def health_blueprint(parts: Parts) -> Blueprint:
    """`GET /healthz` and `GET /readyz`."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def alive() -> Response:
        return jsonify(alive=True)

    @blueprint.get("/readyz")
    def ready() -> tuple[Response, int]:
        degraded = parts.degraded()
        keeps = "database" not in degraded or "spool" not in degraded
        fit = keeps and "model" not in degraded
        return jsonify(ready=fit, degraded=degraded), 200 if fit else 503

    return blueprint
