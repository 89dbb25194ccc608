"""What a million messages cost is computed, and the guide's example is what the command prints."""

import re
import shlex
from pathlib import Path

import pytest

from scripts import cost
from scripts.cost import Case

GUIDE = (Path(__file__).parents[3] / "docs" / "scaling.md").read_text()


def test_the_guide_shows_what_the_command_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = re.search(
        r"\$ python -m scripts\.cost (.+?)\n((?:    [A-Za-z]+ +[\d.,]+\n)+)", GUIDE, re.DOTALL
    )
    assert found is not None
    monkeypatch.setattr("sys.argv", ["cost", *shlex.split(found[1].replace("\\\n", " "))])
    cost.main()
    assert capsys.readouterr().out.split() == found[2].split()


def test_an_sms_more_for_each_message_costs_its_price() -> None:
    one = Case(whatsapp=0, sms=1, ussd=0, notices=0, sms_price=0.03)
    two = Case(whatsapp=0, sms=1, ussd=0, notices=1, sms_price=0.03)
    assert two.fees()["SMS"] - one.fees()["SMS"] == pytest.approx(30_000)


def test_shares_must_be_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["cost", "--sms", "0.9"])
    with pytest.raises(SystemExit):
        cost.main()
