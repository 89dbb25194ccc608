"""A shop's owner hires and dismisses by SMS."""

import re
from collections.abc import Callable

import pytest

from bot.cli.books import load_shops
from tests.e2e.house import SHOPS, House, Phone
from tests.e2e.test_opening_a_shop import PLATFORM, SELLER, STAFF, at, opened_by_sms

pytestmark = pytest.mark.databases("sqlite", "postgres")

OWNER, NEW = "+256772100001", "+256772920001"
CODE = re.compile(r"\b(\d{6})\b")


@pytest.fixture
def house(build_house: Callable[..., House]) -> House:
    house = build_house()
    load_shops(house.world, [SHOPS / "sokoni.toml"])
    return house


def confirmed(owner: Phone, words: str, answer: str) -> None:
    """Say it, and write the code back that comes to the same phone."""
    owner.say(words, "6-digit code")
    sent = next(text for text in reversed(owner.inbox()) if "is your code" in text)
    found = CODE.search(sent)
    assert found is not None
    owner.say(f"CODE {found[1]}", answer)


def test_somebody_is_hired_works_and_is_dismissed(house: House) -> None:
    owner, new = house.sms(OWNER), house.sms(NEW)
    confirmed(owner, f"STAFF Atim {NEW}", "once they say yes")
    assert "sell with them" in new.read("Do you agree")
    new.say("ORDERS", ".")
    assert "Atim" not in house.sms(NEW).say("STAFF", ".")
    new.say("yes", "You sell for")
    owner.read("Atim .* sells with you")
    assert "Atim" in new.say("STAFF", "Who works here")
    assert "owner" in new.say("REMOVE Njeri", "owner")
    confirmed(owner, "REMOVE Atim", "does not work here")
    assert "Who works here" not in new.say("STAFF", ".")


def test_a_rider_agrees_by_number(house: House) -> None:
    owner, new = house.sms(OWNER), house.sms(NEW)
    confirmed(owner, f"RIDER Kato {NEW}", "once they say yes")
    said = new.read("Do you agree")
    new.choose("Yes", said, "You ride for")
    new.say("JOBS", "job")


def test_without_the_owners_code_nobody_is_asked(house: House) -> None:
    owner, new = house.sms(OWNER), house.sms(NEW)
    owner.say(f"STAFF Atim {NEW}", "6-digit code")
    owner.say("CODE 000000", ".")
    assert new.inbox() == []


def test_on_a_shared_shortcode_a_yes_finds_its_shop(house: House) -> None:
    opened_by_sms(house, at(house, SELLER, PLATFORM))
    owner, new = at(house, SELLER), at(house, NEW)
    owner.say("hi", ".")
    owner.say(f"STAFF Atim {NEW}", "not verified yet")
    at(house, STAFF, PLATFORM).say("VERIFY prince-fashions", "is live")
    confirmed(owner, f"STAFF Atim {NEW}", "once they say yes")
    new.read("Prince Fashions")
    new.say("Yes", "You sell for Prince Fashions")
