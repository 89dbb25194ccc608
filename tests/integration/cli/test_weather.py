"""`shop weather`: over which shops, and for how long."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, text

from bot.app import create_app
from bot.settings import Settings

SHOPS = Path(__file__).parents[2] / "e2e" / "shops"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    made = create_app(Settings(_env_file=None, sokoni_data=tmp_path, log_level="WARNING"))
    assert say(made, "db", "upgrade").exit_code == 0
    for shop in ("mama", "joy"):
        assert say(made, "shop", "load", str(SHOPS / f"{shop}.toml")).exit_code == 0
    return made


def say(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def skies(folder: Path) -> dict[str, str | None]:
    engine = create_engine(f"sqlite:///{next(folder.glob('*.db'))}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT slug, weather FROM shops")).all()
    engine.dispose()
    return {row.slug: row.weather for row in rows}


def test_it_rains_over_the_shops_that_are_named_and_no_others(app: Flask, tmp_path: Path) -> None:
    assert "rain over 1 shops" in say(app, "shop", "weather", "rain", "mama").stderr
    assert skies(tmp_path) == {"mama": "rain", "joy": None}
    assert "storm over 2" in say(app, "shop", "weather", "storm", "--all", "--hours", "6").stderr
    assert skies(tmp_path) == {"mama": "storm", "joy": "storm"}
    say(app, "shop", "weather", "fine", "joy")
    assert skies(tmp_path) == {"mama": "storm", "joy": None}


@pytest.mark.parametrize(
    "words", [("rain",), ("rain", "mama", "--all"), ("snow", "mama"), ("rain", "mama", "nobody")]
)
def test_what_is_not_clear_changes_nothing(app: Flask, tmp_path: Path, words) -> None:
    assert say(app, "shop", "weather", *words).exit_code != 0
    assert skies(tmp_path) == {"mama": None, "joy": None}
