"""PAUSE and HOURS, as a seller writes them."""

from datetime import timedelta
from typing import cast

import pytest

from flows.ports.refusals import NotTaking
from intents.times_said import Until
from tests.fakes.opening import FakeOpening
from tests.fakes.trade import NOW
from tests.fakes.trade_talk import Phone


@pytest.fixture
def opening(seller: Phone) -> FakeOpening:
    return cast(FakeOpening, seller.ports.opening)


def test_a_pause_with_and_without_an_end(seller: Phone, opening: FakeOpening) -> None:
    assert "Send OPEN" in seller.say("PAUSE")
    opening.ends = NOW + timedelta(hours=2)
    assert "OPEN ends it sooner" in seller.say("pause 2h")
    assert opening.said == [Until(), Until(timedelta(hours=2))]


def test_what_cannot_be_read_asks_how(seller: Phone, opening: FakeOpening) -> None:
    assert "Write PAUSE" in seller.say("PAUSE whenever")
    assert "Write HOURS" in seller.say("HOURS sometimes")
    assert opening.said == []


def test_a_shop_that_is_not_live_is_not_paused(seller: Phone, opening: FakeOpening) -> None:
    opening.ends = NotTaking("suspended")
    assert "takes no new orders" in seller.say("PAUSE 2h")


def test_hours_are_set_and_asked(seller: Phone, opening: FakeOpening) -> None:
    said = seller.say("HOURS mon-fri 8-18, sat 9-13")
    assert "08:00-18:00" in said
    assert "09:00-13:00" in seller.say("HOURS")
    seller.say("HOURS always")
    assert opening.week == ()


def test_help_has_a_second_page(seller: Phone) -> None:
    assert "HELP 2" in seller.say("HELP")
    second = seller.say("HELP 2")
    assert "ADD gown" in second
    assert len(second) <= 160


@pytest.mark.parametrize(
    ("page", "word"),
    [(3, "SALE rice"), (4, "RETURN 1001"), (5, "REMOVE Okello"), (6, "SUPPLY"), (9, "SETPAYOUT")],
)
def test_every_page_of_the_help_is_one_text(seller: Phone, page: int, word: str) -> None:
    said = seller.say(f"HELP {page}")
    assert word in said
    assert len(said) <= 160
