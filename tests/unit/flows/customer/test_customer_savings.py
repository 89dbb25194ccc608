"""What makes a cart cheaper is said where its total is."""

from dataclasses import replace

import pytest

from flows.message import Message
from flows.ports.quote import Saving, SavingKind
from intents.intent import Intent
from tests.fakes.conversation import Conversation, item
from tests.fakes.ports import an_order, ugx

FRIDAY = Saving(SavingKind.PROMOTION, "FRIDAY", ugx(2400))
SENT = Saving(SavingKind.DELIVERY, "SENT", ugx(5000))


@pytest.fixture
def talk() -> Conversation:
    talk = Conversation()
    talk.shop.orders.savings = (FRIDAY, SENT)
    talk.shop.cart.add("rice-5kg", 1)
    return talk


def said(talk: Conversation, key: str) -> Message:
    return next(m for m in talk.reply.messages if m.key == key)


def test_the_cart_says_what_is_saved_and_what_is_to_be_paid(talk: Conversation):
    talk.say(Intent.VIEW_CART)
    assert said(talk, "saving-promotion").values == {"amount": ugx(2400), "name": "FRIDAY"}
    assert said(talk, "cart-to-pay").values == {"total": ugx(21600)}


def test_so_does_every_change_of_it(talk: Conversation):
    talk.say(Intent.ADD_TO_CART, item("milk", 1))
    assert {"saving-promotion", "cart-to-pay"} <= set(talk.keys)


def test_without_savings_nothing_more_is_said(talk: Conversation):
    talk.shop.orders.savings = ()
    talk.say(Intent.VIEW_CART)
    assert not {"saving-promotion", "cart-to-pay"} & set(talk.keys)


def test_the_summary_says_what_the_delivery_was(talk: Conversation):
    talk.say(Intent.CHECKOUT)
    talk.choose("standard")
    talk.choose("area:Kamwokya")
    talk.write("blue gate")
    talk.choose("cash")
    summary = said(talk, "summary-delivery")
    assert summary.values["fee"] == Message("fee-free-was", before=ugx(5000))
    assert summary.values["total"] == ugx(21600)
    assert "saving-promotion" in talk.keys


def test_the_tax_is_said(talk: Conversation):
    talk.shop.orders.tax = ugx(3888)
    talk.say(Intent.VIEW_CART)
    assert said(talk, "tax-added").values == {"tax": ugx(3888)}
    assert said(talk, "cart-to-pay").values == {"total": ugx(25488)}


def test_a_promotion_may_waive_the_minimum(talk: Conversation):
    talk.shop.info = replace(talk.shop.info, minimum_order=ugx(90000))
    talk.say(Intent.VIEW_CART)
    assert "refused-minimum" in talk.keys
    talk.shop.orders.waives_minimum = True
    talk.say(Intent.VIEW_CART)
    assert "refused-minimum" not in talk.keys


def test_an_order_that_waits_says_what_it_is_made_of(talk: Conversation):
    talk.shop.orders.placed[1001] = an_order(1001, savings=(FRIDAY, SENT), delivery_fee=ugx(0))
    talk.say(Intent.TRACK_ORDER, order=1001)
    assert {"saving-promotion", "fee-free-was"} <= set(talk.keys)
