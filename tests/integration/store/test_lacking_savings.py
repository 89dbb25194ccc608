"""What was saved on goods that are not there: coupons, promotions, points, and money out of a wallet."""

from uuid import UUID

import pytest
from ledger_books import engine_of, paid, sent, standing
from market import AMINA, SHOP, Buying, Market, ugx
from sqlalchemy import select
from test_lacking import take_out
from test_points import check, give

from flows.ports.delivery import Fulfilment
from flows.ports.orders import Order, OrderStatus, PaymentStatus
from flows.ports.quote import SavingKind
from store.ledger import Account, Kind, post
from store.models import (
    CouponUseRow,
    PointsEntryRow,
    PromotionRow,
    PromotionUseRow,
    RefundRow,
)
from store.orders.settlement import receive_from_wallet
from store.orders.views import locked
from store.proof import prove
from store.transaction import Sessions

COUPON = '\n[[coupons]]\ncode = "FRIDAY"\n{}\n'
POINTS = "\n[points]\nper = 100\nworth = 10\nleast = 100\n"
PROMOTION = '\n[[promotions]]\nname = "Oil week"\npercent = 10\nproducts = ["oil"]\n'


@pytest.fixture
def shop(sessions: Sessions) -> Market:
    return Market(sessions)


def with_coupon(market: Market, *wanted: tuple[str, int], rail: str = "mtn-momo") -> Order:
    for sku, quantity in wanted:
        market.ask(lambda b, s=sku, q=quantity: b.cart.add(s, q))
    market.ask(lambda b: b.coupons.put("FRIDAY"))
    order = market.buy(rail=rail)
    if rail != "cash":
        paid(market, order)
    market.told.clear()
    return order


def holds(market: Market) -> None:
    finding = prove(engine_of(market)).finding
    assert finding is None, finding


def test_of_a_coupon_on_all_its_part_goes_and_the_rest_keeps_its_price(shop: Market):
    market = shop.open(SHOP + COUPON.format("percent = 10\nminimum_order = 30000"))
    order = with_coupon(market, ("rice-5kg", 1), ("oil", 1))
    done = take_out(market, order.number, "rice-5kg")
    assert done.refund == ugx(21_600)
    assert [(s.kind, s.amount) for s in done.order.savings] == [(SavingKind.COUPON, ugx(900))]
    assert uses(market) == 1
    sent(market)
    holds(market)


def test_a_coupon_that_takes_nothing_off_any_more_may_be_used_again(shop: Market):
    market = shop.open(SHOP + COUPON.format('percent = 10\nproducts = ["oil"]'))
    order = with_coupon(market, ("rice-5kg", 1), ("oil", 2))
    assert take_out(market, order.number, "oil", 1).refund == ugx(8100)
    assert uses(market) == 1
    done = take_out(market, order.number, "oil", 1, step=1)
    assert (done.refund, done.order.savings) == (ugx(8100), ())
    assert uses(market) == 0
    market.sell(lambda t: t.refuse(order.number, ""))
    assert uses(market) == 0
    holds(market)


def uses(market: Market) -> int:
    standing = select(CouponUseRow.id).where(CouponUseRow.given_back_at.is_(None))
    return len(market.do(lambda s: s.session.scalars(standing).all()))


def test_a_promotion_counts_what_it_makes_cheaper_by_now(shop: Market):
    market = shop.open(SHOP + PROMOTION)
    order = market.buy(("oil", 2), ("salt", 1), rail="mtn-momo")
    paid(market, order)
    assert order.discount == ugx(1800)

    def counted():
        def work(scope):
            row = scope.session.scalars(select(PromotionUseRow)).one()
            used = scope.session.scalars(select(PromotionRow.used)).one()
            return row.amount, row.given_back_at is None, used

        return market.do(work)

    assert counted() == (1800, True, 1)
    assert take_out(market, order.number, "oil", 1).refund == ugx(8100)
    assert counted() == (900, True, 1)
    assert take_out(market, order.number, "oil", 1, step=1).order.discount == ugx(0)
    assert counted()[1:] == (False, 0)
    holds(market)


def with_points(market: Market, *wanted: tuple[str, int], points: int) -> Order:
    give(market, points)
    for sku, quantity in wanted:
        market.ask(lambda b, s=sku, q=quantity: b.cart.add(s, q))
    market.ask(lambda b: b.points.use(points))
    order = market.buy(rail="mtn-momo")
    assert order.discount == ugx(points * 10)
    paid(market, order)
    return order


def backs(market: Market) -> list[int]:
    back = select(PointsEntryRow.points).where(PointsEntryRow.kind == "back")
    return list(market.do(lambda s: s.session.scalars(back.order_by(PointsEntryRow.id)).all()))


def test_points_that_paid_for_it_come_back(shop: Market):
    market = shop.open(SHOP + POINTS)
    order = with_points(market, ("rice-5kg", 1), ("oil", 4), points=600)
    done = take_out(market, order.number, "oil", 2)
    assert done.refund == ugx(18_000 - 1_800)
    assert backs(market) == [180]
    check(market)
    market.sell(lambda t: t.refuse(order.number, ""))
    assert sum(backs(market)) == 600
    assert check(market) == 600
    holds(market)


def test_after_it_a_return_gives_back_its_part_of_the_points_that_are_left(shop: Market):
    from test_returns import ask, desk

    market = shop.open(SHOP + POINTS)
    order = with_points(market, ("rice-5kg", 1), ("oil", 4), points=600)
    take_out(market, order.number, "oil", 4)
    assert backs(market) == [360]
    market.sell(lambda t: t.picked(order.number))
    market.sell(lambda t: t.delivered(order.number, order.code))
    ask(market, order.number, {1: 1})
    booked = desk(market, lambda d: d.booked(order.number, damaged=False))
    assert booked.refund == ugx(24_000 - 2_400 + 3_000)
    assert sum(backs(market)) == 600
    sent(market)
    holds(market)


def test_out_of_a_wallet_it_is_back_in_the_wallet_at_once(shop: Market):
    market = shop.open(
        SHOP.replace('rails = ["mtn-momo", "cash"]', 'rails = ["mtn-momo", "cash", "wallet"]')
    )
    order = market.buy(("oil", 2), ("salt", 2), rail="wallet")

    def pay(scope) -> UUID:
        person = Buying(scope, AMINA).person.id
        wallet = Account(Kind.WALLET, str(person))
        post(
            scope,
            "gift",
            "top-up",
            {Account(Kind.RAIL, "mtn-momo"): 30_000, wallet: -30_000},
            "UGX",
        )
        receive_from_wallet(scope, locked(scope, number=order.number), person)
        return person

    person = market.do(pay)
    assert standing(market)[f"wallet:{person}"] == 6_000
    assert take_out(market, order.number, "salt").refund == ugx(3000)
    assert standing(market)[f"wallet:{person}"] == 9_000
    assert market.order(order.number).payment_status is PaymentStatus.PAID
    assert market.do(lambda s: s.session.scalars(select(RefundRow)).all()) == []
    take_out(market, order.number, "oil", 1, step=1)
    assert standing(market)[f"wallet:{person}"] == 18_000
    market.sell(lambda t: t.refuse(order.number, ""))
    assert standing(market)[f"wallet:{person}"] == 30_000
    after = market.order(order.number)
    assert (after.status, after.payment_status) == (OrderStatus.CANCELLED, PaymentStatus.REFUNDED)


def test_where_it_becomes_a_pickup_after_it_the_fee_goes_back_as_well(shop: Market):
    market = shop.open()
    order = market.buy(("oil", 2), ("salt", 1), rail="mtn-momo")
    paid(market, order)
    take_out(market, order.number, "salt")
    market.sell(lambda t: t.as_pickup(order.number))
    after = market.order(order.number)
    assert (after.fulfilment, after.total) == (Fulfilment.PICKUP, ugx(18_000))
    sent(market)
    assert standing(market)["rail:mtn-momo"] == 18_000
    holds(market)
