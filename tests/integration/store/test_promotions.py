"""Promotions in the books: what an order costs with them, their limits, and what comes back."""

from uuid import UUID

import pytest
from ledger_books import brought, engine_of, paid
from ledger_books import standing as accounts
from market import SHOP, Market, ugx
from sqlalchemy import select

from flows.ports.delivery import Fulfilment
from flows.ports.orders import Checkout, Order, OrderStatus
from flows.ports.quote import Saving, SavingKind
from flows.ports.refusals import BelowMinimum, CartChanged, UsedUp
from store.models import OrderRow, PromotionRow, PromotionUseRow
from store.orders.cancelling import expire
from store.orders.settlement import Outcome, receive_payment
from store.proof import prove
from store.transaction import Sessions

OTHER = "+256772000002"
PICKUP = Checkout(Fulfilment.PICKUP, "cash")

FRIDAY = """
[[promotions]]
name = "TENTH"
percent = 10
products = ["oil"]
"""
ONCE = FRIDAY + "limit_each = 1\n"
LAST = FRIDAY + "limit = 1\n"
SENT_FREE = """
[[promotions]]
name = "SENT"
free_delivery = true
minimum_order = 18000
"""


def at(sessions: Sessions, promotions: str, shop: str = SHOP) -> Market:
    return Market(sessions).open(shop + promotions)


def row(market: Market, order: Order) -> OrderRow:
    def read(scope):
        found = scope.session.get_one(OrderRow, UUID(order.id))
        assert found.lines
        return found

    return market.do(read)


def used(market: Market) -> int:
    return market.do(lambda scope: scope.session.scalars(select(PromotionRow.used)).one())


def standing(market: Market) -> int:
    query = select(PromotionUseRow).where(PromotionUseRow.given_back_at.is_(None))
    return market.do(lambda scope: len(scope.session.scalars(query).all()))


def saved(amount: int, name: str = "TENTH", kind=SavingKind.PROMOTION) -> Saving:
    return Saving(kind, name, ugx(amount))


def test_a_promotion_is_in_the_quote_and_on_the_order(sessions: Sessions):
    market = at(sessions, FRIDAY)
    market.ask(lambda b: (b.cart.add("oil", 2), b.cart.add("salt", 1)))
    quote = market.ask(lambda b: b.orders.quote(Fulfilment.PICKUP))
    assert (quote.subtotal, quote.total) == (ugx(19500), ugx(17700))
    assert quote.savings == (saved(1800),)
    order = market.buy(fulfilment=Fulfilment.PICKUP, area=None)
    assert (order.discount, order.total, order.savings) == (ugx(1800), ugx(17700), quote.savings)
    assert [line.discount for line in row(market, order).lines] == [1800, 0]
    assert (used(market), standing(market)) == (1, 1)


def test_what_it_takes_off_comes_back_when_the_order_is_cancelled(sessions: Sessions):
    market = at(sessions, ONCE)
    order = market.buy(("oil", 1))
    assert order.savings == (saved(900),)
    assert market.buy(("oil", 1)).savings == ()
    for _ in range(2):
        market.ask(lambda b: b.orders.cancel(order.number, "changed my mind"))
    assert (used(market), standing(market)) == (0, 0)
    assert market.buy(("oil", 1)).savings == (saved(900),)


def test_each_person_has_their_own_limit(sessions: Sessions):
    market = at(sessions, ONCE)
    assert market.buy(("oil", 1)).savings
    assert not market.buy(("oil", 1)).savings
    assert market.buy(("oil", 1), phone=OTHER).savings


def test_who_comes_second_to_the_last_use_sees_the_new_total(sessions: Sessions):
    market = at(sessions, LAST)
    market.ask(lambda b: b.cart.add("oil", 1), phone=OTHER)
    seen = market.ask(lambda b: b.orders.quote(Fulfilment.PICKUP), phone=OTHER)
    market.buy(("oil", 1))
    later = market.ask(lambda b: b.orders.quote(Fulfilment.PICKUP), phone=OTHER)
    assert (seen.total, later.total) == (ugx(8100), ugx(9000))
    refused = market.ask(lambda b: b.orders.place(PICKUP, expected=seen.total), phone=OTHER)
    assert isinstance(refused, CartChanged)
    placed = market.ask(lambda b: b.orders.place(PICKUP, expected=later.total), phone=OTHER)
    assert isinstance(placed, Order)
    assert not placed.savings


def test_a_stopped_promotion_is_refused_at_the_last_moment(sessions: Sessions):
    """As when the seller stops it between two looks of one turn."""
    market = at(sessions, FRIDAY)

    def work(buyer):
        buyer.cart.add("oil", 1)
        total = buyer.orders.quote(Fulfilment.PICKUP).total
        buyer.scope.session.scalars(select(PromotionRow)).one().paused = True
        return buyer.orders.place(PICKUP, expected=total)

    assert market.ask(work) == UsedUp("TENTH")
    assert market.do(lambda scope: scope.session.scalars(select(OrderRow)).all()) == []
    assert standing(market) == 0


def test_late_money_keeps_the_price_that_was_paid(sessions: Sessions):
    market = at(sessions, LAST)
    order = market.buy(("oil", 1), rail="mtn-momo")
    market.wait(minutes=16)
    market.do(lambda scope: expire(scope, UUID(order.id)))
    assert used(market) == 0
    assert market.buy(("oil", 1), phone=OTHER).savings
    attempt = market.pay(order)
    settled = market.do(lambda scope: receive_payment(scope, UUID(order.id), attempt))
    assert settled.outcome is Outcome.SUCCESSOR
    # Beyond its limit, since it was promised.
    assert (used(market), standing(market)) == (2, 2)


def test_delivery_is_free_and_what_it_was_is_kept(sessions: Sessions):
    market = at(sessions, SENT_FREE)
    small, large = market.buy(("oil", 1)), market.buy(("oil", 2))
    assert (small.delivery_fee, small.savings) == (ugx(3000), ())
    assert (large.delivery_fee, large.total) == (ugx(0), ugx(18000))
    assert large.savings == (saved(3000, "SENT", SavingKind.DELIVERY),)
    assert (large.discount, large.full_fee) == (ugx(0), ugx(3000))


def test_a_free_delivery_may_go_elsewhere_at_the_same_price(sessions: Sessions):
    market = at(sessions, SENT_FREE)
    order = market.buy(("oil", 2))

    def moved(words: str):
        def work(buyer):
            [area] = buyer.delivery.find(words)
            return buyer.orders.change_address(order.number, area, None)

        return market.ask(work)

    assert isinstance(moved("bukoto"), Order)
    assert not isinstance(moved("ntinda"), Order)


@pytest.mark.parametrize(("waives", "refused"), [("", True), ("waives_minimum = true\n", False)])
def test_a_promotion_may_waive_the_minimum_order(sessions: Sessions, waives: str, refused: bool):
    shop = SHOP.replace('locales = ["en"]', 'locales = ["en"]\nminimum_order = 30000', 1)
    market = at(sessions, FRIDAY + waives, shop)
    result = market.try_to_buy(("oil", 1))
    assert isinstance(result, BelowMinimum) is refused
    if not refused:
        assert result.status is OrderStatus.PENDING
        assert isinstance(market.try_to_buy(("salt", 1)), BelowMinimum)


@pytest.mark.parametrize("rail", ["mtn-momo", "cash"])
def test_the_rider_is_paid_for_a_delivery_that_was_free(sessions: Sessions, rail: str):
    market = at(sessions, SENT_FREE)
    order = market.buy(("oil", 2), rail=rail)
    if rail == "cash":
        market.sell(lambda trade: trade.accept(order.number))
    else:
        paid(market, order)
    [offered] = market.ride("Okello", lambda r: r.jobs())
    assert offered.fee == ugx(3000)
    brought(market, order.number)
    found = accounts(market)
    assert [found[name] for name in found if name.startswith("rider-earnings")] == [3000]
    assert prove(engine_of(market)).finding is None
