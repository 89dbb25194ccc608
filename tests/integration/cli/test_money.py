"""`flask money check` and `flask money adopt`, as they are typed."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, text

from bot.app import create_app
from bot.settings import Settings

SHOPS = Path(__file__).parents[2] / "e2e" / "shops"
ORDER, ATTEMPT = "0" * 31 + "1", "0" * 31 + "2"


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def app(folder: Path) -> Flask:
    made = create_app(Settings(_env_file=None, sokoni_data=folder, log_level="WARNING"))
    assert run(made, "db", "upgrade").exit_code == 0
    assert run(made, "shop", "load", str(SHOPS / "mama.toml")).exit_code == 0
    return made


def write(folder: Path, *statements: str) -> None:
    (database,) = folder.glob("*.db")
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def paid_before_the_ledger(folder: Path) -> None:
    """As an older version left it."""
    write(
        folder,
        "INSERT INTO orders (id, shop_id, person_id, number, status, payment_status, currency,"
        " subtotal, delivery_fee, discount, total, fulfilment, rail, channel, code, code_tries,"
        " reminders, paid_by, created_at, updated_at)"
        f" SELECT '{ORDER}', s.id, p.id, 1001, 'confirmed', 'paid', 'UGX', 9000, 0, 0, 9000, 'pickup',"
        f" 'mtn-momo', 'sms', '0000', 0, 0, '{ATTEMPT}', '2026-11-01', '2026-11-01'"
        " FROM shops s CROSS JOIN people p LIMIT 1",
        "INSERT INTO payment_attempts (id, shop_id, order_id, rail, payer, amount, currency, status,"
        " medium, submit_after, polls, created_at)"
        f" SELECT '{ATTEMPT}', shop_id, id, 'mtn-momo', '', 9000, 'UGX', 'succeeded', 'sms',"
        " '2026-11-01', 0, '2026-11-01' FROM orders",
    )


def test_books_without_a_posting_are_right(app: Flask) -> None:
    said = run(app, "money", "check")
    assert (said.exit_code, said.stdout) == (0, "0 postings: the books are right.\n")


def test_orders_older_than_the_ledger_are_named_and_adopted_once(app: Flask, folder: Path) -> None:
    paid_before_the_ledger(folder)
    said = run(app, "money", "check")
    assert said.exit_code == 1
    assert "payment_attempts 00000000-0000-0000-0000-000000000002" in said.stderr
    assert "expected 9000 UGX, found no posting" in said.stderr
    assert "flask --app wsgi money adopt" in said.stderr
    assert run(app, "money", "adopt").stdout == "1 postings made up for.\n"
    assert run(app, "money", "adopt").stdout == "0 postings made up for.\n"
    said = run(app, "money", "check")
    assert said.exit_code == 0
    lines = said.stdout.splitlines()
    assert [line.split() for line in lines[:2]] == [
        ["UGX", "rail", "9,000"],
        ["UGX", "seller-pending", "9,000"],
    ]


def test_a_balance_that_somebody_changed_is_named_with_what_it_should_be(
    app: Flask, folder: Path
) -> None:
    paid_before_the_ledger(folder)
    run(app, "money", "adopt")
    write(folder, "UPDATE ledger_balances SET balance = balance + 1")
    said = run(app, "money", "check")
    assert said.exit_code == 1
    assert "ledger_balances seller-pending at shop" in said.stderr
    assert "expected 9000 UGX, found 9001" in said.stderr
    assert "adopt" not in said.stderr
