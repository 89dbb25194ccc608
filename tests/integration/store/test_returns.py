"""Goods that come back after the delivery: asked for, answered, booked, replaced."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

import pytest
from ledger_books import paid, sent, standing
from market import AMINA, KAMWOKYA, Market, ugx
from sqlalchemy import Engine, select

from flows.happenings import (
    DeliveryOffered,
    GoodsReturned,
    RepairComing,
    ReturnAccepted,
    ReturnAsked,
    ReturnRefused,
)
from flows.ports.delivery import Point
from flows.ports.orders import Order, OrderStatus, PaymentStatus
from flows.ports.refusals import (
    AllBack,
    NoReturnAsked,
    NoReturns,
    ReturnOpen,
    ReturnsOver,
    SoldOut,
    UnknownOrder,
    WrongStep,
)
from flows.ports.returns import Reason
from store.models import (
    OrderLineRow,
    OrderRow,
    RefundRow,
    ReturnRow,
    StaffRow,
    StockMovementRow,
    StockRow,
)
from store.proof import prove
from store.returns import ReturnsDesk, ShopReturns

T = TypeVar("T")
OTHER = "+256772000002"


def desk(market: Market, word: Callable[[ReturnsDesk], T]) -> T:
    def work(scope):
        staff = scope.session.scalars(select(StaffRow).where(StaffRow.shop_id == scope.shop.id))
        return word(ReturnsDesk(scope, staff.first()))

    return market.do(work)


def ask(
    market: Market,
    number: int,
    goods: Mapping[int, int],
    reason: Reason = Reason.BROKEN,
    phone: str = AMINA,
):
    return market.ask(
        lambda b: ShopReturns(b.scope, b.person).ask(number, goods, reason, ""), phone=phone
    )


def returnable(market: Market, number: int, phone: str = AMINA):
    return market.ask(lambda b: ShopReturns(b.scope, b.person).returnable(number), phone=phone)


def bring(market: Market, order: Order) -> None:
    """By the shop's own hands, with the customer's code."""
    market.sell(lambda t: t.picked(order.number))
    market.sell(lambda t: t.delivered(order.number, order.code))
    assert market.order(order.number).status is OrderStatus.DELIVERED


def delivered(market: Market, *wanted: tuple[str, int], rail: str = "mtn-momo") -> Order:
    order = market.buy(*wanted, rail=rail)
    if rail == "cash":
        market.sell(lambda t: t.accept(order.number))
    else:
        paid(market, order)
    bring(market, order)
    market.told.clear()
    return order


def shelf(market: Market, sku: str) -> int:
    return market.do(lambda s: s.session.get(StockRow, (s.shop.id, sku)).on_hand)


def movements(market: Market) -> list[tuple[str, int, int, int]]:
    def work(scope):
        rows = scope.session.scalars(select(StockMovementRow).order_by(StockMovementRow.id))
        return [(row.kind, row.quantity, row.before, row.after) for row in rows]

    return market.do(work)


def holds(engine: Engine) -> None:
    assert prove(engine).finding is None


def test_everything_comes_back_and_with_it_all_the_money(market: Market, engine: Engine):
    order = delivered(market, ("oil", 2))
    asked = ask(market, order.number, {1: 2})
    assert (asked.refund, asked.in_hand) == (order.total, False)
    assert [told.wish.refund for told in market.heard(ReturnAsked)] == [order.total]
    assert desk(market, lambda d: d.accept(order.number)).refund == order.total
    booked = desk(market, lambda d: d.booked(order.number, damaged=False))
    assert booked.refund == order.total
    assert shelf(market, "oil") == 20
    sent(market)
    after = market.order(order.number)
    assert (after.status, after.payment_status) == (OrderStatus.RETURNED, PaymentStatus.REFUNDED)
    assert len(market.heard(ReturnAccepted)) == len(market.heard(GoodsReturned)) == 1
    holds(engine)


def test_a_part_comes_back_and_the_order_stays_delivered(market: Market, engine: Engine):
    order = delivered(market, ("oil", 2), ("salt", 1))
    ask(market, order.number, {1: 1})
    booked = desk(market, lambda d: d.booked(order.number, damaged=False))
    assert booked.refund == ugx(9000)
    sent(market)
    after = market.order(order.number)
    assert (after.status, after.payment_status) == (OrderStatus.DELIVERED, PaymentStatus.PARTIAL)
    assert shelf(market, "oil") == 19
    rest = returnable(market, order.number)
    assert [(line.name, line.quantity) for line in rest.lines] == [("Cooking oil", 1), ("Salt", 1)]
    holds(engine)


def test_what_comes_back_in_parts_is_worth_what_was_paid(market: Market, engine: Engine):
    """A discount and a commission that no piece divides: the parts still add up."""
    order = market.buy(("oil", 3), rail="mtn-momo")

    def cheaper(scope):
        row = scope.session.scalars(select(OrderLineRow)).one()
        row.discount, row.commission = 1000, 1301
        whole = scope.session.get_one(OrderRow, row.order_id)
        whole.discount, whole.total = 1000, 27000 - 1000 + 3000
        whole.savings = [
            {"kind": "promotion", "name": "Oil", "amount": 1000, "by": "promotion", "reference": ""}
        ]

    market.do(cheaper)
    paid(market, market.order(order.number))
    bring(market, order)
    given = []
    for _ in range(3):
        ask(market, order.number, {1: 1}, Reason.UNWANTED)
        done = desk(market, lambda d: d.booked(order.number, damaged=False))
        given.append(done.refund.minor)
    assert given == [8666, 8667, 8667]
    assert sum(given) == 26000
    sent(market)
    # The way was not the shop's fault, so its fee stays.
    assert standing(market)["seller-available"] == 3000
    assert "commission" not in standing(market)
    after = market.order(order.number)
    assert (after.status, after.payment_status) == (OrderStatus.RETURNED, PaymentStatus.PARTIAL)
    holds(engine)


@pytest.mark.parametrize(
    ("reason", "refund"),
    [
        (Reason.BROKEN, 21000),
        (Reason.SPOILED, 21000),
        (Reason.WRONG, 21000),
        (Reason.UNLIKE, 21000),
        (Reason.UNWANTED, 18000),
        (Reason.OTHER, 18000),
    ],
    ids=str,
)
def test_the_fee_for_bringing_goes_back_for_the_shop_s_faults(
    market: Market, reason: Reason, refund: int
):
    order = delivered(market, ("oil", 2))
    assert ask(market, order.number, {1: 2}, reason).refund == ugx(refund)


def test_damaged_goods_go_on_no_shelf_and_are_written_down(market: Market):
    order = delivered(market, ("oil", 2))
    ask(market, order.number, {1: 2})
    desk(market, lambda d: d.booked(order.number, damaged=True))
    assert shelf(market, "oil") == 18
    assert movements(market)[-2:] == [("in", 2, 18, 20), ("damaged", -2, 20, 18)]


def test_cash_goes_back_by_hand_and_the_commission_to_the_seller(market: Market, engine: Engine):
    order = delivered(market, ("oil", 2), rail="cash")
    before = standing(market)
    ask(market, order.number, {1: 2})
    booked = desk(market, lambda d: d.booked(order.number, damaged=False))
    assert (booked.refund, booked.in_hand) == (order.total, True)
    after = market.order(order.number)
    assert (after.status, after.payment_status) == (OrderStatus.RETURNED, PaymentStatus.REFUNDED)
    now = standing(market)
    assert before["seller-owes"] == before["commission"] == now["seller-owes"]
    assert now["seller-available"] == before["commission"]
    assert market.do(lambda s: s.session.scalars(select(RefundRow)).all()) == []
    holds(engine)


def test_saying_it_again_books_nothing_twice(market: Market, engine: Engine):
    order = delivered(market, ("oil", 2))
    ask(market, order.number, {1: 1})
    first = desk(market, lambda d: d.booked(order.number, damaged=False))
    again = desk(market, lambda d: d.booked(order.number, damaged=True))
    assert first.refund == again.refund
    assert len(market.heard(GoodsReturned)) == 1
    assert shelf(market, "oil") == 19
    assert len(market.do(lambda s: s.session.scalars(select(RefundRow)).all())) == 1
    holds(engine)


def test_a_wish_is_asked_once_at_a_time(market: Market):
    order = delivered(market, ("oil", 2))
    ask(market, order.number, {1: 1})
    assert ask(market, order.number, {1: 1}) == ReturnOpen(order.number)
    assert returnable(market, order.number) == ReturnOpen(order.number)


def test_no_more_comes_back_than_was_bought(market: Market):
    order = delivered(market, ("oil", 2))
    asked = ask(market, order.number, {1: 9, 7: 2})
    assert [(line.position, line.quantity) for line in asked.lines] == [(1, 2)]
    desk(market, lambda d: d.booked(order.number, damaged=False))
    assert ask(market, order.number, {1: 1}) == AllBack(order.number)


def test_the_seller_may_say_no_and_the_customer_hears_why(market: Market):
    order = delivered(market, ("oil", 2))
    ask(market, order.number, {1: 1})
    desk(market, lambda d: d.accept(order.number))
    desk(market, lambda d: d.refuse(order.number, "it was opened"))
    assert [told.why for told in market.heard(ReturnRefused)] == ["it was opened"]
    assert desk(market, lambda d: d.booked(order.number, damaged=False)) == NoReturnAsked(1001)
    assert shelf(market, "oil") == 18
    assert desk(market, lambda d: d.waiting()) == []


def test_nobody_gives_back_what_is_not_theirs_or_not_there(market: Market):
    order = delivered(market, ("oil", 1))
    assert ask(market, order.number, {1: 1}, phone=OTHER) == UnknownOrder(1001)
    under_way = market.buy(("oil", 1))
    assert ask(market, under_way.number, {1: 1}) == WrongStep(1002, "pending")
    assert desk(market, lambda d: d.accept(1999)) == UnknownOrder(1999)
    assert desk(market, lambda d: d.accept(1001)) == NoReturnAsked(1001)


@pytest.mark.parametrize(
    ("days", "hours", "said"),
    [
        (7, 7 * 24, "yes"),
        (7, 7 * 24 + 1, "over"),
        (1, 24, "yes"),
        (1, 25, "over"),
        (0, 0, "never"),
    ],
)
def test_goods_come_back_within_the_shop_s_days(market: Market, days: int, hours: int, said: str):
    def agree(scope):
        scope.shop.settings = {**scope.shop.settings, "after_sale": {"return_days": days}}

    market.do(agree)
    order = delivered(market, ("oil", 1))
    market.wait(hours=hours)
    found = returnable(market, order.number)
    refusals = {"over": ReturnsOver(1001, days), "never": NoReturns()}
    assert found == refusals[said] if said in refusals else found.number == 1001


def test_others_are_sent_for_nothing_on_the_usual_road(market: Market, engine: Engine):
    order = delivered(market, ("oil", 2), ("salt", 1))
    ask(market, order.number, {1: 1})
    sent_instead = desk(market, lambda d: d.repair(order.number))
    assert (sent_instead.number, sent_instead.repair) == (1002, True)
    assert (sent_instead.total, sent_instead.delivery_fee) == (ugx(0), ugx(0))
    assert sent_instead.status is OrderStatus.CONFIRMED
    assert [(x.name, x.quantity) for x in sent_instead.lines] == [("Cooking oil", 1)]
    assert shelf(market, "oil") == 17
    assert len(market.heard(DeliveryOffered)) == len(market.heard(RepairComing)) == 1
    bring(market, sent_instead)
    assert market.order(1002).payment_status is PaymentStatus.PAID
    holds(engine)
    # What was replaced does not come back for its money as well.
    rest = returnable(market, order.number)
    assert [(line.name, line.quantity) for line in rest.lines] == [("Cooking oil", 1), ("Salt", 1)]


def test_others_go_to_where_the_customer_showed_that_it_is(market: Market):
    shown = replace(KAMWOKYA, at=Point(0.3423, 32.5902))
    order = market.buy(("oil", 1), area=shown)
    market.sell(lambda t: t.accept(order.number))
    bring(market, order)
    ask(market, order.number, {1: 1})
    assert desk(market, lambda d: d.repair(order.number)).at == shown.at


def test_where_there_are_no_others_nothing_is_changed(market: Market):
    order = delivered(market, ("matooke", 1))
    ask(market, order.number, {1: 1})
    assert desk(market, lambda d: d.repair(order.number)) == SoldOut("Matooke")
    assert market.do(lambda s: s.session.scalars(select(ReturnRow)).one().status) == "asked"
    assert desk(market, lambda d: d.accept(order.number)).refund == ugx(31000)


def test_a_repaired_order_is_collected_for_nothing(market: Market):
    order = delivered(market, ("oil", 1), rail="cash")
    ask(market, order.number, {1: 1})
    repair = desk(market, lambda d: d.repair(order.number))
    job = market.ride("Okello", lambda r: r.accept(repair.number))
    assert not job.collect
