"""What becomes of an order: accepted, paid, cancelled, sent elsewhere, delivered, returned."""

from random import Random
from uuid import UUID

import pytest
from market import AMINA, Market, ugx
from sqlalchemy import select

from flows.happenings import (
    AddressChanged,
    CancelAsked,
    DeliveryOffered,
    LateMoney,
    OrderCancelled,
    OrderConfirmed,
    OrderDelivered,
    OrderPaid,
    OrderPlaced,
    OrderReady,
    OrderShipped,
    RefundDone,
    RefundStuck,
    StockLow,
)
from flows.ports.delivery import Area, Fulfilment
from flows.ports.orders import DeliveryStatus, OrderStatus, PaymentStatus, Role
from flows.ports.refusals import (
    AddressCosts,
    AlreadyPaid,
    PromptOpen,
    SellerCancels,
    TooLate,
    UnknownOrder,
    WrongCode,
    WrongStep,
)
from store.models import OrderHistoryRow, RefundRow, StockMovementRow, StockRow
from store.orders.cancelling import expire
from store.orders.refunds import refund_settled
from store.orders.settlement import Outcome, payment_failed, receive_payment
from store.stock import extend_holds


def shelf(market: Market, sku: str) -> tuple[int, int]:
    def work(scope):
        row = scope.session.get(StockRow, (scope.shop.id, sku))
        return row.on_hand, row.held

    return market.do(work)


def settle(market: Market, order, attempt: UUID):
    return market.do(lambda scope: receive_payment(scope, UUID(order.id), attempt))


def refunds(market: Market) -> list[tuple[int, str]]:
    def work(scope):
        return [(row.amount, row.cause) for row in scope.session.scalars(select(RefundRow))]

    return market.do(work)


def test_ok_confirms_a_cash_order_and_takes_its_stock(market: Market):
    order = market.buy(("oil", 2))
    confirmed = market.sell(lambda trade: trade.accept(order.number))
    assert confirmed.status is OrderStatus.CONFIRMED
    assert shelf(market, "oil") == (18, 0)
    assert len(market.heard(OrderConfirmed)) == 1
    assert len(market.heard(DeliveryOffered)) == 1
    movement = market.do(
        lambda s: s.session.scalars(
            select(StockMovementRow).where(StockMovementRow.reference == "1001")
        ).one()
    )
    assert (movement.kind, movement.quantity, movement.before, movement.after) == (
        "out",
        -2,
        20,
        18,
    )


def test_saying_ok_twice_changes_nothing(market: Market):
    order = market.buy(("oil", 2))
    market.sell(lambda trade: trade.accept(order.number))
    again = market.sell(lambda trade: trade.accept(order.number))
    assert again.status is OrderStatus.CONFIRMED
    assert shelf(market, "oil") == (18, 0)
    assert len(market.heard(OrderConfirmed)) == 1


def test_an_order_whose_prompt_is_not_answered_cannot_be_accepted(market: Market):
    order = market.buy(("oil", 1), rail="mtn-momo")
    assert market.sell(lambda trade: trade.accept(order.number)) == WrongStep(1001, "pending")
    assert market.sell(lambda trade: trade.waiting()) == []


def test_the_seller_of_an_unknown_order_hears_so(market: Market):
    for word in ("accept", "ready", "picked", "own_rider", "as_pickup", "offer_again"):
        found = market.sell(lambda trade, w=word: getattr(trade, w)(1999))
        assert found == UnknownOrder(1999)


def test_every_step_is_written_down_with_who_took_it(market: Market):
    order = market.buy(("oil", 1))
    market.sell(lambda trade: trade.accept(order.number))
    market.sell(lambda trade: trade.ready(order.number))
    assert len(market.heard(OrderReady)) == 1
    rows = market.do(
        lambda s: s.session.scalars(select(OrderHistoryRow).order_by(OrderHistoryRow.id)).all()
    )
    steps = [(row.before, row.after, row.by.partition(":")[0]) for row in rows]
    assert steps == [
        (None, "pending", "customer"),
        ("pending", "confirmed", "seller"),
        ("confirmed", "processing", "seller"),
    ]


def test_a_sale_that_crosses_a_line_is_told_once(market: Market):
    for quantity in (9, 2, 4, 1):
        order = market.buy(("oil", quantity))
        market.sell(lambda trade, n=order.number: trade.accept(n))
    low = [(each.left, each.critical) for each in market.heard(StockLow)]
    assert low == [(9, False), (5, True)]


def test_money_confirms_an_order_by_itself(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    settled = settle(market, order, market.pay(order))
    assert settled.outcome is Outcome.PAID
    paid = market.order(order.number)
    assert (paid.status, paid.payment_status) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    assert paid.delivery is DeliveryStatus.OFFERED
    assert [told.confirmed for told in market.heard(OrderPaid)] == [True]
    assert shelf(market, "oil") == (18, 0)


def test_the_same_money_twice_is_settled_once(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    attempt = market.pay(order)
    settle(market, order, attempt)
    assert settle(market, order, attempt).outcome is Outcome.REPEATED
    assert len(market.heard(OrderPaid)) == 1
    assert refunds(market) == []


def test_a_shop_that_accepts_each_order_keeps_the_paid_ones_waiting(market: Market):
    def careful(scope):
        scope.shop.settings = {**scope.shop.settings, "accept_each": True}

    market.do(careful)
    order = market.buy(("oil", 2), rail="mtn-momo")
    settle(market, order, market.pay(order))
    assert market.order(order.number).status is OrderStatus.PENDING
    assert [told.confirmed for told in market.heard(OrderPaid)] == [False]
    market.wait(hours=3)
    market.do(lambda scope: expire(scope, UUID(order.id)))
    assert market.sell(lambda trade: trade.accept(order.number)).status is OrderStatus.CONFIRMED
    assert shelf(market, "oil") == (18, 0)


def test_money_that_comes_twice_goes_back_once(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    settle(market, order, market.pay(order))
    second = market.pay(order)
    assert settle(market, order, second).outcome is Outcome.OWED
    assert settle(market, order, second).outcome is Outcome.REPEATED
    assert refunds(market) == [(order.total.minor, "paid_twice")]
    refund = market.do(lambda s: s.session.scalars(select(RefundRow)).one().id)
    market.do(lambda scope: refund_settled(scope, refund, done=True))
    assert market.order(order.number).payment_status is PaymentStatus.PAID


def test_late_money_makes_a_successor_while_the_goods_are_there(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    attempt = market.pay(order)
    market.wait(minutes=16)
    market.do(lambda scope: expire(scope, UUID(order.id)))
    settled = settle(market, order, attempt)
    assert settled.outcome is Outcome.SUCCESSOR
    assert market.order(1001).status is OrderStatus.CANCELLED
    successor = market.order(1002)
    assert str(settled.order) == successor.id
    assert (successor.status, successor.payment_status) == (
        OrderStatus.CONFIRMED,
        PaymentStatus.PAID,
    )
    assert (successor.lines, successor.total, successor.area) == (
        order.lines,
        order.total,
        order.area,
    )
    assert shelf(market, "oil") == (18, 0)
    assert market.heard(LateMoney)[0].successor.number == 1002
    assert settle(market, order, attempt).outcome is Outcome.REPEATED
    assert shelf(market, "oil") == (18, 0)


def test_late_money_goes_back_when_the_goods_are_gone(market: Market):
    order = market.buy(("matooke", 1), rail="mtn-momo")
    attempt = market.pay(order)
    market.wait(minutes=16)
    market.do(lambda scope: expire(scope, UUID(order.id)))
    market.buy(("matooke", 1), phone="+256772000002")
    assert settle(market, order, attempt).outcome is Outcome.OWED
    assert settle(market, order, attempt).outcome is Outcome.REPEATED
    assert refunds(market) == [(order.total.minor, "paid_after_cancellation")]
    late = market.heard(LateMoney)[0]
    assert (late.successor, late.refund) == (None, order.total)
    refund = market.do(lambda s: s.session.scalars(select(RefundRow)).one().id)
    market.do(lambda scope: refund_settled(scope, refund, done=True))
    cancelled = market.order(1001)
    assert cancelled.status is OrderStatus.CANCELLED
    assert cancelled.payment_status is PaymentStatus.REFUNDED
    assert [told.amount for told in market.heard(RefundDone)] == [order.total]


def test_a_refund_that_the_rail_cannot_send_is_told(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    settle(market, order, market.pay(order))
    market.ask(lambda b: b.orders.cancel(order.number, "changed my mind"))
    refund = market.do(lambda s: s.session.scalars(select(RefundRow)).one().id)
    market.do(lambda scope: refund_settled(scope, refund, done=False))
    assert len(market.heard(RefundStuck)) == 1
    assert market.order(order.number).payment_status is PaymentStatus.PAID


def test_a_failed_payment_leaves_the_order_open_for_another_try(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    market.pay(order, status="failed")
    market.do(lambda scope: payment_failed(scope, UUID(order.id)))
    failed = market.order(order.number)
    assert (failed.status, failed.payment_status) == (OrderStatus.PENDING, PaymentStatus.FAILED)
    settle(market, order, market.pay(order))
    assert market.order(order.number).payment_status is PaymentStatus.PAID


def test_nothing_is_said_to_have_failed_while_another_attempt_is_open(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    market.pay(order, status="pending")
    market.do(lambda scope: payment_failed(scope, UUID(order.id)))
    assert market.order(order.number).payment_status is PaymentStatus.PENDING


def test_an_unpaid_order_lapses_when_it_is_no_longer_held(market: Market):
    order = market.buy(("oil", 2), ("salt", 1), rail="mtn-momo")
    market.wait(minutes=14)
    market.do(lambda scope: expire(scope, UUID(order.id)))
    assert market.order(order.number).status is OrderStatus.PENDING
    market.wait(minutes=2)
    market.do(lambda scope: expire(scope, UUID(order.id)))
    assert market.order(order.number).status is OrderStatus.CANCELLED
    assert shelf(market, "oil") == (20, 0)
    told = market.heard(OrderCancelled)[0]
    assert (told.by, told.reason, told.refund) == (Role.SYSTEM, "not_paid", None)


@pytest.mark.parametrize("status", ["created", "submitted", "pending", "unknown", "review"])
def test_an_order_does_not_lapse_while_money_may_still_come(market: Market, status: str):
    order = market.buy(("oil", 2), rail="mtn-momo")
    market.pay(order, status=status)
    market.wait(hours=2)
    market.do(lambda scope: expire(scope, UUID(order.id)))
    assert market.order(order.number).status is OrderStatus.PENDING


def test_a_hold_is_extended_and_never_shortened(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    key = UUID(order.id)
    later = market.now + market.rules.hold * 4
    market.do(lambda scope: extend_holds(scope, key, later))
    market.do(lambda scope: extend_holds(scope, key, market.now))
    market.wait(minutes=59)
    market.do(lambda scope: expire(scope, key))
    assert market.order(order.number).status is OrderStatus.PENDING
    market.wait(minutes=2)
    market.do(lambda scope: expire(scope, key))
    assert market.order(order.number).status is OrderStatus.CANCELLED


def test_the_customer_cancels_within_the_window_and_gets_all_of_it_back(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    settle(market, order, market.pay(order))
    with market.fresh():
        cancelled = market.ask(lambda b: b.orders.cancel(order.number, "too slow"))
    assert cancelled.status is OrderStatus.CANCELLED
    assert cancelled.delivery is DeliveryStatus.CANCELLED
    assert refunds(market) == [(order.total.minor, "cancelled")]
    assert shelf(market, "oil") == (20, 0)
    told = market.heard(OrderCancelled)[0]
    assert (told.by, told.refund) == (Role.CUSTOMER, order.total)


def test_after_the_window_the_seller_is_asked_to_cancel(market: Market):
    order = market.buy(("oil", 2))
    market.sell(lambda trade: trade.accept(order.number))
    market.wait(minutes=61)
    for _ in range(2):
        said = market.ask(lambda b: b.orders.cancel(order.number, "too slow"))
        assert said == SellerCancels(1001, None)
    assert [(told.reason, told.keeps) for told in market.heard(CancelAsked)] == [("too slow", None)]
    assert market.order(order.number).status is OrderStatus.CONFIRMED


def test_once_it_is_made_ready_the_seller_is_asked_and_keeps_a_part(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    settle(market, order, market.pay(order))
    market.sell(lambda trade: trade.ready(order.number))
    said = market.ask(lambda b: b.orders.cancel(order.number, ""))
    assert said == SellerCancels(1001, ugx(2100))
    assert market.order(order.number).status is OrderStatus.PROCESSING
    market.sell(lambda trade: trade.refuse(order.number, ""))
    assert refunds(market) == [(21000 - 2100, "cancelled")]


def test_what_is_on_its_way_is_not_cancelled(market: Market):
    order = market.buy(("oil", 2))
    market.sell(lambda trade: trade.accept(order.number))
    market.sell(lambda trade: trade.picked(order.number))
    assert market.ask(lambda b: b.orders.cancel(order.number, "")) == WrongStep(1001, "shipped")


def test_nobody_cancels_somebody_elses_order(market: Market):
    order = market.buy(("oil", 2))
    other = "+256772000002"
    assert market.ask(lambda b: b.orders.cancel(order.number, ""), phone=other) == UnknownOrder(
        1001
    )


# By what the shop's terms say: what of 21,000 goes back after READY, and who wanted the end.
@pytest.mark.parametrize(
    ("terms", "asked", "refund"),
    [
        ({}, False, 21000),
        ({}, True, 18900),
        ({"refusal_keeps": 500}, False, 19950),
        ({"cancel_keeps": 0}, True, 21000),
        ({"cancel_keeps": 2500}, True, 15750),
    ],
)
def test_a_seller_s_own_no_costs_the_customer_nothing(
    market: Market, terms: dict[str, int], asked: bool, refund: int
):
    def agree(scope):
        scope.shop.settings = {**scope.shop.settings, "after_sale": terms}

    market.do(agree)
    order = market.buy(("oil", 2), rail="mtn-momo")
    settle(market, order, market.pay(order))
    market.sell(lambda trade: trade.ready(order.number))
    if asked:
        market.ask(lambda b: b.orders.cancel(order.number, ""))
    market.sell(lambda trade: trade.refuse(order.number, "broken"))
    assert refunds(market) == [(refund, "cancelled")]
    assert shelf(market, "oil") == (20, 0)


def test_what_was_kept_leaves_the_payment_partly_refunded(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    settle(market, order, market.pay(order))
    market.sell(lambda trade: trade.ready(order.number))
    market.ask(lambda b: b.orders.cancel(order.number, ""))
    refused = market.sell(lambda trade: trade.refuse(order.number, "as you wish"))
    assert refused.status is OrderStatus.CANCELLED
    assert refunds(market) == [(21000 - 2100, "cancelled")]
    refund = market.do(lambda s: s.session.scalars(select(RefundRow)).one().id)
    market.do(lambda scope: refund_settled(scope, refund, done=True))
    assert market.order(order.number).payment_status is PaymentStatus.PARTIAL


def test_refusing_a_cash_order_frees_its_stock_and_owes_nothing(market: Market):
    order = market.buy(("oil", 2))
    market.sell(lambda trade: trade.refuse(order.number, "sold out"))
    market.sell(lambda trade: trade.refuse(order.number, "sold out"))
    assert shelf(market, "oil") == (20, 0)
    assert [told.refund for told in market.heard(OrderCancelled)] == [None]


def test_the_address_changes_until_pick_up_and_no_fee_rises_without_a_yes(market: Market):
    order = market.buy(("oil", 1))
    bukoto, ntinda = Area("Bukoto", "Near"), Area("Ntinda", "Far")
    changed = market.ask(lambda b: b.orders.change_address(order.number, bukoto, "gate"))
    assert (changed.area, changed.landmark, changed.total) == ("Bukoto", "gate", order.total)
    assert len(market.heard(AddressChanged)) == 1
    refused = market.ask(lambda b: b.orders.change_address(order.number, ntinda, None))
    assert isinstance(refused, AddressCosts)
    assert refused.area == "Ntinda"
    market.sell(lambda trade: trade.accept(order.number))
    market.sell(lambda trade: trade.picked(order.number))
    late = market.ask(lambda b: b.orders.change_address(order.number, bukoto, None))
    assert late == TooLate(1001)


def test_an_unpaid_order_becomes_cash_on_delivery(market: Market):
    order = market.buy(("oil", 1), rail="mtn-momo")
    with market.fresh():
        changed = market.ask(lambda b: b.orders.choose_cash(order.number))
    assert (changed.rail, changed.payer, changed.payment_status) == (
        "cash",
        None,
        PaymentStatus.PENDING,
    )
    assert [told.awaits_payment for told in market.heard(OrderPlaced)] == [False]
    market.wait(hours=1)
    market.do(lambda scope: expire(scope, UUID(order.id)))
    assert market.sell(lambda trade: trade.accept(order.number)).status is OrderStatus.CONFIRMED


def test_cash_is_not_chosen_while_a_prompt_may_take_the_money(market: Market):
    order = market.buy(("oil", 1), rail="mtn-momo")
    attempt = market.pay(order, status="pending")
    assert market.ask(lambda b: b.orders.choose_cash(order.number)) == PromptOpen(AMINA, None)
    settle(market, order, attempt)
    assert market.ask(lambda b: b.orders.choose_cash(order.number)) == AlreadyPaid(1001)


def test_a_pickup_is_handed_over_by_its_code(market: Market):
    order = market.buy(("oil", 1), fulfilment=Fulfilment.PICKUP, area=None)
    market.sell(lambda trade: trade.accept(order.number))
    assert market.heard(DeliveryOffered) == []
    early = market.sell(lambda trade: trade.delivered(order.number, order.code))
    assert early == WrongStep(1001, "confirmed")
    market.sell(lambda trade: trade.ready(order.number))
    assert market.sell(lambda trade: trade.picked(order.number)) == WrongStep(1001, "processing")
    wrong = market.sell(lambda trade: trade.delivered(order.number, "nope"))
    assert isinstance(wrong, WrongCode)
    done = market.sell(lambda trade: trade.delivered(order.number, order.code))
    assert (done.status, done.payment_status) == (OrderStatus.DELIVERED, PaymentStatus.PAID)
    assert len(market.heard(OrderDelivered)) == 1


def test_a_seller_without_riders_brings_it(market: Market):
    market.open(market_text_without_riders())
    order = market.buy(("oil", 1))
    market.sell(lambda trade: trade.accept(order.number))
    assert market.heard(DeliveryOffered) == []
    shipped = market.sell(lambda trade: trade.picked(order.number))
    assert (shipped.status, shipped.rider) == (OrderStatus.SHIPPED, None)
    market.sell(lambda trade: trade.picked(order.number))
    assert len(market.heard(OrderShipped)) == 1
    done = market.sell(lambda trade: trade.delivered(order.number, f" {order.code} "))
    assert done.status is OrderStatus.DELIVERED
    market.sell(lambda trade: trade.delivered(order.number, order.code))
    assert len(market.heard(OrderDelivered)) == 1


def market_text_without_riders() -> str:
    from market import SHOP

    return SHOP[: SHOP.index("[[riders]]")] + SHOP[SHOP.index("[payments]") :]


def test_sales_count_from_local_midnight(market: Market):
    market.wait(hours=-13)  # 23:00 of the day before, in Kampala
    market.buy(("oil", 1))
    market.wait(hours=13)
    paid = market.buy(("oil", 1), rail="mtn-momo")
    settle(market, paid, market.pay(paid))
    gone = market.buy(("oil", 1))
    market.sell(lambda trade: trade.refuse(gone.number, ""))
    market.buy(("oil", 1))
    sales = market.sell(lambda trade: trade.sales())
    assert (sales.orders, sales.total, sales.paid, sales.open_orders) == (
        2,
        ugx(24000),
        ugx(12000),
        2,
    )


class Drawn(Random):
    """Draws what it was given, one after the other."""

    def __init__(self, *numbers: int) -> None:
        super().__init__(0)
        self._numbers = list(numbers)

    def randrange(self, *_: int) -> int:
        return self._numbers.pop(0)


def test_the_code_is_never_the_orders_own_number(market: Market):
    market.chance = Drawn(1001, 1001, 4242)
    order = market.buy(("oil", 1))
    assert (order.number, order.code) == (1001, "4242")
