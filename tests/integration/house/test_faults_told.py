"""A fault of the database is logged; what people wrote is not, though it was in the statement."""

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.ops.logging import configure
from store.models import ShopRow
from store.transaction import Sessions, run

WROTE = "my mother is ill,\nplease hurry (or 'come')"


def test_a_statement_that_fails_is_logged_without_its_values(
    sessions: Sessions, capfd: pytest.CaptureFixture[str]
) -> None:
    failing = text("SELECT :words AS words FROM nothing_here")
    configure("INFO", readable=False)
    try:
        for work in (
            lambda session: session.execute(failing, {"words": WROTE}),
            lambda session: session.add(ShopRow(slug=WROTE, name=WROTE)),
        ):
            try:
                run(sessions, work)
            except DBAPIError:
                structlog.get_logger().exception("a fault")
    finally:
        configure("WARNING")
    logged = capfd.readouterr().err
    assert logged.count('"event": "a fault"') == 2
    assert "nothing_here" in logged
    assert "INSERT INTO shops" in logged
    for part in ("my mother", "please hurry", "(or"):
        assert part not in logged, logged
