"""What is cheaper now, told on request."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from flows.message import Clock, Day, Elastic, Message, verbatim
from flows.ports.promotions import Promotion, PromotionKind
from intents.intent import Intent
from intents.wish import Wish, Wished
from tests.fakes.conversation import Conversation
from tests.fakes.ports import NOW, ugx

TENTH = Promotion("FRIDAY", PromotionKind.PERCENTAGE, percent=Decimal("10.00"))
OFFERS = Wished(Wish.OFFERS)


def ask(talk: Conversation) -> Conversation:
    talk.say(Intent.OUT_OF_SCOPE, text="any promotions?", confidence=0.1, wish=OFFERS)
    assert talk.state == "offers"
    return talk


def percent(figure: str) -> Message:
    return Message("offer-percent", percent=figure)


def test_a_shop_without_offers_says_so():
    assert ask(Conversation()).keys == ("offers-none",)


@pytest.mark.parametrize(
    ("promotion", "what"),
    [
        (TENTH, percent("10")),
        (replace(TENTH, percent=Decimal("7.50")), percent("7.5")),
        (replace(TENTH, words="Ten off for Eid"), verbatim("Ten off for Eid")),
        (
            replace(TENTH, on=("Rice", "Oil")),
            Message("offer-on", what=percent("10"), goods=Elastic(("Rice", "Oil"))),
        ),
        (
            replace(TENTH, least=ugx(50000)),
            Message("offer-from", what=percent("10"), least=ugx(50000)),
        ),
        (
            Promotion("X", PromotionKind.AMOUNT, amount=ugx(2000)),
            Message("offer-amount", amount=ugx(2000)),
        ),
        (
            Promotion("X", PromotionKind.BUY_GET, buy=2, free=1),
            Message("offer-buy-get", buy=2, free=1),
        ),
        (Promotion("X", PromotionKind.FREE_DELIVERY), Message("offer-free-delivery")),
        (
            Promotion("X", PromotionKind.BUNDLE, amount=ugx(30000)),
            Message("offer-bundle", amount=ugx(30000)),
        ),
    ],
    ids=lambda value: value.kind.value if isinstance(value, Promotion) else "",
)
def test_each_promotion_is_said_by_what_it_gives(promotion: Promotion, what: Message):
    talk = Conversation()
    talk.shop.offers.running = (promotion,)
    [told, *_] = ask(talk).reply.messages
    assert told == Message("offer", name=promotion.name, what=what)


@pytest.mark.parametrize(
    ("until", "said"),
    [
        # 12:55 and midnight in Kampala.
        (NOW.replace(hour=9, minute=55), Clock(NOW.replace(hour=9, minute=55))),
        (NOW.replace(hour=21, minute=0), Day(NOW.replace(hour=20, minute=59))),
        (
            NOW.replace(hour=9, minute=0) + timedelta(days=2),
            NOW.replace(hour=9, minute=0) + timedelta(days=2),
        ),
    ],
    ids=["an hour of today", "the end of a day", "an hour of another day"],
)
def test_the_end_is_said_as_people_would(until, said):
    talk = Conversation()
    talk.shop.offers.running = (replace(TENTH, until=until),)
    [told, *_] = ask(talk).reply.messages
    assert (told.key, told.values["until"]) == ("offer-until", said)


def test_goods_on_sale_can_be_chosen():
    talk = Conversation()
    talk.shop.offers.sale = ("milk",)
    assert ask(talk).options == ("product:milk",)
    talk.choose("product:milk")
    assert talk.state == "product"
