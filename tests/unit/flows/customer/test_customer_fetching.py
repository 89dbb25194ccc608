"""A customer who was told that nobody brings the order comes for it."""

from dataclasses import replace

import pytest

from flows.heard import Choice
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, OrderStatus
from intents.intent import Intent
from tests.fakes.conversation import Conversation
from tests.fakes.ports import FakeShop, an_order, ugx


@pytest.fixture
def talk() -> Conversation:
    shop = FakeShop()
    shop.orders.placed[1001] = an_order(
        1001, status=OrderStatus.CONFIRMED, delivery=DeliveryStatus.WAITING, nobody_brings=True
    )
    return Conversation(shop)


@pytest.mark.parametrize("status", [OrderStatus.CONFIRMED, OrderStatus.PROCESSING])
def test_who_asks_is_told_so_and_what_can_be_done(talk: Conversation, status: OrderStatus) -> None:
    talk.shop.orders.update(1001, status=status)
    talk.say(Intent.TRACK_ORDER)
    assert talk.keys[0] == "notice-no-rider"
    assert "track-eta" not in talk.keys
    assert {"fetch:1001", "cancel:1001"} <= set(talk.options)
    assert talk.options.count("cancel:1001") == 1


def test_a_yes_is_asked_and_the_fee_said(talk: Conversation) -> None:
    talk.say(Intent.TRACK_ORDER)
    talk.choose("fetch:1001")
    assert talk.keys == ("fetch-ask", "verbatim", "fetch-ask-fee")
    assert talk.values["fee"] == ugx(5000)
    talk.choose("yes")
    order = talk.shop.orders.placed[1001]
    assert (order.fulfilment, order.delivery_fee) == (Fulfilment.PICKUP, ugx(0))
    assert "track-confirmed-pickup" in talk.keys
    assert "fetch:1001" not in talk.options


def test_what_costs_nothing_to_bring_has_nothing_to_come_off(talk: Conversation) -> None:
    talk.shop.orders.update(1001, delivery_fee=ugx(0))
    talk.say(Intent.TRACK_ORDER)
    talk.choose("fetch:1001")
    assert talk.keys == ("fetch-ask", "verbatim")


def test_a_no_changes_nothing(talk: Conversation) -> None:
    before = talk.shop.orders.placed[1001]
    talk.say(Intent.TRACK_ORDER)
    talk.choose("fetch:1001", "no")
    assert talk.keys[0] == "order-kept"
    assert talk.shop.orders.placed[1001] == before


def test_a_rider_who_was_quicker_is_said(talk: Conversation) -> None:
    talk.say(Intent.TRACK_ORDER)
    talk.choose("fetch:1001")
    talk.shop.orders.update(1001, nobody_brings=False, delivery=DeliveryStatus.ACCEPTED)
    talk.choose("yes")
    assert talk.keys[0] == "refused-wrong-step"
    assert talk.shop.orders.placed[1001].fulfilment is Fulfilment.STANDARD
    # An older message's choice leads to how it stands.
    talk.hear(Choice("fetch:1001"))
    assert talk.state == "order"


def test_nobody_comes_for_the_order_of_somebody_else(talk: Conversation) -> None:
    talk.hear(Choice("fetch:1002"))
    assert talk.keys[0] == "refused-unknown-order"


def test_a_shop_without_pickup_does_not_offer_it(talk: Conversation) -> None:
    ways = talk.shop.delivery
    ways.ways = [replace(way) for way in ways.ways if way.kind is not Fulfilment.PICKUP]
    talk.say(Intent.TRACK_ORDER)
    assert "fetch:1001" not in talk.options
    assert "cancel:1001" in talk.options
