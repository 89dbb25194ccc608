"""After a delivery failed: another try, what it costs, and another address."""

import pytest

from flows.heard import Choice
from flows.ports.orders import DeliveryStatus, OrderStatus
from intents.intent import Intent
from tests.fakes.conversation import Conversation
from tests.fakes.ports import FakeShop, an_order, ugx


@pytest.fixture
def talk() -> Conversation:
    shop = FakeShop()
    shop.orders.placed[1001] = an_order(
        1001, status=OrderStatus.SHIPPED, delivery=DeliveryStatus.FAILED
    )
    return Conversation(shop)


def test_the_order_offers_another_try_and_another_address(talk: Conversation) -> None:
    talk.say(Intent.TRACK_ORDER)
    assert {"again:1001", "address:1001"} <= set(talk.options)


def test_without_a_fee_the_shop_is_asked_at_once(talk: Conversation) -> None:
    talk.hear(Choice("again:1001"))
    assert talk.shop.orders.again == [1001]
    assert talk.keys[0] == "again-asked"
    assert talk.state == "order"


def test_a_fee_wants_a_yes(talk: Conversation) -> None:
    talk.shop.orders.again_fee = ugx(3000)
    talk.hear(Choice("again:1001"))
    assert (talk.keys, talk.values["fee"]) == (("refused-again-costs",), ugx(3000))
    assert talk.shop.orders.again == []
    talk.choose("yes")
    assert talk.shop.orders.again == [1001]


def test_a_no_changes_nothing(talk: Conversation) -> None:
    talk.shop.orders.again_fee = ugx(3000)
    talk.hear(Choice("again:1001"))
    talk.choose("no")
    assert talk.shop.orders.again == []
    assert talk.state == "order"


def test_a_fee_that_changed_meanwhile_is_asked_about_anew(talk: Conversation) -> None:
    talk.shop.orders.again_fee = ugx(3000)
    talk.hear(Choice("again:1001"))
    talk.shop.orders.again_fee = ugx(4000)
    talk.choose("yes")
    assert (talk.keys[0], talk.values["fee"]) == ("refused-again-costs", ugx(4000))
    assert talk.shop.orders.again == []


def test_what_was_not_tried_in_vain_is_not_tried_again(talk: Conversation) -> None:
    talk.shop.orders.update(1001, delivery=DeliveryStatus.PICKED_UP)
    talk.hear(Choice("again:1001"))
    assert talk.shop.orders.again == []
    talk.say(Intent.TRACK_ORDER)
    assert not {"again:1001", "address:1001"} & set(talk.options)
