"""What a seller says of goods that are not there."""

from dataclasses import replace

import pytest

from channels.render import Words
from flows.ports.orders import OrderLine, OrderStatus, PaymentStatus
from flows.ports.refusals import MoneyAsked, NothingStays
from flows.seller import seller as machine
from tests.fakes.lacking import FakeLacking
from tests.fakes.trade import PAID, FakeTrade, an_order, orders_of, trade_ports, ugx
from tests.fakes.trade_talk import Phone

SOAP = OrderLine("soap", "Omo soap", 3, ugx(4500), ugx(13500))
SEVEN = OrderLine("7up", "7up 500ml", 6, ugx(1000), ugx(6000))
RICE = an_order().lines[0]
ORDER = an_order(
    1001, lines=(RICE, SOAP, SEVEN), total=ugx(72500), status=OrderStatus.CONFIRMED, **PAID
)


@pytest.fixture
def trade() -> FakeTrade:
    return FakeTrade(orders_of([ORDER]))


@pytest.fixture
def lacking(trade: FakeTrade) -> FakeLacking:
    return FakeLacking(trade)


@pytest.fixture
def seller(trade: FakeTrade, lacking: FakeLacking, words: Words) -> Phone:
    return Phone(machine, replace(trade_ports(trade=trade), lacking=lacking), words)


@pytest.mark.parametrize(
    ("said", "sku", "quantity"),
    [
        ("WITHOUT 1001 soap", "soap", 3),
        ("without 1001 2 soap", "soap", 2),
        ("1001 without soap", "soap", 3),
        ("WITHOUT 1001 2x omo soap", "soap", 2),
        ("WITHOUT 1001 omo soap 1", "soap", 1),
        ("WITHOUT 1001 7up", "7up", 6),
        ("WITHOUT 1001 2 7up", "7up", 2),
        ("WITHOUT 1001 50 soap", "soap", 3),
        ("WITHOUT 1001 mchele", "rice-5kg", 2),
        ("leave out 1001 rice", "rice-5kg", 2),
    ],
)
def test_what_is_missing_is_named_as_people_do(
    seller: Phone, lacking: FakeLacking, said: str, sku: str, quantity: int
) -> None:
    seller.say(said)
    assert lacking.done == []
    seller.press(1)
    assert lacking.done == [(1001, sku, quantity)]


def test_the_sums_are_said_before_anything_is_done(seller: Phone, lacking: FakeLacking) -> None:
    asked = seller.say("WITHOUT 1001 2 soap")
    assert "2 x Omo soap" in asked
    assert "UGX 9,000" in asked
    assert "UGX 63,500" in asked
    assert "nothing was changed" in seller.press(2)
    assert lacking.done == []


def test_ok_alone_is_enough(seller: Phone, lacking: FakeLacking) -> None:
    seller.say("WITHOUT 1001 soap")
    assert "UGX 59,000" in seller.say("ok")
    assert lacking.done == [(1001, "soap", 3)]


def test_no_in_words_leaves_it_and_refuses_no_order(
    seller: Phone, lacking: FakeLacking, trade: FakeTrade
) -> None:
    seller.say("WITHOUT 1001 soap")
    seller.say("no")
    assert lacking.done == []


def test_of_cash_the_customer_pays_less(
    seller: Phone, lacking: FakeLacking, trade: FakeTrade
) -> None:
    unpaid = replace(ORDER, rail="cash", payment_status=PaymentStatus.PENDING)
    trade.orders[1001] = unpaid
    assert "pays UGX 9,000 less" in seller.say("WITHOUT 1001 2 soap")


def test_without_goods_its_lines_are_there_to_choose(seller: Phone, lacking: FakeLacking) -> None:
    asked = seller.say("WITHOUT 1001")
    assert "2 x Rice 5kg" in asked
    assert "6 x 7up 500ml" in asked
    assert "3 x Omo soap" in seller.press(2)
    seller.press(1)
    assert lacking.done == [(1001, "soap", 3)]


def test_alone_it_means_the_one_order_that_can_be_meant(seller: Phone) -> None:
    assert "order 1001" in seller.say("WITHOUT")


def test_what_is_not_in_the_order_is_not_guessed(seller: Phone, lacking: FakeLacking) -> None:
    asked = seller.say("WITHOUT 1001 charcoal")
    assert "charcoal" in asked
    assert "3 x Omo soap" in asked


def test_two_that_are_near_are_asked_about(
    seller: Phone, lacking: FakeLacking, trade: FakeTrade
) -> None:
    blue, white = (
        OrderLine(f"soap-{color}", f"Soap {color}", 3, ugx(100), ugx(300))
        for color in ("blue", "white")
    )
    trade.orders[1001] = replace(ORDER, lines=(RICE, blue, white))
    asked = seller.say("WITHOUT 1001 1 soap")
    assert "Soap blue" in asked
    assert "Soap white" in asked
    assert "2 x Rice 5kg" not in asked
    seller.press(2)
    seller.press(1)
    assert lacking.done == [(1001, "soap-white", 1)]


@pytest.mark.parametrize(
    ("refusal", "said"),
    [(NothingStays(1001), "NO 1001"), (MoneyAsked(1001), "try again in some minutes")],
)
def test_why_not_is_said_with_what_to_do(
    seller: Phone, lacking: FakeLacking, refusal: object, said: str
) -> None:
    lacking.refusal = refusal  # type: ignore[assignment]
    assert said in seller.say("WITHOUT 1001 soap")


def test_an_order_that_nobody_has_is_said(seller: Phone) -> None:
    assert "4711" in seller.say("WITHOUT 4711 soap")


def test_said_to_an_older_question_it_does_nothing(seller: Phone, lacking: FakeLacking) -> None:
    seller.say("WITHOUT 1001 1 soap")
    lacking.done.append((1001, "soap", 1))
    assert "has changed" in seller.say("ok")
    assert len(lacking.done) == 1


def test_it_is_among_what_can_be_done_with_an_order(seller: Phone) -> None:
    seller.say("ORDERS")
    assert "Something is missing" in seller.press(1)
