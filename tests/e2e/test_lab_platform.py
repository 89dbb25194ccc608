"""What `make run` offers to somebody new: a shop of their own, opened by message on the demo platform."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.lab_house import Buyer, LabHouse

NEWCOMER, PLATFORM, SHARED = "+256772940001", "20900", "20880"


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[LabHouse]:
    house = LabHouse(tmp_path)
    yield house
    house.stop()


def test_a_newcomer_opens_a_shop_in_the_lab(lab: LabHouse) -> None:
    seller = Buyer(lab, NEWCOMER, "sms", PLATFORM, "sokoni")
    seller.say("hi")
    seller.choose("Open a shop")
    for question, answer in (
        ("called", "Nakku Fashions"),
        ("sell", "dresses"),
        ("landmark", "Ntinda, behind the Shell"),
        ("Mobile Money", "Nakku Sarah"),
        ("first thing", "Ankara gown 15000 x5"),
    ):
        seller.read(question)
        seller.say(answer)
    seller.choose("Open it")
    assert SHARED in seller.read("NAKKU")
    verified = lab.app.test_cli_runner().invoke(args=["shop", "verify", "nakku-fashions"])
    assert "is live" in verified.stderr
    customer = Buyer(lab, "+256772940002", "sms", SHARED, "nakku-fashions")
    customer.say("NAKKU")
    customer.read("Nakku Fashions")
