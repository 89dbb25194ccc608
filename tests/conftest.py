"""What holds for every test: no way out of this machine, and real services where they are marked.

DATABASE_URL_TEST and REDIS_URL_TEST say where PostgreSQL and Redis are. A test that needs one which
is not there is skipped; with CI=true it fails.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2
import pytest
import redis
from sqlalchemy.engine import make_url

import intents
from bot.ops.logging import configure
from intents.errors import ModelError
from store.migrate import upgrade
from store.transaction import open_engine

POSTGRES = os.environ.get("DATABASE_URL_TEST", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("REDIS_URL_TEST", "redis://127.0.0.1:6379/15")

# What a developer has set for a server of their own must not reach the tests.
SETTINGS = (
    "SOKONI_",
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "PUBLIC_URL",
    "SPOOL_DIR",
    "PORT",
    "PAYMENT_",
    "HOLD_MINUTES",
    "RIDER_OFFER_",
    "SELLER_REMINDER_",
    "MISSES_",
    "PAYOUT_",
    "DAY_TOLD_",
    "QUIET_",
    "LINE_LEASE_",
    "LINE_TURNS_",
    "SENDER_",
    "PLATFORM_SMS_",
    "METRICS_TOKEN",
    "LOG_LEVEL",
    "WEB_CONCURRENCY",
    "TWILIO_",
    "AT_",
    "MTN_MOMO_",
    "META_",
    "AIRTEL_",
    "PAYSTACK_",
    "FLUTTERWAVE_",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--model", metavar="DIR", help="the language model, if not where training puts it"
    )


def pytest_configure(config: pytest.Config) -> None:
    if folder := config.getoption("--model"):
        from intents import model

        model.default_folder = lambda: Path(folder)
    # As the server does: what structlog does by itself draws every local variable of a traceback, for
    # seconds, while other threads wait.
    configure("WARNING", readable=False)
    for name in tuple(os.environ):
        if name.startswith(SETTINGS) and not name.endswith("_TEST"):
            del os.environ[name]
    # The developer's .env is read from the working directory: an environment that is set wins.
    os.environ["SOKONI_ENV"] = "development"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what cannot run here. Fixtures that need a service mark their tests by themselves."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "postgres_url" in names:
            item.add_marker(pytest.mark.postgres)
        if "redis_url" in names:
            item.add_marker(pytest.mark.redis)
    away = {
        name: fault
        for name, fault in (("postgres", _no_postgres()), ("redis", _no_redis()))
        if fault
    }
    for item in items:
        for name, fault in away.items():
            if item.get_closest_marker(name) is None:
                continue
            if os.environ.get("CI") == "true":
                item.add_marker(pytest.mark.usefixtures("_service_is_away"))
            else:
                item.add_marker(pytest.mark.skip(reason=fault))


@pytest.fixture
def _service_is_away() -> None:
    pytest.fail(_no_postgres() or _no_redis() or "a service came back while the tests ran")


def _no_postgres() -> str | None:
    try:
        psycopg2.connect(POSTGRES, connect_timeout=2).close()
    except psycopg2.OperationalError as error:
        return f"PostgreSQL cannot be reached (DATABASE_URL_TEST): {' '.join(str(error).split())}"
    return None


def _no_redis() -> str | None:
    try:
        with redis.Redis.from_url(REDIS, socket_connect_timeout=2) as client:
            client.ping()
    except redis.RedisError as error:
        return f"Redis cannot be reached (REDIS_URL_TEST): {error}"
    return None


@pytest.fixture(scope="session")
def model() -> None:
    """The trained language model, made once where it is missing or stale."""
    try:
        intents.load()
    except ModelError:
        from intents.model import default_folder
        from intents.train import make_model

        make_model(default_folder(), say=lambda line: None)
        intents.load()


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """The name of a PostgreSQL database that has empty tables and no guests, to be copied; dropped at
    the end."""
    name = f"sokoni_template_{uuid4().hex[:12]}"
    administer(f'CREATE DATABASE "{name}"')
    engine = open_engine(at_postgres(name), pool=1)
    upgrade(engine)
    engine.dispose()
    yield name
    administer(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def postgres_url(postgres_template: str) -> Iterator[str]:
    """A PostgreSQL database of this test process with all tables, dropped at the end."""
    name = f"sokoni_test_{uuid4().hex[:12]}"
    administer(f'CREATE DATABASE "{name}" TEMPLATE "{postgres_template}"')
    # Commits do not wait for the disk; nothing else of them changes.
    administer(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    yield at_postgres(name)
    administer(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def redis_url(worker_id: str) -> Iterator[str]:
    """A Redis database of this test process, empty before and after the test. Parallel processes
    take the numbers below REDIS_URL_TEST's."""
    parts = urlsplit(REDIS)
    last = int(parts.path.strip("/") or 15)
    number = last - int(worker_id.removeprefix("gw") or 0) if worker_id != "master" else last
    url = parts._replace(path=f"/{max(number, 1)}").geturl()
    with redis.Redis.from_url(url) as client:
        client.flushdb()
        yield url
        client.flushdb()


def at_postgres(database: str) -> str:
    """The URL of a database of the PostgreSQL that the tests use."""
    return make_url(POSTGRES).set(database=database).render_as_string(hide_password=False)


def administer(statement: str) -> None:
    """Do what cannot be done in a transaction, on the server itself."""
    connection = psycopg2.connect(POSTGRES)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
