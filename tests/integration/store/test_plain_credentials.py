"""What stood in plain before credentials were sealed is found by the same requests afterwards."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Engine, text

from bot.accounts import Accounts
from bot.vault import FernetVault, key_of
from channels.channel import Account
from store.migrate import config, upgrade
from store.resealing import Standing, look_through
from store.transaction import open_engine, open_sessions, run

PATH, TOKEN = "roses-path-0123456789", "roses-verify-token"
ROWS = (
    ("twilio", "+256312000077", {"account_sid": "AC2", "auth_token": "t"}),
    ("africastalking", "22999", {"username": "r", "api_key": "k", "webhook_secret": PATH}),
    ("meta", "106540352242922", {"access_token": "a", "verify_token": TOKEN}),
    ("twilio", "+256312000002", {}),
)


def check(engine: Engine) -> None:
    with engine.begin() as connection:
        command.upgrade(config(connection), "0008")
        for provider, address, own in ROWS:
            connection.execute(
                text(
                    "INSERT INTO addresses (id, channel, provider, address, credentials, lease_token)"
                    " VALUES (:id, 'sms', :provider, :address, :own, 0)"
                ),
                {"id": uuid4().hex, "provider": provider, "address": address}
                | {"own": json.dumps(own)},
            )
    upgrade(engine)
    sessions, vault = open_sessions(engine), FernetVault([key_of("a")])
    accounts = Accounts({"twilio": Account("twilio", "AC1", "token")}, {}, vault)

    def found(session) -> list[str | None]:
        twilio = accounts.named(session, "twilio", "AC2")
        path = accounts.named(session, "africastalking", PATH)
        return [*(one.secret for one in (*twilio, *path)), accounts.own_token(session, TOKEN)]

    assert run(sessions, found) == ["t", "k", TOKEN]
    sealed = [one.standing for one in look_through(sessions, vault, seal=True)]
    assert sealed == [Standing.PLAIN] * 3
    assert run(sessions, found) == ["t", "k", TOKEN]
    assert {one.standing for one in look_through(sessions, vault)} == {Standing.CURRENT}
    with engine.connect() as connection:
        kept = str(connection.execute(text("SELECT * FROM addresses")).all())
    assert PATH not in kept
    assert TOKEN not in kept
    engine.dispose()


def test_on_sqlite(tmp_path: Path) -> None:
    check(open_engine(f"sqlite:///{tmp_path}/old.db"))


@pytest.mark.postgres
def test_on_postgresql(empty_database: str) -> None:
    check(open_engine(empty_database, pool=2))
