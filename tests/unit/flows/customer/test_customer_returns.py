"""Giving goods back, as customers talk about it."""

import pytest

from flows.ports.orders import OrderLine, OrderStatus
from flows.ports.returns import Reason
from intents.intent import Intent
from intents.understanding import Action, Understanding
from intents.wish import Wish, Wished
from tests.fakes.conversation import Conversation, item, said
from tests.fakes.ports import FakeShop, an_order, ugx

MILK = OrderLine("milk", "Fresh milk", 1, ugx(3500), ugx(3500))


@pytest.fixture
def talk() -> Conversation:
    shop = FakeShop()
    shop.orders.placed[1001] = an_order(1001, status=OrderStatus.DELIVERED)
    return Conversation(shop)


def asked(talk: Conversation) -> tuple[list[tuple[str, int]], Reason, str]:
    wish = talk.shop.returns.asked[1001]
    return [(line.name, line.quantity) for line in wish.lines], wish.reason, wish.words


def wished(number: int | None = None) -> Understanding:
    return said(Intent.OUT_OF_SCOPE, confidence=0.2, wish=Wished(Wish.RETURN_GOODS, number))


def test_from_the_order_to_the_wish_in_three_choices(talk: Conversation) -> None:
    talk.say(Intent.TRACK_ORDER)
    talk.choose("return:1001", "return-count:1", "return-why:broken")
    assert asked(talk) == ([("Rice 5kg", 1)], Reason.BROKEN, "")
    assert talk.keys[0] == "return-asked"
    assert talk.state == "order"


def test_of_several_things_one_or_all_come_back(talk: Conversation) -> None:
    talk.shop.orders.update(1001, lines=(*an_order().lines, MILK))
    talk.hear(wished(1001))
    assert talk.options == ("return-line:1", "return-line:2", "return-all", "human")
    talk.choose("return-line:2", "return-why:spoiled")
    assert asked(talk) == ([("Fresh milk", 1)], Reason.SPOILED, "")


def test_all_of_it_is_everything(talk: Conversation) -> None:
    talk.shop.orders.update(1001, lines=(*an_order().lines, MILK))
    talk.hear(wished())
    talk.choose("return-all", "return-why:unwanted")
    assert asked(talk)[0] == [("Rice 5kg", 2), ("Fresh milk", 1)]


def test_the_reason_may_be_told_in_words(talk: Conversation) -> None:
    talk.say(Intent.REFUND, text="i want my money back")
    talk.say(Intent.UPDATE_CART, item(None, 2, "2"), text="2")
    assert talk.state == "return-why"
    talk.write("the bag was open")
    assert asked(talk) == ([("Rice 5kg", 2)], Reason.OTHER, "the bag was open")


@pytest.mark.parametrize("count", [0, 3, "1.5"])
def test_no_more_than_there_is_can_be_said(talk: Conversation, count: int | str) -> None:
    talk.hear(wished())
    talk.say(Intent.UPDATE_CART, item(None, count, str(count)))
    assert (talk.state, talk.keys[0]) == ("return-count", "choose-one")
    assert talk.shop.returns.asked == {}


@pytest.mark.parametrize(
    ("status", "key"),
    [
        (OrderStatus.PENDING, "refused-wrong-step"),
        (OrderStatus.SHIPPED, "refused-wrong-step"),
        (OrderStatus.RETURNED, "refused-all-back"),
    ],
)
def test_why_it_cannot_come_back_is_said(talk: Conversation, status: OrderStatus, key: str) -> None:
    talk.shop.orders.update(1001, status=status)
    talk.hear(wished(1001))
    assert talk.keys[0] == key


def test_without_an_order_that_arrived_there_is_nothing_to_return(talk: Conversation) -> None:
    talk.shop.orders.placed.clear()
    talk.hear(wished())
    assert talk.keys[0] == "return-nothing"


def test_a_refund_of_what_has_not_arrived_is_the_seller_s_to_grant(talk: Conversation) -> None:
    talk.shop.orders.update(1001, status=OrderStatus.SHIPPED)
    talk.say(Intent.REFUND, text="refund me")
    assert talk.state == "human"


def test_what_was_asked_once_is_not_asked_again(talk: Conversation) -> None:
    talk.hear(wished())
    talk.choose("return-count:2", "return-why:wrong")
    talk.hear(wished())
    assert talk.keys[0] == "refused-return-open"


@pytest.mark.parametrize("looks_like", [Intent.SEARCH, Intent.ASK_PRICE])
def test_goods_that_are_named_with_it_are_not_for_sale(
    talk: Conversation, looks_like: Intent
) -> None:
    talk.say(looks_like, item("milk"), also=(Action(Intent.REFUND, ()),), confidence=0.55)
    assert talk.state == "return-count"
    assert not any(option.startswith("add:") for option in talk.options)
