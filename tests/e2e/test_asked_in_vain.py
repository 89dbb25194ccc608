"""Customers ask for what nobody here knows, the seller says with one number what it is, and it is sold."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from channels.render.gsm import is_gsm, segments
from store.models import MissRow, ShopRow
from tests.e2e.house import House, eventually, number_of
from tests.e2e.trade import SELLER

pytestmark = pytest.mark.databases("sqlite", "postgres")

CUSTOMERS = [f"+25677230009{n}" for n in range(4)]


@pytest.fixture
def at_noon(house: House) -> House:
    """It is midday where the shop is, whenever this runs: at night sellers are left to sleep."""
    ahead = 12 - datetime.now(UTC).hour
    zone = f"Etc/GMT{-ahead:+d}" if ahead else "UTC"

    def move(session: object) -> None:
        for shop in session.scalars(select(ShopRow)):  # type: ignore[attr-defined]
            shop.timezone = zone

    house.in_books(move)
    return house


def misses(house: House) -> dict[str, tuple[int, str]]:
    rows = house.in_books(
        lambda s: [(m.words, m.people, m.state) for m in s.scalars(select(MissRow))]
    )
    return {words: (people, state) for words, people, state in rows}


def test_what_three_people_asked_for_gets_its_meaning_by_one_reply(at_noon: House) -> None:
    house, seller = at_noon, at_noon.sms(SELLER)
    first, second, third, later = (house.sms(phone) for phone in CUSTOMERS)
    assert "omo" in first.say("do you have omo?", "omo")
    first.say("how much is omo", "omo")
    second.say("i want 2 omo", "omo")
    eventually(lambda: misses(house).get("omo") == (2, "open") or None, "two people counted")
    assert seller.inbox() == []
    third.say("do you sell omo", "omo")
    alert = seller.read("omo")
    assert "3 people asked for 'omo'" in alert
    assert is_gsm(alert)
    assert segments(alert).count == 1
    assert "Bar Soap" in seller.say(number_of("bar soap", alert), "now finds")
    assert misses(house)["omo"] == (3, "aliased")
    assert "4,500" in first.say("how much is omo", "4,500")
    later.say("2 omo please", "2 x Bar Soap")
    assert [text for text in seller.inbox() if "people asked" in text] == [alert]


def test_the_seller_asks_what_was_missed_and_writes_the_alias_in_words(at_noon: House) -> None:
    house, seller = at_noon, at_noon.sms(SELLER)
    customer = house.whatsapp(CUSTOMERS[0])
    assert "everybody found" in seller.say("MISSES", "found")
    customer.say("do you have kaawa?", "kaawa")
    eventually(lambda: misses(house).get("kaawa") or None, "the miss counted")
    listed = seller.say("MISSES", "kaawa")
    assert "kaawa: 1 person" in listed
    assert "already a name of Sugar 1kg" in seller.say("ALIAS sukari = soap", "already")
    assert "Sugar 1kg" in seller.say("ALIAS kaawa sugar 1kg", "now finds")
    assert "5,000" in customer.say("do you have kaawa?", "5,000")
    assert "everybody found" in seller.say("MISSES", "found")
