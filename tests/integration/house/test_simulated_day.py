"""Two hours of the simulated day: small enough to be lived through every time."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scripts.simulate.checks import Complaints, Laws
from scripts.simulate.document import write
from scripts.simulate.figures import Figures, measure
from scripts.simulate.run import live_through
from store.models import StockRow

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def _lose_a_shelf(session: Session) -> None:
    """Something is held that no order holds."""
    shelf = session.scalars(select(StockRow).where(StockRow.on_hand > StockRow.held)).first()
    assert shelf is not None
    shelf.held += 1


def _dearer_in_the_rain(figures: Figures) -> bool:
    """Where something was brought both ways."""
    pairs = [(fees.dry_fee, fees.wet_fee) for fees in figures.fees]
    both = [(dry, wet) for dry, wet in pairs if dry is not None and wet is not None]
    return bool(both) and all(dry < wet for dry, wet in both)


def test_everything_holds_after_two_hours_and_is_written_down(tmp_path: Path) -> None:
    complaints = Complaints()
    ended = live_through(11, 20, 2, tmp_path, None, complaints)
    try:
        verdicts = Laws(ended.day, complaints).hold()
        figures: Figures = measure(ended)
        write(tmp_path, ended, figures, verdicts, "as the test says")
        ended.day.server.read(_lose_a_shelf)
        after = [v.law for v in Laws(ended.day, complaints).hold() if not v.holds]
    finally:
        ended.close()
    assert [(verdict.law, verdict.faults) for verdict in verdicts if not verdict.holds] == []
    assert after == ["what is held is what open orders hold"]
    assert figures.orders >= 5
    assert ended.day.did["began on WhatsApp, tapped"] >= 2
    assert ended.day.did["seller said: WEATHER"] == 4
    assert ended.day.did["seller said: STOCK"] == 4
    assert _dearer_in_the_rain(figures)
    assert len(figures.money) >= 2
    pictures = sorted((tmp_path / "simulation").glob("*.svg"))
    assert len(pictures) == 4
    for picture in pictures:
        ElementTree.parse(picture)
    said = (tmp_path / "simulation.md").read_text(encoding="utf-8")
    assert "BROKEN" not in said
    assert all(f"({picture.parent.name}/{picture.name})" in said for picture in pictures)
