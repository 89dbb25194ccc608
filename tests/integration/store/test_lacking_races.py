"""WITHOUT against itself and against whatever else ends or moves an order, on the real PostgreSQL."""

from uuid import UUID

import pytest
from ledger_books import engine_of, paid, sent, shared
from market import Market, ugx
from racing import together
from riding import RIDER
from sqlalchemy import func, select
from test_lacking import shelf, take_out

from flows.happenings import GoodsLacking, OrderShipped
from flows.ports.lacking import Lack
from flows.ports.orders import Order, OrderStatus, PaymentStatus
from flows.ports.refusals import OrderLessened, WrongStep
from store.models import OrderLineRow, OrderRow, RefundRow
from store.orders.settlement import receive_payment
from store.proof import prove

pytestmark = pytest.mark.postgres


def bought(market: Market) -> Order:
    order = market.buy(("oil", 4), ("salt", 2), rail="mtn-momo")
    shared(market, order, commission=3600)
    paid(market, order)
    market.told.clear()
    return market.order(order.number)


def refunded(market: Market) -> int:
    return market.do(lambda s: s.session.scalar(select(func.sum(RefundRow.amount)))) or 0


def holds(market: Market) -> None:
    finding = prove(engine_of(market)).finding
    assert finding is None, finding


def as_written(market: Market, order: Order) -> None:
    """The order's sums are those of its lines."""
    row, goods = market.do(
        lambda s: (
            s.session.get_one(OrderRow, UUID(order.id)).subtotal,
            s.session.scalar(
                select(func.sum(OrderLineRow.total)).where(OrderLineRow.order_id == UUID(order.id))
            ),
        )
    )
    assert row == goods


def test_said_by_many_at_once_it_is_done_once(busy_market: Market):
    market = busy_market
    order = bought(market)
    results = together([lambda: take_out(market, order.number, "oil", 1) for _ in range(8)])
    assert sum(isinstance(result, Lack) for result in results) == 1
    assert results.count(OrderLessened(order.number, ugx(order.total.minor - 9000))) == 7
    assert len(market.heard(GoodsLacking)) == 1
    assert refunded(market) == 9000
    as_written(market, order)
    holds(market)


def test_two_things_at_once_are_one_after_the_other(busy_market: Market):
    """Who comes second has looked at another order than there is by now, and looks again."""
    market = busy_market
    order = bought(market)
    results = together(
        [lambda sku=sku: take_out(market, order.number, sku) for sku in ("oil", "salt")]
    )
    assert sorted(type(result).__name__ for result in results) == ["Lack", "OrderLessened"]
    as_written(market, order)
    holds(market)


@pytest.mark.parametrize("turn", range(4))
def test_against_the_end_of_the_order_everything_goes_back_once(busy_market: Market, turn: int):
    market = busy_market
    order = bought(market)
    works = [
        lambda: take_out(market, order.number, "oil", 2),
        lambda: market.sell(lambda t: t.refuse(order.number, "closed")),
    ]
    together(works if turn % 2 else works[::-1])
    assert market.order(order.number).status is OrderStatus.CANCELLED
    assert refunded(market) == order.total.minor
    sent(market)
    assert market.order(order.number).payment_status is PaymentStatus.REFUNDED
    lacking = len(market.heard(GoodsLacking))
    assert shelf(market, "oil") == (20 - 2 * lacking, 0)
    holds(market)


@pytest.mark.parametrize("turn", range(4))
def test_against_the_riders_pick_up_one_comes_first(busy_market: Market, turn: int):
    market = busy_market
    order = bought(market)
    market.ride(RIDER, lambda r: r.accept(order.number))
    works = [
        lambda: take_out(market, order.number, "salt"),
        lambda: market.ride(RIDER, lambda r: r.picked(order.number)),
    ]
    out, _ = together(works) if turn % 2 else together(works[::-1])[::-1]
    assert market.order(order.number).status is OrderStatus.SHIPPED
    assert len(market.heard(OrderShipped)) == 1
    if isinstance(out, Lack):
        assert refunded(market) == 3000
    else:
        assert (out, refunded(market)) == (WrongStep(order.number, "shipped"), 0)
    market.ride(RIDER, lambda r: r.delivered(order.number, order.code))
    assert market.order(order.number).status is OrderStatus.DELIVERED
    as_written(market, order)
    holds(market)


@pytest.mark.parametrize("turn", range(4))
def test_against_money_that_comes_late_no_more_is_kept_than_it_costs(
    busy_market: Market, turn: int
):
    market = busy_market
    order = market.buy(("oil", 4), ("salt", 2), rail="mtn-momo")
    attempt = market.pay(order)
    works = [
        lambda: take_out(market, order.number, "oil", 1),
        lambda: market.do(lambda s: receive_payment(s, UUID(order.id), attempt)),
    ]
    together(works if turn % 2 else works[::-1])
    after = market.order(order.number)
    assert after.total == ugx(order.total.minor - 9000)
    assert refunded(market) == 9000
    sent(market)
    assert market.order(order.number).payment_status is PaymentStatus.PAID
    holds(market)


def test_cash_at_the_door_is_shared_as_the_lines_stand_by_then(busy_market: Market):
    """Who waited for the order's lock sees the lines as they are, not as they were."""
    market = busy_market
    order = market.buy(("oil", 4), ("salt", 2))
    shared(market, order, commission=3600, supplier="balogun", base=5000)
    market.sell(lambda t: t.accept(order.number))
    works = [
        lambda: take_out(market, order.number, "oil", 2),
        lambda: market.sell(lambda t: t.picked(order.number)),
    ]
    together(works)
    market.sell(lambda t: t.delivered(order.number, order.code))
    as_written(market, order)
    holds(market)
