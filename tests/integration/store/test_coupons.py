"""Coupons in the books: one row for each rule, and what is used up and given back."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from ledger_books import engine_of
from market import AMINA, KAMWOKYA, NOON, SHOP, Market, ugx
from sqlalchemy import select

from flows.ports.delivery import Fulfilment
from flows.ports.loyalty import CouponOn, Why
from flows.ports.orders import Order, OrderStatus
from flows.ports.quote import SavingKind
from flows.ports.refusals import CouponRefused
from store.models import CouponRow, CouponUseRow, CustomerRow
from store.orders.settlement import Outcome, receive_payment
from store.proof import prove
from store.transaction import Sessions

OTHER = "+256772000002"


def with_coupons(*coupons: str) -> str:
    return SHOP + "".join(f"\n[[coupons]]\n{coupon}\n" for coupon in coupons)


@pytest.fixture
def shop(sessions: Sessions) -> Market:
    return Market(sessions)


def put(market: Market, code: str, phone: str = AMINA):
    return market.ask(lambda b: b.coupons.put(code), phone)


def fill(market: Market, *wanted: tuple[str, int], phone: str = AMINA) -> None:
    for sku, quantity in wanted:
        market.ask(lambda b, s=sku, q=quantity: b.cart.add(s, q), phone)


def saved(market: Market, fulfilment: Fulfilment | None = None):
    area = KAMWOKYA if fulfilment is Fulfilment.STANDARD else None
    quote = market.ask(lambda b: b.orders.quote(fulfilment, area))
    return quote, [(s.kind, s.name, s.amount.minor) for s in quote.savings]


def used(market: Market) -> tuple[int, int]:
    """By the coupon's own count, and by the uses that stand."""
    return market.do(
        lambda s: (
            s.session.scalars(select(CouponRow.used)).one(),
            len(
                s.session.scalars(
                    select(CouponUseRow.id).where(CouponUseRow.given_back_at.is_(None))
                ).all()
            ),
        )
    )


# What one box of rice (24,000) and a bottle of oil (9,000) are saved by.
SAVINGS = {
    "a part of everything": ("percent = 10", 3_300),
    "a part is rounded half up": ("percent = 0.01", 3),
    "a part, and no more than its cap": ("percent = 50\ncap = 5000", 5_000),
    "an amount": ("amount = 4000", 4_000),
    "an amount is never more than the goods": ("amount = 90000", 33_000),
    "of a category": ('percent = 10\ncategories = ["Grains"]', 2_400),
    "of a product, whatever its kind": ('percent = 10\nproducts = ["rice"]', 2_400),
    "of one kind": ('percent = 10\nproducts = ["rice-5kg"]', 2_400),
    "of a category or a product": ('percent = 10\ncategories = ["Grains"]\nproducts = ["oil"]', 3_300),
    "not of a product": ('percent = 10\nexcept_products = ["oil"]', 2_400),
    "not of a category": ('percent = 10\nexcept_categories = ["Grains"]', 900),
    "an amount, of one product only": ('amount = 20000\nproducts = ["oil"]', 9_000),
    "from a minimum on": ("percent = 10\nminimum_order = 33000", 3_300),
    "up to a maximum": ("percent = 10\nmaximum_order = 33000", 3_300),
    "on its first day": ("percent = 10\nfrom = 2026-11-25", 3_300),
    "on its last day": ("percent = 10\nuntil = 2026-11-25", 3_300),
}  # fmt: skip


@pytest.mark.parametrize("rule", SAVINGS, ids=lambda rule: rule.replace(" ", "-"))
def test_what_a_coupon_takes_off(shop: Market, rule: str):
    terms, saving = SAVINGS[rule]
    market = shop.open(with_coupons(f'code = "FRIDAY"\n{terms}'))
    fill(market, ("rice-5kg", 1), ("oil", 1))
    assert put(market, "friday") == CouponOn("FRIDAY", ugx(saving))
    quote, savings = saved(market, Fulfilment.STANDARD)
    assert savings == [(SavingKind.COUPON, "FRIDAY", saving)]
    assert quote.total == ugx(33_000 + 3_000 - saving)


REFUSALS = {
    "nobody knows it": ('code = "MONDAY"\npercent = 10', CouponRefused("FRIDAY", Why.UNKNOWN)),
    "it has ended": (
        'code = "FRIDAY"\npercent = 10\nuntil = 2026-11-24',
        CouponRefused("FRIDAY", Why.ENDED, at=datetime(2026, 11, 24, 21, tzinfo=UTC)),
    ),
    "it has not begun": (
        'code = "FRIDAY"\npercent = 10\nfrom = 2026-11-25T18:00:00',
        CouponRefused("FRIDAY", Why.NOT_YET, at=datetime(2026, 11, 25, 15, tzinfo=UTC)),
    ),
    "too little is in the cart": (
        'code = "FRIDAY"\npercent = 10\nminimum_order = 40000',
        CouponRefused("FRIDAY", Why.BELOW, ugx(7_000)),
    ),
    "too much is in the cart": (
        'code = "FRIDAY"\npercent = 10\nmaximum_order = 30000',
        CouponRefused("FRIDAY", Why.ABOVE, ugx(30_000)),
    ),
    "none of it is eligible": (
        'code = "FRIDAY"\npercent = 10\ncategories = ["Fresh"]',
        CouponRefused("FRIDAY", Why.NO_GOODS),
    ),
    "all of it is excluded": (
        'code = "FRIDAY"\npercent = 10\nexcept_products = ["rice-5kg", "oil"]',
        CouponRefused("FRIDAY", Why.NO_GOODS),
    ),
}


@pytest.mark.parametrize("rule", REFUSALS, ids=lambda rule: rule.replace(" ", "-"))
def test_a_refused_coupon_says_why_and_takes_nothing_off(shop: Market, rule: str):
    terms, refusal = REFUSALS[rule]
    market = shop.open(with_coupons(terms))
    fill(market, ("rice-5kg", 1), ("oil", 1))
    assert put(market, "FRIDAY") == refusal
    quote, savings = saved(market)
    assert savings == []
    kept = market.ask(lambda b: b.coupons.code)
    assert (kept is None) == (refusal.why in (Why.UNKNOWN, Why.ENDED))
    assert quote.unmet == ((refusal,) if kept else ())


def test_free_delivery_is_off_the_fee_alone(shop: Market):
    market = shop.open(with_coupons('code = "FREE"\nfree_delivery = true'))
    fill(market, ("oil", 1))
    assert put(market, "FREE") == CouponOn("FREE", ugx(0), delivery=True)
    quote, savings = saved(market, Fulfilment.STANDARD)
    assert savings == [(SavingKind.DELIVERY, "FREE", 3_000)]
    assert (quote.fee, quote.total) == (ugx(0), ugx(9_000))
    order = market.buy()
    assert (order.delivery_fee, order.discount, order.total) == (ugx(0), ugx(0), ugx(9_000))


def test_free_delivery_is_not_used_up_by_who_fetches_the_goods(shop: Market):
    market = shop.open(with_coupons('code = "FREE"\nfree_delivery = true\nlimit = 1'))
    fill(market, ("oil", 1))
    put(market, "FREE")
    market.buy(fulfilment=Fulfilment.PICKUP, area=None)
    assert used(market) == (0, 0)


def test_the_road_from_cart_to_order_and_back(shop: Market):
    market = shop.open(with_coupons('code = "FRIDAY"\npercent = 10\nlimit = 1'))
    fill(market, ("rice-5kg", 1), ("oil", 1))
    put(market, "FRIDAY")
    order = market.buy()
    assert (order.discount, order.total) == (ugx(3_300), ugx(32_700))
    assert [(s.name, s.amount) for s in order.savings] == [("FRIDAY", ugx(3_300))]
    assert used(market) == (1, 1)
    assert market.ask(lambda b: b.coupons.code) is None

    fill(market, ("oil", 1), phone=OTHER)
    assert put(market, "FRIDAY", OTHER) == CouponRefused("FRIDAY", Why.USED_UP)

    cancelled = market.ask(lambda b: b.orders.cancel(order.number, ""))
    assert cancelled.status is OrderStatus.CANCELLED
    assert used(market) == (0, 0)
    assert isinstance(put(market, "FRIDAY", OTHER), CouponOn)
    assert isinstance(market.buy(phone=OTHER), Order)
    assert used(market) == (1, 1)


def test_a_code_that_ends_while_it_is_in_the_cart_is_told_and_takes_nothing_off(shop: Market):
    market = shop.open(with_coupons('code = "FRIDAY"\npercent = 10\nuntil = 2026-11-25'))
    fill(market, ("oil", 1))
    put(market, "FRIDAY")
    market.wait(days=1)
    quote, savings = saved(market)
    ended = CouponRefused("FRIDAY", Why.ENDED, at=datetime(2026, 11, 25, 21, tzinfo=UTC))
    assert (quote.unmet, savings, quote.total) == ((ended,), [], ugx(9_000))
    assert market.ask(lambda b: b.coupons.drop()) == "FRIDAY"
    assert saved(market)[0].unmet == ()


def test_somebody_uses_it_as_often_as_one_may(shop: Market):
    market = shop.open(with_coupons('code = "FRIDAY"\npercent = 10\nlimit_each = 1'))
    fill(market, ("oil", 1))
    put(market, "FRIDAY")
    market.buy()
    fill(market, ("oil", 1))
    assert put(market, "FRIDAY") == CouponRefused("FRIDAY", Why.YOU_USED)
    fill(market, ("oil", 1), phone=OTHER)
    assert isinstance(put(market, "FRIDAY", OTHER), CouponOn)


def test_a_first_order_is_the_first_that_was_not_cancelled(shop: Market):
    market = shop.open(with_coupons('code = "HELLO"\namount = 1000\nfirst_order = true'))
    first = market.buy(("oil", 1))
    fill(market, ("oil", 1))
    assert put(market, "HELLO") == CouponRefused("HELLO", Why.FIRST_ONLY)
    market.ask(lambda b: b.orders.cancel(first.number, ""))
    assert isinstance(put(market, "HELLO"), CouponOn)
    assert market.buy().discount == ugx(1_000)
    assert used(market) == (1, 1)


def test_wrong_codes_are_tried_so_often_in_an_hour(shop: Market):
    market = shop.open(with_coupons('code = "FRIDAY"\npercent = 10'))
    fill(market, ("oil", 1))
    for attempt in range(market.rules.coupon_tries):
        assert put(market, f"GUESS{attempt}").why == Why.UNKNOWN
    until = NOON.replace(hour=10)
    assert put(market, "FRIDAY") == CouponRefused("FRIDAY", Why.TRIES, at=until)
    assert not market.ask(lambda b: b.coupons.known("FRIDAY"))
    market.wait(hours=1)
    assert isinstance(put(market, "FRIDAY"), CouponOn)


def test_a_shop_that_never_had_coupons_knows_it(market: Market):
    assert not market.ask(lambda b: b.coupons.any)
    assert market.open(with_coupons('code = "FRIDAY"\npercent = 10')).ask(lambda b: b.coupons.any)


def test_a_coupon_that_leaves_the_file_ends_and_comes_back_with_its_uses(shop: Market):
    text = with_coupons('code = "FRIDAY"\npercent = 10\nlimit = 5')
    market = shop.open(text)
    fill(market, ("oil", 1))
    put(market, "FRIDAY")
    market.buy()
    market.open(SHOP)
    fill(market, ("oil", 1))
    assert put(market, "FRIDAY") == CouponRefused("FRIDAY", Why.OVER)
    market.open(text)
    assert isinstance(put(market, "FRIDAY"), CouponOn)
    assert used(market) == (1, 1)


def test_late_money_brings_the_coupon_back_even_where_others_had_its_last_use(shop: Market):
    market = shop.open(with_coupons('code = "FRIDAY"\npercent = 10\nlimit = 1'))
    fill(market, ("oil", 1))
    put(market, "FRIDAY")
    order = market.buy(rail="mtn-momo")
    attempt = market.pay(order)
    market.ask(lambda b: b.orders.cancel(order.number, ""))
    fill(market, ("oil", 1), phone=OTHER)
    put(market, "FRIDAY", OTHER)
    market.buy(phone=OTHER)
    settled = market.do(lambda s: receive_payment(s, UUID(order.id), attempt))
    assert settled.outcome is Outcome.SUCCESSOR
    assert market.order(1003).total == order.total
    assert used(market) == (2, 2)


def test_what_is_wrong_elsewhere_leaves_the_coupon_unused(shop: Market):
    market = shop.open(with_coupons('code = "FRIDAY"\npercent = 10'))
    fill(market, ("matooke", 1))
    put(market, "FRIDAY")
    market.buy(("matooke", 1), phone=OTHER)
    assert not isinstance(market.try_to_buy(), Order)
    assert used(market) == (0, 0)


def test_wholesale_customers_use_coupons_too(shop: Market):
    market = shop.open(with_coupons('code = "FRIDAY"\npercent = 10'))
    fill(market, ("oil", 1))

    def wholesale(scope):
        for row in scope.session.scalars(select(CustomerRow)):
            row.price_list = "wholesale"

    market.do(wholesale)
    assert put(market, "FRIDAY").saving in (ugx(800), ugx(900))


def test_an_order_that_costs_nothing_waits_for_no_money(shop: Market):
    market = shop.open(with_coupons('code = "GIFT"\npercent = 100'))
    fill(market, ("oil", 1))
    put(market, "GIFT")
    order = market.buy(rail="mtn-momo", fulfilment=Fulfilment.PICKUP, area=None)
    assert (order.total, order.rail, order.held_until) == (ugx(0), "cash", None)
    for word in ("accept", "ready"):
        market.sell(lambda t, w=word: getattr(t, w)(order.number))
    market.sell(lambda t: t.delivered(order.number, order.code))
    assert market.order(order.number).status is OrderStatus.DELIVERED
    assert prove(engine_of(market)).finding is None
