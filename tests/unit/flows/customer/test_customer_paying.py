"""Paying what was placed, and never twice."""

from datetime import timedelta

import pytest

from flows.message import Clock, Message
from flows.ports.orders import PaymentStatus
from flows.ports.payments import AttemptStatus
from intents.intent import Intent
from tests.fakes.conversation import Conversation, item
from tests.fakes.ports import NOW, PHONE, FakeShop, an_order


@pytest.fixture
def talk() -> Conversation:
    """An order whose prompt has just gone out."""
    shop = FakeShop()
    shop.orders.placed[1001] = an_order(1001, rail="mtn-momo", payer=PHONE)
    shop.payments.open(1001, "mtn-momo", PHONE)
    return Conversation(shop)


def test_while_a_prompt_is_open_no_second_one_is_sent(talk: Conversation) -> None:
    talk.say(Intent.PAY)
    assert len(talk.shop.payments.attempts) == 1
    assert talk.keys == ("refused-prompt-open-until",)
    assert talk.options == ("paid:1001", "track:1001")


def test_i_have_paid_asks_the_provider_at_once(talk: Conversation) -> None:
    talk.say(Intent.PAID_ALREADY)
    assert talk.shop.payments.asked == [1001]
    assert talk.keys[0] == "paying-asked"


def test_i_have_paid_for_a_paid_order_says_so(talk: Conversation) -> None:
    talk.shop.payments.end(1001, AttemptStatus.SUCCEEDED)
    talk.say(Intent.PAID_ALREADY)
    assert talk.shop.payments.asked == []
    assert talk.keys == ("paying-paid",)


def test_after_a_failure_three_ways_are_offered(talk: Conversation) -> None:
    talk.shop.payments.end(1001, AttemptStatus.FAILED)
    talk.say(Intent.PAID_ALREADY)
    assert talk.options == ("pay:1001", "other-number:1001", "cash:1001", "track:1001")
    talk.choose("pay:1001")
    assert len(talk.shop.payments.attempts) == 2
    assert talk.keys == ("paying-prompt",)


def test_paying_from_another_number(talk: Conversation) -> None:
    talk.shop.payments.end(1001, AttemptStatus.EXPIRED)
    talk.say(Intent.PAID_ALREADY)
    talk.choose("other-number:1001")
    talk.say(Intent.OUT_OF_SCOPE, phone="+256782000000")
    assert talk.shop.payments.attempts[-1].payer == "+256782000000"
    assert talk.state == "paying"


def test_cash_instead(talk: Conversation) -> None:
    talk.shop.payments.end(1001, AttemptStatus.FAILED)
    talk.say(Intent.PAID_ALREADY)
    talk.choose("cash:1001")
    assert talk.shop.orders.placed[1001].rail == "cash"
    assert talk.keys[:2] == ("cash-chosen", "track-pending-cash")


def test_an_unsure_wish_to_pay_opens_no_prompt(talk: Conversation) -> None:
    talk.shop.payments.end(1001, AttemptStatus.FAILED)
    talk.say(Intent.PAY, confidence=0.6)
    assert len(talk.shop.payments.attempts) == 1
    assert talk.state == "paying"


def test_a_paid_order_is_not_paid_again(talk: Conversation) -> None:
    talk.shop.orders.update(1001, payment_status=PaymentStatus.PAID)
    talk.say(Intent.PAY, order=1001)
    assert talk.keys == ("paying-paid",)
    assert len(talk.shop.payments.attempts) == 1


def test_an_order_with_a_payment_in_review_is_not_paid_again(talk: Conversation) -> None:
    talk.shop.payments.end(1001, AttemptStatus.REVIEW)
    talk.say(Intent.PAID_ALREADY)
    assert "paying-review" in talk.keys
    assert not any(option.startswith("pay:") for option in talk.options)


def test_on_ussd_paying_again_ends_the_session(talk: Conversation) -> None:
    talk.medium = "ussd"
    talk.shop.payments.end(1001, AttemptStatus.FAILED)
    talk.say(Intent.PAY)
    assert talk.reply.ends
    assert talk.keys == ("prompt-after-end",)


def test_without_an_order_the_cart_is_what_wants_paying() -> None:
    talk = Conversation(FakeShop())
    talk.say(Intent.PAY)
    assert talk.keys[0] == "no-payment-due"
    talk.say(Intent.ADD_TO_CART, item("milk", 2))
    talk.say(Intent.PAY)
    assert talk.state == "fulfilment"


def test_nobody_else_s_order_can_be_paid(talk: Conversation) -> None:
    talk.say(Intent.PAY, order=1999)
    assert talk.keys[0] == "refused-unknown-order"


def test_who_says_they_have_paid_is_not_told_to_pay(talk: Conversation) -> None:
    talk.say(Intent.PAID_ALREADY)
    assert talk.keys == ("paying-asked",)


def test_a_number_written_after_a_failure_is_asked_to_pay(talk: Conversation) -> None:
    talk.shop.payments.end(1001, AttemptStatus.FAILED)
    talk.say(Intent.PAID_ALREADY)
    talk.say(Intent.OUT_OF_SCOPE, phone="+256782000000", confidence=0.0)
    assert talk.shop.payments.attempts[-1].payer == "+256782000000"
    talk.say(Intent.OUT_OF_SCOPE, phone="+256782000001", confidence=0.0)
    assert talk.keys == ("refused-prompt-open-until",)
    assert len(talk.shop.payments.attempts) == 2


def test_it_is_said_until_when_unpaid_goods_are_kept(talk: Conversation) -> None:
    until = NOW + timedelta(minutes=15)
    talk.shop.orders.update(1001, held_until=until)
    talk.say(Intent.TRACK_ORDER)
    assert Message("goods-kept", until=Clock(until)) in talk.reply.messages
