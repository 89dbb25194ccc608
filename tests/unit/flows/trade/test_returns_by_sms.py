"""What a seller says to goods that come back."""

import pytest

from channels.render import Words
from flows.ports.orders import OrderStatus
from flows.seller import seller as machine
from tests.fakes.returns import NOTHING, FakeReturnsDesk, a_return
from tests.fakes.trade import PAID, FakeTrade, an_order, orders_of, trade_ports
from tests.fakes.trade_talk import Phone

ARRIVED = an_order(1001, status=OrderStatus.DELIVERED, **PAID)


@pytest.fixture
def desk() -> FakeReturnsDesk:
    return FakeReturnsDesk({1001: a_return(ARRIVED)}, successor=an_order(1002))


@pytest.fixture
def seller(desk: FakeReturnsDesk, words: Words) -> Phone:
    trade = FakeTrade(orders_of([ARRIVED]))
    return Phone(machine, trade_ports(trade=trade, returns=desk), words)


def test_return_takes_them_and_says_what_comes_next(seller: Phone, desk: FakeReturnsDesk) -> None:
    assert "RETURNED 1001" in seller.say("RETURN 1001")
    assert desk.done == [("accept", 1001)]


def test_repair_sends_others_under_a_new_number(seller: Phone, desk: FakeReturnsDesk) -> None:
    assert "READY 1002" in seller.say("repair 1001")
    assert desk.done == [("repair", 1001)]


@pytest.mark.parametrize(("pressed", "damaged"), [(1, False), (2, True)])
def test_returned_asks_how_they_came_back_before_money_moves(
    seller: Phone, desk: FakeReturnsDesk, pressed: int, damaged: bool
) -> None:
    seller.say("RETURNED 1001")
    assert desk.done == []
    assert "UGX 24,000" in seller.press(pressed)
    assert desk.done == [("booked", 1001, damaged)]


def test_what_was_paid_in_cash_is_given_back_by_hand(seller: Phone, desk: FakeReturnsDesk) -> None:
    desk.open[1001] = a_return(ARRIVED, in_hand=True)
    seller.say("RETURNED 1001")
    assert "by hand" in seller.press(1)


def test_a_repair_that_comes_back_is_worth_nothing(seller: Phone, desk: FakeReturnsDesk) -> None:
    desk.open[1001] = a_return(ARRIVED, refund=NOTHING)
    seller.say("RETURNED 1001")
    assert "no money" in seller.press(1)


def test_no_to_a_delivered_order_is_no_to_its_return(seller: Phone, desk: FakeReturnsDesk) -> None:
    assert "do not take" in seller.say("NO 1001 it was opened")
    assert desk.done == [("refuse", 1001, "it was opened")]


@pytest.mark.parametrize("word", ["RETURN", "REPAIR"])
def test_the_number_may_be_left_out_when_one_waits(
    seller: Phone, desk: FakeReturnsDesk, word: str
) -> None:
    seller.say(word)
    assert [number for _, number in desk.done] == [1001]


def test_among_several_it_is_asked(seller: Phone, desk: FakeReturnsDesk) -> None:
    desk.open[1003] = a_return(an_order(1003, status=OrderStatus.DELIVERED))
    assert "1003: Rice 5kg" in seller.say("RETURN")
    seller.press(2)
    assert desk.done == [("accept", 1003)]


def test_where_nothing_waits_it_is_said(seller: Phone, desk: FakeReturnsDesk) -> None:
    desk.open.clear()
    assert "wait for RETURN" in seller.say("RETURN")
    assert "Nobody has asked" in seller.say("RETURN 1001")
