"""The commands: answers on stdout, complaints on stderr, and an exit code that tells."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from bot.app import create_app
from bot.settings import Settings

SHOPS = Path(__file__).parents[2] / "e2e" / "shops"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(Settings(_env_file=None, sokoni_data=tmp_path, log_level="WARNING"))


def run(app: Flask, *words: str, typed: str = "") -> Result:
    return app.test_cli_runner().invoke(args=list(words), input=typed)


@pytest.fixture
def ready(app: Flask) -> Flask:
    assert run(app, "db", "upgrade").exit_code == 0
    assert run(app, "shop", "load", str(SHOPS / "mama.toml")).exit_code == 0
    return app


@pytest.mark.parametrize("words", [("shop", "list"), ("orders", "list", "--shop", "mama")])
def test_without_tables_the_way_to_get_them_is_said(app: Flask, words: tuple[str, ...]) -> None:
    said = run(app, *words)
    assert said.exit_code == 1
    assert said.stdout == ""
    assert "flask --app wsgi db upgrade" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_database_that_cannot_be_reached_is_named_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://sokoni:hidden@127.0.0.1:1/sokoni"
    settings = Settings(_env_file=None, sokoni_data=tmp_path, database_url=url)
    said = run(create_app(settings), "shop", "list")
    assert said.exit_code == 1
    assert "127.0.0.1:1/sokoni" in said.stderr
    assert "hidden" not in said.stderr


def test_loading_twice_changes_nothing_and_is_said(ready: Flask) -> None:
    again = run(ready, "shop", "load", str(SHOPS / "mama.toml"))
    assert "mama is as it was" in again.stderr
    assert again.stdout == ""


def test_lists_are_one_json_array_on_stdout(ready: Flask) -> None:
    (shop,) = json.loads(run(ready, "shop", "list", "--json").stdout)
    assert shop["slug"] == "mama"
    assert json.loads(run(ready, "orders", "list", "--shop", "mama", "--json").stdout) == []


def test_a_shop_that_is_not_there_is_said_with_those_that_are(ready: Flask) -> None:
    said = run(ready, "orders", "list", "--shop", "nobody", "--json")
    assert (said.exit_code, said.stdout) == (1, "")
    assert "mama" in said.stderr


def test_frames_come_out_in_the_order_of_the_lines_with_their_ids(ready: Flask) -> None:
    typed = '{"id": "b", "text": "2 soap"}\n\n{"id": 7, "text": "hi", "locale": "en"}\n{"text": "\\ud800"}\n'
    said = run(ready, "intents", "parse", "--shop", "mama", typed=typed)
    frames = [json.loads(line) for line in said.stdout.splitlines()]
    assert [frame["id"] for frame in frames] == ["b", 7, None]
    assert [frame["intent"] for frame in frames[:2]] == ["add_to_cart", "greet"]


@pytest.mark.parametrize("line", ["not json", '{"id": "a"}', "[]", '{"text": 5}', "null"])
def test_a_line_that_is_no_message_is_named(ready: Flask, line: str) -> None:
    typed = f'{{"id": "a", "text": "hi"}}\n{line}\n'
    said = run(ready, "intents", "parse", "--shop", "mama", typed=typed)
    assert said.exit_code == 1
    assert "line 2" in said.stderr
    assert len(said.stdout.splitlines()) == 1


def test_a_price_that_a_rail_cannot_take_is_said_when_it_is_loaded(
    app: Flask, tmp_path: Path
) -> None:
    assert run(app, "db", "upgrade").exit_code == 0
    file = tmp_path / "bisi.toml"
    file.write_text((SHOPS / "bisi.toml").read_text())
    assert "cannot be paid" not in run(app, "shop", "load", str(file)).stderr
    file.write_text((SHOPS / "bisi.toml").read_text().replace("price = 480", "price = 2"))
    loaded = run(app, "shop", "load", str(file))
    assert loaded.exit_code == 0
    assert "one soap for 2.00 NGN cannot be paid by paystack" in loaded.stderr
    assert "at least 50.00 NGN" in loaded.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("shop", "warn", "mama", "--reason", ""),
        ("shop", "suspend", "mama", "--reason", " \n "),
        ("shop", "reject", "mama", ""),
        ("money", "refuse", "00000000-0000-4000-8000-000000000001", " "),
    ],
)
def test_nothing_is_done_to_anybody_without_a_reason(ready: Flask, words: tuple[str, ...]) -> None:
    said = run(ready, *words)
    assert said.exit_code == 2
    assert "say why" in said.stderr
    assert run(ready, "shop", "sanctions", "mama").stdout == ""
