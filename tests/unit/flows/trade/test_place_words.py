"""AREA, AREAS and WEATHER by SMS."""

import pytest

from channels.render import Words
from flows.ports.places import AskedArea, Weather
from flows.seller import seller as seller_machine
from tests.fakes.places import FakePlaces
from tests.fakes.trade import NOW, FakeTrade, trade_ports
from tests.fakes.trade_talk import Phone


@pytest.fixture
def places() -> FakePlaces:
    return FakePlaces(NOW)


@pytest.fixture
def seller(places: FakePlaces, words: Words) -> Phone:
    return Phone(seller_machine, trade_ports(FakeTrade(), places=places), words)


def test_an_area_is_added_and_dropped_by_phone(seller: Phone, places: FakePlaces) -> None:
    assert "deliver to Mukono for UGX 8,000" in seller.say("AREA Mukono UGX 8,000")
    assert list(places.areas) == ["Mukono"]
    assert "no longer deliver to Mukono" in seller.say("area Mukono off")
    assert not places.areas
    assert "Mukono" in seller.say("AREA Mukono OFF")


@pytest.mark.parametrize("written", ["AREA", "AREA 8000", "AREA Mukono 10%", "AREA OFF"])
def test_half_an_area_is_explained(seller: Phone, places: FakePlaces, written: str) -> None:
    seller.say(written)
    assert not places.areas


@pytest.mark.parametrize("written", ["AREA Mukono -500", "AREA Mukono +500"])
def test_a_fee_with_a_sign_is_none(seller: Phone, places: FakePlaces, written: str) -> None:
    assert "does not work here" in seller.say(written)
    assert not places.areas


def test_what_was_asked_for_is_listed_with_what_was_added(
    seller: Phone, places: FakePlaces
) -> None:
    assert "Nobody asked" in seller.say("AREAS")
    places.wanted = [AskedArea("Mukono", 12), AskedArea("Jinja", 3)]
    seller.say("AREA Gayaza 7000")
    text = seller.say("AREAS")
    assert "Mukono (12), Jinja (3)" in text
    assert "Gayaza: UGX 7,000" in text


def test_weather_is_said_until_when_it_counts(seller: Phone, places: FakePlaces) -> None:
    assert "until 17:" in seller.say("WEATHER rain")
    assert places.weather is Weather.RAIN
    assert "usual again" in seller.say("weather fine")
    assert places.weather is None


def test_weather_that_is_not_known_is_asked(seller: Phone, places: FakePlaces) -> None:
    seller.say("WEATHER snow")
    assert places.weather is None
    seller.press(2)
    assert places.weather is Weather.STORM
