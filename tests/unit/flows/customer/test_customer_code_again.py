"""A customer who texts "code" reads the code of their order again."""

from dataclasses import replace

import pytest

from flows.ports.orders import DeliveryStatus, OrderStatus
from intents.intent import Intent
from intents.understanding import Understanding
from intents.wishes import read_wish
from tests.fakes.conversation import Conversation
from tests.fakes.ports import CODE, FakeShop, an_order

SHIPPED = {"status": OrderStatus.SHIPPED, "delivery": DeliveryStatus.PICKED_UP}


def said(text: str) -> Understanding:
    """As the engine hears it in English, whatever the model makes of it."""
    heard = Understanding(text=text, locale="en", intent=Intent.APPLY_COUPON, confidence=0.9)
    return replace(heard, wish=read_wish(text, ("en",)))


@pytest.mark.parametrize("text", ["code", "CODE", "send the code again", "what is my code?"])
def test_the_order_on_its_way_shows_its_code(text: str) -> None:
    shop = FakeShop()
    shop.orders.placed[1001] = an_order(1001, **SHIPPED)
    shop.orders.placed[1002] = an_order(1002)
    talk = Conversation(shop)
    talk.hear(said(text))
    assert talk.state == "order"
    assert CODE in [message.values.get("code") for message in talk.reply.messages]


def test_of_several_on_their_way_one_is_chosen() -> None:
    shop = FakeShop()
    for number in (1001, 1002):
        shop.orders.placed[number] = an_order(number, **SHIPPED)
    talk = Conversation(shop)
    talk.hear(said("code"))
    assert talk.options == ("track:1002", "track:1001")


def test_without_an_order_a_code_is_a_coupon() -> None:
    talk = Conversation(FakeShop())
    talk.hear(said("code"))
    assert talk.state != "order"
