"""Coupons in conversation."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.message import Day
from flows.ports.loyalty import Why
from flows.ports.refusals import CouponRefused
from intents.intent import Intent
from intents.wish import Wish, Wished
from tests.fakes.conversation import Conversation, said
from tests.fakes.ports import FakeShop, ugx


@pytest.fixture
def talk() -> Conversation:
    """A customer with rice in the cart of a shop with two coupons."""
    shop = FakeShop()
    shop.coupons.codes.update({"FRIDAY": 5_000, "FREE": 0})
    shop.cart.add("rice-5kg", 1)
    return Conversation(shop)


def apply(talk: Conversation, code: str | None):
    return talk.say(Intent.APPLY_COUPON, text=f"coupon {code}", coupon=code)


def at_summary(talk: Conversation) -> None:
    talk.say(Intent.CHECKOUT)
    talk.choose("pickup", "cash")
    assert talk.state == "summary"


def test_a_shop_without_coupons_says_so(talk: Conversation):
    talk.shop.coupons.codes.clear()
    apply(talk, "FRIDAY")
    assert "coupon-none" in talk.keys


def test_a_code_in_a_sentence_is_put_into_the_cart_and_told(talk: Conversation):
    apply(talk, "FRIDAY")
    assert talk.shop.coupons.code == "FRIDAY"
    assert talk.state == "cart"
    assert talk.keys[0] == "coupon-on"
    assert talk.values["saving"] == ugx(5_000)


def test_without_a_code_it_is_asked_for_and_a_bare_word_answers(talk: Conversation):
    apply(talk, None)
    assert talk.keys == ("coupon-ask",)
    talk.write("monday")
    assert talk.keys == ("refused-coupon-unknown", "coupon-ask")
    talk.write("friday")
    assert talk.shop.coupons.code == "FRIDAY"
    assert talk.state == "cart"


@pytest.mark.parametrize("text", ["FRIDAY", "use FRIDAY", "FRIDAY!"])
def test_a_code_alone_is_known(talk: Conversation, text: str):
    talk.say(Intent.VIEW_CART)
    talk.write(text)
    assert talk.shop.coupons.code == "FRIDAY"


def test_words_that_are_no_codes_are_what_they_were(talk: Conversation):
    talk.say(Intent.VIEW_CART)
    talk.write("SOMETHING")
    assert talk.shop.coupons.code is None
    talk.say(Intent.THANKS, text="FRIDAY")
    assert talk.shop.coupons.code is None


def test_at_the_summary_the_new_total_is_what_is_confirmed(talk: Conversation):
    at_summary(talk)
    assert talk.place.spot.data["total"] == 24_000
    talk.write("FRIDAY")
    assert talk.state == "summary"
    assert talk.keys[0] == "coupon-on"
    talk.choose("confirm")
    order = talk.shop.orders.placed[1001]
    assert (order.discount, order.total) == (ugx(5_000), ugx(19_000))


def test_free_delivery_is_told_as_that(talk: Conversation):
    apply(talk, "FREE")
    assert talk.keys[0] == "coupon-delivery"


@pytest.mark.parametrize("why", [Why.BELOW, Why.ABOVE, Why.NO_GOODS, Why.NOT_YET])
def test_what_the_cart_can_mend_stays_in_it_and_is_said_once(talk: Conversation, why: Why):
    talk.shop.coupons.refusals["FRIDAY"] = CouponRefused("FRIDAY", why, ugx(1_000))
    apply(talk, "FRIDAY")
    assert talk.keys.count(f"refused-coupon-{why}") == 1
    assert talk.shop.coupons.code == "FRIDAY"
    talk.shop.coupons.refusals.clear()
    talk.say(Intent.VIEW_CART)
    assert f"refused-coupon-{why}" not in talk.keys


@pytest.mark.parametrize("why", [Why.ENDED, Why.USED_UP, Why.YOU_USED, Why.FIRST_ONLY, Why.TRIES])
def test_what_it_cannot_is_refused_with_the_reason(talk: Conversation, why: Why):
    talk.shop.coupons.refusals["FRIDAY"] = CouponRefused("FRIDAY", why)
    apply(talk, "FRIDAY")
    assert talk.keys[0] == f"refused-coupon-{why}"
    assert talk.shop.coupons.code is None


def test_a_code_that_no_longer_counts_is_told_at_the_summary(talk: Conversation):
    apply(talk, "FRIDAY")
    talk.shop.coupons.refusals["FRIDAY"] = CouponRefused("FRIDAY", Why.ENDED)
    at_summary(talk)
    assert "refused-coupon-ended" in talk.keys
    assert talk.place.spot.data["total"] == 24_000


def test_a_coupon_ended_on_its_last_day_and_not_on_the_day_after(talk: Conversation):
    """In Kampala 21:00 UTC is the midnight that ends a day."""
    over = CouponRefused("FRIDAY", Why.ENDED, at=datetime(2026, 12, 31, 21, tzinfo=UTC))
    talk.shop.coupons.refusals["FRIDAY"] = over
    apply(talk, "FRIDAY")
    date = talk.reply.messages[0].values["date"]
    assert isinstance(date, Day)
    assert date.at.astimezone(ZoneInfo("Africa/Kampala")).day == 31


def test_it_is_taken_off_by_a_set_phrase(talk: Conversation):
    apply(talk, "FRIDAY")
    drop = said(Intent.APPLY_COUPON, text="remove coupon", wish=Wished(Wish.DROP_COUPON))
    talk.hear(drop)
    assert talk.keys[0] == "coupon-off"
    assert talk.shop.coupons.code is None
    talk.hear(drop)
    assert talk.keys[0] == "coupon-not-there"
