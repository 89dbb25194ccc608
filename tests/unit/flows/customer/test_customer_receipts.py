"""Receipts, money that goes back, and what a forwarded SMS is worth."""

import pytest

from flows.ports.orders import PaymentStatus
from flows.ports.records import BackStatus, Claim, Claimed, MoneyBack
from intents.intent import Intent
from tests.fakes.conversation import Conversation
from tests.fakes.customer_walk import FORWARDED
from tests.fakes.ports import NOW, PHONE, FakeShop, an_order, ugx


@pytest.fixture
def talk() -> Conversation:
    shop = FakeShop()
    shop.orders.placed[1001] = an_order(1001, rail="mtn-momo", payer=PHONE)
    return Conversation(shop)


def paid(talk: Conversation) -> Conversation:
    talk.shop.orders.update(1001, payment_status=PaymentStatus.PAID)
    return talk


def test_a_receipt_says_what_was_paid_how_and_where_it_can_be_checked(talk: Conversation) -> None:
    paid(talk).say(Intent.RECEIPT)
    assert talk.keys == ("receipt", "receipt-how", "rail-mtn-momo", "receipt-link")
    assert talk.options == ("track:1001", "human", "back")


def test_a_paid_order_offers_its_receipt(talk: Conversation) -> None:
    paid(talk).say(Intent.TRACK_ORDER)
    talk.choose("receipt:1001")
    assert talk.values["number"] == 1001


def test_on_ussd_a_receipt_has_no_link(talk: Conversation) -> None:
    talk.medium = "ussd"
    paid(talk).say(Intent.RECEIPT)
    assert "receipt-link" not in talk.keys


def test_nobody_gets_a_receipt_of_what_is_not_theirs(talk: Conversation) -> None:
    paid(talk).say(Intent.RECEIPT, order=1999)
    assert talk.keys == ("refused-unknown-order",)


@pytest.mark.parametrize(
    ("status", "rail", "key"),
    [
        (BackStatus.WAITING, "mtn-momo", "back-waiting"),
        (BackStatus.WAY, "mtn-momo", "back-on-its-way"),
        (BackStatus.DONE, "mtn-momo", "back-done"),
        (BackStatus.DONE, "wallet", "back-in-wallet"),
        (BackStatus.STUCK, "mtn-momo", "back-stuck"),
    ],
)
def test_where_the_refund_is(talk: Conversation, status: BackStatus, rail: str, key: str) -> None:
    talk.shop.records.given = [MoneyBack(1001, ugx(53_000), status, rail, PHONE, NOW)]
    talk.say(Intent.REFUND, text="where is my refund")
    assert talk.keys[0] == key
    assert not talk.shop.desk.holding
    assert "human" in talk.options


def test_a_wish_for_a_refund_is_the_sellers_to_grant(talk: Conversation) -> None:
    talk.say(Intent.REFUND, text="i want my money back")
    assert talk.shop.desk.said == ["i want my money back"]


@pytest.mark.parametrize(
    ("claim", "key"),
    [
        (Claimed(Claim.HOLDS, 1001), "claim-holds"),
        (Claimed(Claim.ASKED, 1001), "paying-asked"),
        (Claimed(Claim.NONE), "claim-none"),
        (Claimed(Claim.WRONG, 1001), "claim-wrong"),
    ],
)
def test_an_operators_sms_is_held_against_the_books(
    talk: Conversation, claim: Claimed, key: str
) -> None:
    talk.shop.records.claims = claim
    talk.say(Intent.PAID_ALREADY, text=FORWARDED)
    assert talk.keys[0] == key
    assert talk.shop.payments.asked == []
    assert talk.shop.records.held[0].reference == "12345678901"


def test_a_seller_who_holds_the_talk_is_not_left_alone_with_it(talk: Conversation) -> None:
    talk.say(Intent.TALK_TO_HUMAN)
    talk.shop.records.claims = Claimed(Claim.WRONG)
    talk.say(Intent.PAID_ALREADY, text=FORWARDED)
    assert talk.keys == ("claim-wrong",)
    assert talk.shop.desk.said[-1] == FORWARDED
    assert talk.state == "human"
