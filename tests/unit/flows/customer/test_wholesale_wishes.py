"""Asking for wholesale prices, one thing at a time."""

from dataclasses import replace

import pytest

from flows.ports.wholesale import Buying
from intents.intent import Intent
from intents.wish import Wish, Wished
from tests.fakes.conversation import Conversation, item, said


def ask(talk: Conversation) -> None:
    talk.hear(replace(said(Intent.OUT_OF_SCOPE, text="wholesale"), wish=Wished(Wish.WHOLESALE)))


def test_a_business_says_its_name_and_what_it_does() -> None:
    talk = Conversation()
    ask(talk)
    assert talk.keys == ("wholesale-name",)
    talk.say(Intent.SEARCH, item("rice-5kg"), text="Kintu Rice Traders")
    assert talk.keys == ("wholesale-about",)
    talk.write("groceries, Nakasero market")
    assert "wholesale-asked" in talk.keys
    assert talk.state == "home"
    assert talk.shop.wholesale.asked == [("Kintu Rice Traders", "groceries, Nakasero market")]


def test_it_may_be_left() -> None:
    talk = Conversation()
    ask(talk)
    talk.choose("leave-wholesale")
    assert talk.state == "home"
    assert talk.shop.wholesale.asked == []


@pytest.mark.parametrize(
    ("standing", "key"),
    [
        (Buying.NONE, "wholesale-none"),
        (Buying.ASKED, "wholesale-waits"),
        (Buying.WHOLESALE, "wholesale-already"),
    ],
)
def test_who_cannot_ask_hears_why(standing: Buying, key: str) -> None:
    talk = Conversation()
    talk.shop.wholesale.stands = standing
    ask(talk)
    assert talk.keys == (key,)
    assert talk.shop.wholesale.asked == []


def test_wholesale_prices_bring_no_points_and_that_is_said() -> None:
    talk = Conversation()
    talk.shop.wholesale.stands = Buying.WHOLESALE
    talk.say(Intent.LOYALTY_BALANCE)
    assert talk.keys[0] == "loyalty-wholesale"
