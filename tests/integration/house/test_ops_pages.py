"""The pages for those who run the server, over a real database."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client import CollectorRegistry
from redis import Redis
from sqlalchemy import Engine, create_engine, update
from sqlalchemy.orm import Session

from bot.hub.money import UNKNOWN_REFERENCE
from bot.ops.books import Books
from bot.ops.health import Parts, database_fault, health_blueprint
from bot.ops.machine import Machine
from bot.ops.metrics import Meters, metrics_blueprint, open_registry
from payments.taking.steps import UNKNOWN_CODE
from store.models import AddressRow, FactRow, InboxRow, OutboxRow, PersonRow
from store.rules import Rules
from store.transaction import Sessions, open_engine, open_sessions, run

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DEAD_ENDS = {
    "sqlite": "sqlite:////nowhere/at/all.db",
    "postgresql": "postgresql://postgres@127.0.0.1:1/nobody",
}


def metrics_client(sessions: Sessions, token: str | None = None) -> tuple[FlaskClient, Meters]:
    registry = open_registry(Books(sessions, lambda: NOW, Rules()))
    app = Flask("test")
    app.register_blueprint(metrics_blueprint(registry, token))
    return app.test_client(), Meters(registry)


def samples(client: FlaskClient) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def some_traffic(session: Session) -> None:
    person = PersonRow(phone="+256772000003", created_at=NOW)
    address = AddressRow(channel="sms", provider="africastalking", address="22345")
    session.add_all([person, address])
    session.flush()

    def received(number: int, **more: object) -> InboxRow:
        values = {
            "address_id": address.id,
            "message_id": f"m{number}",
            "person_id": person.id,
            "medium": "sms",
            "text": "rice",
            "payload": {},
            "trace": uuid4(),
            "received_at": NOW - timedelta(seconds=number),
        }
        return InboxRow(**(values | more))

    def outgoing(status: str, **more: object) -> OutboxRow:
        values = {
            "address_id": address.id,
            "person_id": person.id,
            "reference": uuid4(),
            "kind": "reply",
            "recipient": "+256772000003",
            "body": "Hello",
            "segments": 1,
            "status": status,
            "due_at": NOW - timedelta(seconds=30),
            "trace": uuid4(),
            "created_at": NOW,
        }
        return OutboxRow(**(values | more))

    session.add_all(
        [
            received(1, done_at=NOW),
            received(2, done_at=NOW, failure="ValueError"),
            received(7),
            received(90),
            outgoing("delivered"),
            outgoing("failed", error_code="406"),
            outgoing("failed", error_code="999"),
            outgoing("queued"),
            outgoing("queued", due_at=NOW + timedelta(minutes=5)),
            FactRow(name=UNKNOWN_CODE, values={"provider": "africastalking"}, at=NOW),
            *(FactRow(name=UNKNOWN_REFERENCE, values={"rail": "airtel"}, at=NOW) for _ in "ab"),
        ]
    )


def test_totals_are_counted_in_the_books(sessions: Sessions) -> None:
    run(sessions, some_traffic)
    client, _ = metrics_client(sessions)
    found = samples(client)
    labels = '{medium="sms",provider="africastalking"}'
    assert found["sokoni_database_up"] == 1
    assert found[f"sokoni_messages_received_total{labels}"] == 4
    assert found[f"sokoni_messages_answered_total{labels}"] == 2
    assert found["sokoni_messages_waiting"] == 2
    assert found["sokoni_messages_waiting_oldest_seconds"] == 90
    assert found["sokoni_dead_letters"] == 1
    outbox = 'sokoni_outbox{{kind="reply",provider="africastalking",status="{}"}}'
    assert found[outbox.format("failed")] == 2
    assert found[outbox.format("queued")] == 2
    assert found['sokoni_outbox_errors{code="406",provider="africastalking"}'] == 1
    assert found["sokoni_outbox_due"] == 1
    assert found["sokoni_outbox_due_oldest_seconds"] == 30
    assert found["sokoni_unknown_provider_codes"] == 1
    assert found["sokoni_unknown_payment_references"] == 2


def test_another_process_answers_with_the_same_totals_and_its_own_times(sessions: Sessions) -> None:
    run(sessions, some_traffic)
    one, meters = metrics_client(sessions)
    other, _ = metrics_client(sessions)
    with meters.webhook("twilio"):
        pass
    meters.sent("twilio", "sent", 0.2)
    mine, theirs = samples(one), samples(other)
    own = {name for name in mine if name.startswith("sokoni_process_")}
    assert mine['sokoni_process_webhook_seconds_count{provider="twilio"}'] == 1
    assert mine['sokoni_process_sends_total{outcome="sent",provider="twilio"}'] == 1
    assert {name: mine[name] for name in mine.keys() - own} == theirs


def test_empty_books_count_nothing_and_no_age(sessions: Sessions) -> None:
    client, _ = metrics_client(sessions)
    found = samples(client)
    assert found["sokoni_messages_waiting"] == 0
    assert found["sokoni_messages_waiting_oldest_seconds"] == 0


def test_counts_are_kept_for_twenty_times_as_long_as_they_took(sessions: Sessions) -> None:
    times = iter([0.0, 2.0, 41.9, 42.0, 44.0])
    books = Books(sessions, lambda: NOW, Rules(), lambda: next(times))
    first, within, after = (list(books.collect()) for _ in range(3))
    assert within[0] is first[0]
    assert after[0] is not first[0]


@pytest.mark.parametrize("url", DEAD_ENDS.values(), ids=DEAD_ENDS)
def test_without_the_database_the_page_says_so(url: str) -> None:
    client, _ = metrics_client(open_sessions(open_engine(url)))
    found = samples(client)
    assert found["sokoni_database_up"] == 0
    assert "sokoni_dead_letters" not in found


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": "Bearer öö"}, 401),
        ({"Authorization": "secret-token"}, 401),
        ({"Authorization": "Bearer secret-token"}, 200),
    ],
)
def test_a_token_guards_the_metrics(
    sessions: Sessions, header: dict[str, str], status: int
) -> None:
    client, _ = metrics_client(sessions, token="secret-token")
    assert client.get("/metrics", headers=header).status_code == status


def test_without_a_token_what_is_not_public_is_open_to_nobody(sessions: Sessions) -> None:
    app = Flask("test")
    registry = open_registry(Books(sessions, lambda: NOW, Rules()))
    app.register_blueprint(metrics_blueprint(registry, None, public=False))
    for header in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer None"}):
        answer = app.test_client().get("/metrics", headers=header)
        assert answer.status_code == 401
        assert "METRICS_TOKEN" in answer.text


Ready = Callable[..., tuple[int, dict[str, str]]]


@pytest.fixture
def ready(engine: Engine, tmp_path: Path) -> Ready:
    def asked(**parts: object) -> tuple[int, dict[str, str]]:
        given = {
            "engine": engine,
            "redis": None,
            "spool": tmp_path / "spool",
            "model": lambda: True,
        }
        app = Flask("test")
        app.register_blueprint(health_blueprint(Parts(**(given | parts))))  # type: ignore[arg-type]
        client = app.test_client()
        assert client.get("/healthz").status_code == 200
        answer = client.get("/readyz")
        assert answer.json is not None
        assert answer.json["ready"] is (answer.status_code == 200)
        return answer.status_code, answer.json["degraded"]

    return asked


@pytest.fixture
def file_in_the_way(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_text("", encoding="utf-8")
    return path / "spool"


def test_a_whole_server_is_ready(ready: Ready, tmp_path: Path) -> None:
    assert ready() == (200, {})
    assert list((tmp_path / "spool").iterdir()) == []


@pytest.mark.parametrize("url", DEAD_ENDS.values(), ids=DEAD_ENDS)
def test_a_server_without_its_database_still_takes_messages(ready: Ready, url: str) -> None:
    status, degraded = ready(engine=open_engine(url))
    assert (status, set(degraded)) == (200, {"database"})


def test_a_database_without_tables_is_named(ready: Ready, tmp_path: Path) -> None:
    status, degraded = ready(engine=open_engine(f"sqlite:///{tmp_path}/empty.db"))
    assert status == 200
    assert "db upgrade" in degraded["database"]


def test_a_server_without_its_spool_still_takes_messages(
    ready: Ready, file_in_the_way: Path
) -> None:
    status, degraded = ready(spool=file_in_the_way)
    assert (status, set(degraded)) == (200, {"spool"})


def test_a_server_that_can_neither_commit_nor_spool_is_not_ready(
    ready: Ready, file_in_the_way: Path
) -> None:
    status, degraded = ready(engine=open_engine(DEAD_ENDS["sqlite"]), spool=file_in_the_way)
    assert (status, set(degraded)) == (503, {"database", "spool"})


def test_a_server_without_a_language_model_is_not_ready(ready: Ready) -> None:
    status, degraded = ready(model=lambda: False)
    assert (status, set(degraded)) == (503, {"model"})


def test_redis_and_providers_that_are_missing_are_named_and_do_no_harm(ready: Ready) -> None:
    away = Redis(host="127.0.0.1", port=1, socket_connect_timeout=1)
    status, degraded = ready(redis=away, disabled={"twilio": "twilio is disabled: set it"})
    assert (status, set(degraded)) == (200, {"redis", "twilio"})


@pytest.mark.postgres
def test_a_read_only_database_cannot_keep_messages(postgres_engine: Engine) -> None:
    assert database_fault(postgres_engine) is None
    standby = create_engine(
        postgres_engine.url, connect_args={"options": "-c default_transaction_read_only=on"}
    )
    assert database_fault(standby) == "read-only"
    standby.dispose()


def test_how_late_and_what_rests_is_told_by_kind_and_provider(sessions: Sessions) -> None:
    run(sessions, some_traffic)

    def rest(session: Session) -> None:
        session.execute(update(AddressRow).values(lease_until=NOW + timedelta(minutes=1)))

    client, _ = metrics_client(sessions)
    found = samples(client)
    assert found['sokoni_outbox_lag_seconds{kind="reply"}'] == 30
    assert found['sokoni_outbox_lag_seconds{kind="bulk"}'] == 0
    assert not any(name.startswith("sokoni_addresses_resting") for name in found)
    run(sessions, rest)
    client, _ = metrics_client(sessions)
    assert samples(client)['sokoni_addresses_resting{provider="africastalking"}'] == 1


def test_a_machine_tells_what_its_spool_holds(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    registry = CollectorRegistry()
    away = Redis(host="127.0.0.1", port=1, socket_connect_timeout=1)
    registry.register(Machine(spool, away, lambda: 3))
    app = Flask("test")
    app.register_blueprint(metrics_blueprint(registry, None))
    empty = samples(app.test_client())
    assert (empty["sokoni_spool_waiting"], empty["sokoni_spool_oldest_seconds"]) == (0, 0)
    assert (empty["sokoni_spool_writable"], empty["sokoni_redis_up"]) == (1, 0)
    assert empty["sokoni_web_processes_started_total"] == 3
    for age, ending in ((90, "json"), (20, "json"), (500, "aside")):
        (spool / f"{time.time_ns() - age * 10**9:020d}-{age}.{ending}").write_text("{}")
    held = samples(app.test_client())
    assert (held["sokoni_spool_waiting"], held["sokoni_spool_aside"]) == (2, 1)
    assert 90 <= held["sokoni_spool_oldest_seconds"] < 100
    spool.rename(tmp_path / "gone")
    spool.write_text("a file in the way")
    assert samples(app.test_client())["sokoni_spool_writable"] == 0
