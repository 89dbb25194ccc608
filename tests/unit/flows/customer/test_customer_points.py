"""Points in conversation."""

import pytest

from intents.intent import Intent
from intents.wish import Wish, Wished
from tests.fakes.conversation import Conversation, said
from tests.fakes.ports import FakeShop, ugx


@pytest.fixture
def talk() -> Conversation:
    """A customer with 400 points, worth 4,000, and rice for 24,000."""
    shop = FakeShop()
    shop.points.there = 400
    shop.cart.add("rice-5kg", 1)
    return Conversation(shop)


def wish(talk: Conversation, wished: Wish, number: int | None = None):
    return talk.hear(said(Intent.LOYALTY_BALANCE, wish=Wished(wished, number)))


def test_a_shop_that_counts_none_says_so(talk: Conversation):
    talk.shop.points.there = None
    talk.say(Intent.LOYALTY_BALANCE)
    assert "loyalty-none" in talk.keys
    wish(talk, Wish.USE_POINTS)
    assert "loyalty-none" in talk.keys


def test_the_balance_says_tier_next_tier_and_what_is_lost_when(talk: Conversation):
    talk.say(Intent.LOYALTY_BALANCE)
    assert talk.keys[:5] == (
        "points-have",
        "tier-bronze",
        "points-next",
        "tier-silver",
        "points-end",
    )
    counts = [m.count for m in talk.reply.messages]
    assert counts == [400, 2_100, 200]
    assert talk.options[0] == "use-points"


def test_without_points_it_says_how_one_gets_them(talk: Conversation):
    talk.shop.points.there = 0
    talk.say(Intent.LOYALTY_BALANCE)
    assert talk.keys[0] == "points-nothing"
    assert "use-points" not in talk.options


def test_few_points_say_from_when_on_they_can_be_spent(talk: Conversation):
    talk.shop.points.there = 60
    talk.say(Intent.LOYALTY_BALANCE)
    assert "points-least" in talk.keys
    assert "use-points" not in talk.options


@pytest.mark.parametrize(("number", "spent"), [(None, 400), (150, 150), (9_999, 400)])
def test_points_are_spent_on_the_order(talk: Conversation, number: int | None, spent: int):
    wish(talk, Wish.USE_POINTS, number)
    assert talk.keys[0] == "points-on"
    talk.say(Intent.CHECKOUT)
    talk.choose("pickup", "cash", "confirm")
    order = talk.shop.orders.placed[1001]
    assert order.discount == ugx(spent * 10)
    assert talk.shop.points.wanted is None


def test_they_are_kept_again(talk: Conversation):
    talk.say(Intent.LOYALTY_BALANCE)
    talk.choose("use-points")
    assert talk.shop.points.wanted == 400
    talk.say(Intent.LOYALTY_BALANCE)
    talk.choose("keep-points")
    assert talk.shop.points.wanted is None
    assert talk.keys[0] == "points-off"
    wish(talk, Wish.KEEP_POINTS)
    assert talk.keys[0] == "points-not-there"


def test_too_few_are_refused_with_how_many_it_takes(talk: Conversation):
    wish(talk, Wish.USE_POINTS, 50)
    assert talk.keys[0] == "refused-too-few-points"
    assert talk.shop.points.wanted is None
