"""A seller takes out of an order what is not there: the rest goes, and its money goes back."""

from collections.abc import Callable
from typing import TypeVar

from ledger_books import closed, paid, sent, standing
from market import Market, ugx
from sqlalchemy import Engine, select

from flows.happenings import GoodsLacking, RefundDone, StockLow
from flows.ports.lacking import Lack
from flows.ports.orders import Order, OrderStatus, PaymentStatus
from flows.ports.records import Standing
from flows.ports.refusals import (
    MoneyAsked,
    NothingStays,
    NotInOrder,
    OrderLessened,
    UnknownOrder,
    WrongStep,
)
from store.lacking import LackingDesk
from store.models import (
    OrderHistoryRow,
    RefundRow,
    StaffRow,
    StockMovementRow,
    StockRow,
)
from store.orders.views import locked
from store.proof import prove
from store.receipts import receipt_of

T = TypeVar("T")


def desk(market: Market, word: Callable[[LackingDesk], T]) -> T:
    def work(scope):
        staff = scope.session.scalars(select(StaffRow).where(StaffRow.shop_id == scope.shop.id))
        return word(LackingDesk(scope, staff.first()))

    return market.do(work)


def take_out(market: Market, number: int, sku: str, quantity: int = 99, step: int = 0):
    return desk(market, lambda d: d.take_out(number, sku, quantity, step))


def bought(market: Market, *wanted: tuple[str, int], rail: str = "mtn-momo") -> Order:
    order = market.buy(*wanted, rail=rail)
    if rail != "cash":
        paid(market, order)
    market.told.clear()
    return market.order(order.number)


def shelf(market: Market, sku: str) -> tuple[int, int]:
    row = market.do(lambda s: s.session.get(StockRow, (s.shop.id, sku)))
    return row.on_hand, row.held


def movements(market: Market, sku: str) -> list[tuple[str, int, int, int, str | None]]:
    def work(scope):
        rows = scope.session.scalars(
            select(StockMovementRow)
            .where(StockMovementRow.sku == sku)
            .order_by(StockMovementRow.id)
        )
        return [(row.kind, row.quantity, row.before, row.after, row.reference) for row in rows]

    return market.do(work)


def holds(engine: Engine) -> None:
    assert prove(engine).finding is None


def test_of_a_paid_order_the_money_for_what_is_missing_goes_back(market: Market, engine: Engine):
    order = bought(market, ("oil", 2), ("salt", 1))
    done = take_out(market, order.number, "oil", 1)
    assert isinstance(done, Lack)
    assert (done.quantity, done.less, done.refund) == (1, ugx(9000), ugx(9000))
    assert done.total == done.order.total == ugx(order.total.minor - 9000)
    assert [(line.sku, line.quantity) for line in done.order.lines] == [("oil", 1), ("salt", 1)]
    holds(engine)
    assert [told.lack for told in market.heard(GoodsLacking)] == [done]
    sent(market)
    assert [told.amount for told in market.heard(RefundDone)] == [ugx(9000)]
    after = market.order(order.number)
    assert (after.status, after.payment_status) == (order.status, PaymentStatus.PAID)
    holds(engine)
    closed_by_seller(market, order)
    holds(engine)


def closed_by_seller(market: Market, order: Order) -> None:
    market.sell(lambda t: t.picked(order.number))
    closed(market, order.number)


def test_a_whole_line_goes_and_with_it_its_commission_and_its_suppliers_share(
    market: Market, engine: Engine
):
    order = bought(market, ("oil", 2), ("salt", 2))
    take_out(market, order.number, "salt")
    sent(market)
    closed_by_seller(market, order)
    there = standing(market)
    assert sum(v for k, v in there.items() if k.startswith("rail:")) == 21_000
    assert there["seller-available"] + there.get("commission", 0) == 21_000
    holds(engine)


def test_an_order_for_cash_comes_to_less_at_the_door(market: Market, engine: Engine):
    order = bought(market, ("oil", 2), ("salt", 2), rail="cash")
    done = take_out(market, order.number, "salt")
    assert (done.less, done.refund, done.total) == (ugx(3000), None, ugx(21_000))
    market.sell(lambda t: t.accept(order.number))
    closed_by_seller(market, order)
    assert market.order(order.number).total == ugx(21_000)
    assert market.do(lambda s: s.session.scalars(select(RefundRow)).all()) == []
    holds(engine)


def test_the_receipt_is_of_what_was_paid_for_what_there_is(market: Market):
    order = bought(market, ("oil", 2), ("salt", 2))
    take_out(market, order.number, "salt")
    sent(market)

    def receipt(scope):
        return receipt_of(scope.session, scope.shop, locked(scope, number=order.number))

    there = market.do(receipt)
    assert (there.total, there.back, there.standing) == (ugx(21_000), ugx(0), Standing.PAID)
    assert [line.sku for line in there.lines] == ["oil"]
    market.sell(lambda t: t.refuse(order.number, "closed"))
    there = market.do(receipt)
    assert (there.back, there.standing) == (ugx(21_000), Standing.BACK)


def test_said_twice_it_is_done_once(market: Market, engine: Engine):
    order = bought(market, ("oil", 3), ("salt", 1))
    take_out(market, order.number, "oil", 1)
    again = take_out(market, order.number, "oil", 1)
    assert again == OrderLessened(order.number, ugx(order.total.minor - 9000))
    assert len(market.heard(GoodsLacking)) == 1
    assert take_out(market, order.number, "oil", 1, step=1).quantity == 1
    refunds = market.do(lambda s: s.session.scalars(select(RefundRow.amount)).all())
    assert refunds == [9000, 9000]
    holds(engine)


def test_the_last_goods_are_not_taken_out(market: Market):
    order = bought(market, ("oil", 2))
    assert take_out(market, order.number, "oil", 2) == NothingStays(order.number)
    assert take_out(market, order.number, "oil", 1).quantity == 1
    assert take_out(market, order.number, "oil", 1, step=1) == NothingStays(order.number)


def test_what_is_not_in_it_and_what_is_on_its_way_is_refused(market: Market):
    order = bought(market, ("oil", 2), ("salt", 1))
    assert take_out(market, order.number, "matooke") == NotInOrder(order.number)
    assert take_out(market, order.number, "oil", 0) == NotInOrder(order.number)
    assert take_out(market, 4711, "oil") == UnknownOrder(4711)
    market.sell(lambda t: t.picked(order.number))
    assert take_out(market, order.number, "oil") == WrongStep(order.number, "shipped")


def test_while_its_money_is_asked_for_nothing_is_taken_out(market: Market, engine: Engine):
    order = market.buy(("oil", 2), ("salt", 1), rail="mtn-momo")
    market.pay(order, status="pending")
    assert take_out(market, order.number, "salt") == MoneyAsked(order.number)
    assert desk(market, lambda d: d.without(order.number, "salt", 1)) == MoneyAsked(order.number)
    assert market.order(order.number).total == order.total


def test_looking_first_tells_the_same_sums_and_changes_nothing(market: Market):
    order = bought(market, ("oil", 3), ("salt", 1))
    looked = desk(market, lambda d: d.without(order.number, "oil", 2))
    assert market.order(order.number) == order
    done = take_out(market, order.number, "oil", 2)
    assert (looked.less, looked.total, looked.refund) == (done.less, done.total, done.refund)


def test_cancelled_later_the_rest_goes_back_and_all_of_it_is_refunded(
    market: Market, engine: Engine
):
    order = bought(market, ("oil", 3), ("salt", 1))
    take_out(market, order.number, "oil", 1)
    market.sell(lambda t: t.refuse(order.number, "closed"))
    holds(engine)
    sent(market)
    refunds = market.do(lambda s: s.session.scalars(select(RefundRow.amount)).all())
    assert sum(refunds) == order.total.minor
    after = market.order(order.number)
    assert (after.status, after.payment_status) == (OrderStatus.CANCELLED, PaymentStatus.REFUNDED)
    assert shelf(market, "oil") == (19, 0)
    holds(engine)


def test_what_was_promised_is_counted_off_the_shelf(market: Market):
    order = bought(market, ("oil", 3), ("salt", 1), rail="cash")
    assert shelf(market, "oil") == (20, 3)
    take_out(market, order.number, "oil", 2)
    assert shelf(market, "oil") == (18, 1)
    assert movements(market, "oil")[-1] == ("adjustment", -2, 20, 18, str(order.number))
    market.sell(lambda t: t.accept(order.number))
    assert shelf(market, "oil") == (17, 0)


def test_what_was_sold_is_taken_back_in_the_books_and_counted_off(market: Market):
    order = bought(market, ("oil", 3), ("salt", 1))
    assert shelf(market, "oil") == (17, 0)
    take_out(market, order.number, "oil", 3)
    assert shelf(market, "oil") == (17, 0)
    number = str(order.number)
    assert movements(market, "oil")[-2:] == [
        ("in", 3, 17, 20, number),
        ("adjustment", -3, 20, 17, number),
    ]


def test_the_seller_hears_that_stock_is_low_as_with_a_sale(market: Market):
    order = bought(market, ("oil", 11), ("salt", 1), rail="cash")
    take_out(market, order.number, "oil", 10)
    assert [(low.sku, low.left) for low in market.heard(StockLow)] == [("oil", 10)]


def test_who_took_what_out_is_in_the_orders_history(market: Market):
    order = bought(market, ("oil", 3), ("salt", 1))
    take_out(market, order.number, "oil", 1)
    rows = market.do(
        lambda s: s.session.execute(
            select(OrderHistoryRow.field, OrderHistoryRow.before, OrderHistoryRow.after).where(
                OrderHistoryRow.field.in_(("goods", "total"))
            )
        ).all()
    )
    total = order.total.minor
    assert [tuple(row) for row in rows] == [
        ("goods", "3 x Cooking oil", "2 x Cooking oil"),
        ("total", str(total), str(total - 9000)),
    ]
