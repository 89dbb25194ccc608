"""The conversations of the other tests here, and more, in four languages: the words differ, the orders
do not."""

import pytest

from bot.cli.books import load_shops
from tests.e2e.house import SHOPS, House
from tests.e2e.walking import LANGUAGES, SHOP, Conversation, Walk, conversations

# What differs from one customer to the next.
OWN = ("number", "customer", "created_at")
CONVERSATIONS = conversations()

in_each_language = pytest.mark.parametrize("locale", LANGUAGES, ids="in_{}".format)


def ends_as_written(house: House, conversation: Conversation, locale: str) -> None:
    load_shops(house.world, [SHOPS / f"{SHOP}.toml"])
    Walk(house, locale, conversation.medium).go(conversation.turns)
    kept = [
        {name: value for name, value in order.items() if name not in OWN and value is not None}
        for order in house.orders(SHOP)
    ]
    assert kept == list(conversation.orders)


@in_each_language
@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda c: c.name)
def test_it_ends_in_the_same_orders(house: House, conversation: Conversation, locale: str) -> None:
    ends_as_written(house, conversation, locale)


@in_each_language
@pytest.mark.databases("postgres")
def test_it_ends_in_the_same_orders_on_the_other_database(house: House, locale: str) -> None:
    [conversation] = [c for c in CONVERSATIONS if c.name == "whatsapp_momo_delivered"]
    ends_as_written(house, conversation, locale)
