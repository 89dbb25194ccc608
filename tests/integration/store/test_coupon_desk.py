"""Coupons that sellers make by phone, in the books."""

from datetime import timedelta
from decimal import Decimal

import pytest
from market import NOON, SHOP, Market, ugx

from flows.ports.coupon_desk import CouponStanding
from flows.ports.loyalty import CouponOn, Why
from flows.ports.refusals import BadAmount, CouponRefused, CouponTooBig, NoCouponCode
from intents.coupon_making import Worth, read_making
from store.coupons.desk import ShopCoupons

FILE = SHOP + '\n[[coupons]]\ncode = "FRIDAY"\npercent = 10\n'


def say(market: Market, text: str):
    making = read_making(text)
    assert making is not None

    def work(scope):
        desk = ShopCoupons(scope)
        return desk.end(making.code) if making.worth is Worth.OFF else desk.make(making)

    return market.do(work)


def put(market: Market, code: str):
    return market.ask(lambda b: b.coupons.put(code))


def test_a_shop_without_any_gets_its_first(market: Market):
    market.ask(lambda b: b.cart.add("oil", 1))
    assert not market.ask(lambda b: b.coupons.any)
    ends = NOON + timedelta(days=30)
    assert say(market, "FRIDAY 10%") == CouponStanding("FRIDAY", Decimal(10), 0, None, ends)
    assert market.ask(lambda b: b.coupons.any)
    assert put(market, "FRIDAY") == CouponOn("FRIDAY", ugx(900))
    market.wait(days=30)
    assert put(market, "FRIDAY").why == Why.ENDED


def test_an_amount_is_never_more_than_half_of_the_goods(market: Market):
    assert say(market, "SAVE 5000 7d").minimum == ugx(10_000)
    market.ask(lambda b: b.cart.add("oil", 1))
    assert put(market, "SAVE") == CouponRefused("SAVE", Why.BELOW, ugx(1_000))
    market.ask(lambda b: b.cart.add("oil", 1))
    assert put(market, "SAVE") == CouponOn("SAVE", ugx(5_000))


def test_free_delivery(market: Market):
    assert say(market, "BRING free").worth is None
    market.ask(lambda b: b.cart.add("oil", 1))
    assert put(market, "BRING").delivery


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("FRIDAY 51%", CouponTooBig(50)),
        ("FRIDAY 0%", BadAmount("0")),
        ("FRIDAY 0", BadAmount("0")),
        ("FRIDAY 0.5", BadAmount("0.5")),
        ("FRIDAY 10% 0d", BadAmount("0d")),
        ("FRIDAY 10% 400d", BadAmount("400d")),
        ("12345 10%", NoCouponCode("12345")),
        ("NOBODY off", CouponRefused("NOBODY", Why.UNKNOWN)),
    ],
)
def test_what_is_out_of_bounds_is_refused_and_changes_nothing(market: Market, text, refusal):
    assert say(market, text) == refusal
    assert market.do(lambda s: ShopCoupons(s).coupons()) == []


def test_the_same_word_again_changes_its_terms_and_keeps_its_uses(market: Market):
    say(market, "FRIDAY 10%")
    market.ask(lambda b: b.cart.add("oil", 1))
    put(market, "FRIDAY")
    market.buy()
    assert say(market, "FRIDAY 20%").used == 1
    listed = market.do(lambda s: ShopCoupons(s).coupons())
    assert [(each.code, each.worth, each.used) for each in listed] == [("FRIDAY", Decimal(20), 1)]


def test_what_was_ended_is_over_and_not_listed(market: Market):
    say(market, "FRIDAY 10%")
    market.ask(lambda b: b.cart.add("oil", 1))
    put(market, "FRIDAY")
    say(market, "friday off")
    assert market.do(lambda s: ShopCoupons(s).coupons()) == []
    quote = market.ask(lambda b: b.orders.quote())
    assert quote.unmet == (CouponRefused("FRIDAY", Why.OVER),)


def test_a_file_leaves_what_was_made_by_phone_and_what_was_ended_by_phone(market: Market):
    say(market, "MINE 10%")
    market.open(FILE)
    assert [c.code for c in market.do(lambda s: ShopCoupons(s).coupons())] == ["FRIDAY", "MINE"]
    say(market, "FRIDAY off")
    market.open(FILE)
    assert [c.code for c in market.do(lambda s: ShopCoupons(s).coupons())] == ["MINE"]
    say(market, "FRIDAY 5%")
    assert len(market.do(lambda s: ShopCoupons(s).coupons())) == 2


def test_another_shop_knows_nothing_of_it(market: Market):
    say(market, "FRIDAY 10%")
    other = SHOP.replace('slug = "njeri"', 'slug = "other"').replace("NJERI", "OTHER")
    market.open(other.replace("Mama Njeri", "Other"))
    market.slug = "other"
    assert say(market, "FRIDAY off") == CouponRefused("FRIDAY", Why.UNKNOWN)
