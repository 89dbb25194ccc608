"""Something is sold out, somebody waits for it, and hears when it is back; and a checkout that was left."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from store.models import CartRow, ConversationRow
from tests.e2e.house import House
from tests.e2e.trade import CUSTOMER, Shop


@pytest.fixture
def house(build_house: Callable[..., House]) -> House:
    """Where no hour is quiet: the tests run at any."""
    return build_house(quiet_from="00:00", quiet_until="00:00")


def test_who_waits_hears_when_it_is_back_and_buys_it(house: House) -> None:
    customer, shop = house.sms(CUSTOMER), Shop(house)
    shop.seller.say("STOCK soap 0", "0 in stock")
    said = customer.say("2 soap", "sold out")
    customer.choose("tell me", said, "tell you once")
    shop.seller.say("STOCK soap 5\nsugar 12\nengine oil 3", "Not found: engine oil")
    back = customer.read("is back")
    customer.choose("add 1", back, "1 x .*soap")


def test_a_list_is_saved_in_words_and_bought_in_words(house: House) -> None:
    customer = house.sms(CUSTOMER)
    customer.say("2 soap", "2 x .*soap")
    customer.say("save this as my monthly list", "saved as monthly list")
    customer.say("clear my cart", "empty|sure|clear")
    customer.say("yes", ".")
    customer.say("my monthly list", "2 x .*soap")


def test_a_checkout_that_was_left_is_reminded_of_once(house: House) -> None:
    customer = house.sms(CUSTOMER)
    customer.say("2 soap", "2 x .*soap")
    customer.say("checkout", "pick|deliver")
    long_ago = house.world.clock() - timedelta(hours=3)
    house.in_books(lambda s: s.execute(update(ConversationRow).values(last_inbound_at=long_ago)))
    house.in_books(lambda s: s.execute(update(CartRow).values(remind_at=long_ago)))
    reminded = customer.read("is saved: 2 x")
    customer.choose("check out", reminded, "pick|deliver")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("tell me when you have soap", "soap is sold out now"),
        ("let me know when soap is back", "soap is sold out now"),
        ("add sugar to my wishlist", "sugar.* on your wish list"),
    ],
)
def test_it_is_asked_for_in_words(house: House, words: str, said: str) -> None:
    customer, shop = house.sms(CUSTOMER), Shop(house)
    shop.seller.say("STOCK soap 0", "0 in stock")
    customer.say(words, said)
    customer.say("my wishlist", "1 .*(soap|sugar)")
