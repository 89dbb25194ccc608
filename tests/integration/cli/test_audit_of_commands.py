"""Commands that change something leave a row; those that look leave none."""

import getpass
import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from bot.app import create_app
from bot.settings import Settings

SHOPS = Path(__file__).parents[2] / "e2e" / "shops"
MAMA = str(SHOPS / "mama.toml")
# Each changes something at a shop that was just loaded, by what it is called in the trail.
CHANGING = {
    "shop weather": ("rain", "mama"),
    "shop warn": ("mama", "--reason", "late again, says +256772300003"),
    "shop suspend": ("mama", "--reason", "late"),
    "templates set": (
        *("--shop", "mama", "--name", "paid", "--language", "en"),
        *("--notice", "order-kept"),
    ),
}
LOOKING = (
    ("shop", "list"),
    ("shop", "pending"),
    ("shop", "reviews"),
    ("shop", "links", "mama"),
    ("shop", "sanctions", "mama"),
    ("orders", "list", "--shop", "mama"),
    ("money", "check"),
    ("money", "payouts"),
    ("money", "payout-number", "mama"),
    ("money", "risk"),
    ("money", "reviews"),
    ("dead", "list"),
    ("keys", "check"),
    ("templates", "list", "--shop", "mama"),
    ("audit", "list"),
)


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    made = create_app(Settings(_env_file=None, sokoni_data=tmp_path, log_level="WARNING"))
    assert run(made, "db", "upgrade").exit_code == 0
    assert run(made, "shop", "load", MAMA).exit_code == 0
    return made


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def trail(app: Flask, *words: str) -> list[dict]:
    return json.loads(run(app, "audit", "list", "--json", *words).stdout)


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_who_only_looks_leaves_no_row(app: Flask, words: tuple[str, ...]) -> None:
    before = trail(app)
    assert run(app, *words).exit_code == 0
    assert trail(app) == before


@pytest.mark.parametrize("command", CHANGING)
def test_who_changes_something_leaves_one(app: Flask, command: str) -> None:
    before = trail(app)
    done = run(app, *command.split(), *CHANGING[command])
    assert done.exit_code == 0, done.output
    newest, *older = trail(app)
    assert older == before
    assert newest["action"] == command
    assert (newest["who"], newest["source"]) == (f"cli:{getpass.getuser()}", "cli")
    assert "+256772300003" not in json.dumps(newest)


def test_the_tables_and_the_shops_are_in_the_trail(app: Flask) -> None:
    assert [deed["action"] for deed in trail(app)] == ["shop load", "db upgrade"]


def test_what_changes_by_command_shows_before_and_after(app: Flask) -> None:
    run(app, "shop", "suspend", "mama", "--reason", "late")
    deed = trail(app, "--shop", "mama")[0]
    (shop,) = [name for name in deed["after"] if name.startswith("shops ")]
    assert deed["before"][shop]["status"] == "live"
    assert deed["after"][shop]["status"] == "suspended"
    assert trail(app, "--since", "2999-01-01") == []


def test_a_command_that_fails_leaves_nothing(app: Flask) -> None:
    before = trail(app)
    assert run(app, "shop", "lift", "mama").exit_code != 0
    assert run(app, "shop", "verify", "nobody").exit_code != 0
    assert trail(app) == before


def test_every_command_of_the_server_is_watched(app: Flask) -> None:
    def leaves(group):
        for below in group.commands.values():
            yield from leaves(below) if hasattr(below, "commands") else (below,)

    own = [each for each in leaves(app.cli) if each.callback.__module__.startswith("bot.cli")]
    assert len(own) > 30
    for each in own:
        inner = each.callback
        names = set()
        while inner is not None:
            names.add(inner.__code__.co_qualname if hasattr(inner.__code__, "co_qualname") else "")
            inner = getattr(inner, "__wrapped__", None)
        assert any("kept" in name for name in names), each.name


def test_an_unknown_shop_is_said(app: Flask) -> None:
    assert "there is no shop 'nobody'" in run(app, "audit", "list", "--shop", "nobody").stderr
