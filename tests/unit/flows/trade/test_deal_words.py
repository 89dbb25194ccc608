"""SALE and PROMO, as a seller types them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from channels.render import Words
from channels.render.gsm import segments
from flows.money import Money
from flows.ports.promotions import SaleSet
from flows.seller import seller as seller_machine
from intents.command import Command, Word
from intents.commands.reading import read_command
from tests.fakes.deals import UNTIL, FakeDeals
from tests.fakes.trade import FakeTrade, an_order, orders_of, trade_ports
from tests.fakes.trade_talk import Phone


@pytest.fixture
def deals() -> FakeDeals:
    return FakeDeals()


@pytest.fixture
def seller(deals: FakeDeals, words: Words) -> Phone:
    trade = FakeTrade(orders_of([an_order(1001)]))
    return Phone(seller_machine, replace(trade_ports(trade=trade), deals=deals), words)


@pytest.mark.parametrize(
    ("written", "done"),
    [
        ("SALE rice-5kg 20000 3", ("sale", "rice-5kg", Decimal(20000), 3)),
        ("sale rice 5kg 20k", ("sale", "rice-5kg", Decimal(20000), None)),
        ("Sale rice 5kg ugx 20,000 7", ("sale", "rice-5kg", Decimal(20000), 7)),
        ("sale rice 5kg = 20,000", ("sale", "rice-5kg", Decimal(20000), None)),
        ("SALE sugar 10% 2", ("off", "sugar", Decimal(10), 2)),
        ("sale sugar 12.5 %", ("off", "sugar", Decimal("12.5"), None)),
        ("SALE sugar OFF", ("end", "sugar")),
    ],
)
def test_something_is_put_on_sale(
    seller: Phone, deals: FakeDeals, written: str, done: tuple[object, ...]
):
    seller.say(written)
    assert deals.done == [done]


def test_the_answer_says_the_price_the_end_and_the_usual_one(seller: Phone):
    assert seller.say("SALE rice-5kg 20000 3") == (
        "rice-5kg: UGX 20,000 on sale until 30 Nov, usually UGX 24,000"
    )
    assert "is not on sale: UGX 24,000" in seller.say("SALE rice-5kg off")


def test_which_kind_is_asked_and_the_answer_keeps_price_and_days(seller: Phone, deals: FakeDeals):
    seller.say("SALE rice 20000 3")
    seller.press(1)
    assert deals.done == [("sale", "rice-5kg", Decimal(20000), 3)]


def test_a_price_that_is_no_sale_is_said_with_what_can_be(seller: Phone, deals: FakeDeals):
    assert "from UGX 12,000 to below UGX 24,000" in seller.say("SALE sugar 5000")
    assert deals.done == []


def test_the_word_alone_lists_what_is_on_sale(seller: Phone, deals: FakeDeals):
    deals.sales = [SaleSet("Sugar", Money(5000, "UGX"), Money(4500, "UGX"), UNTIL)]
    text = seller.say("sale")
    assert "Sugar: UGX 4,500 on sale until 30 Nov" in text
    assert "SALES" in text


@pytest.mark.parametrize("written", ["SALE caviar 100", "SALE 20000"])
def test_what_cannot_be_meant_changes_nothing(seller: Phone, deals: FakeDeals, written: str):
    seller.say(written)
    assert deals.done == []


def test_sales_are_still_the_day_s_takings():
    assert read_command("SALES", "seller", ("en",)) == Command(Word.SALES)


def test_promotions_are_listed_with_their_uses(seller: Phone):
    assert "FRIDAY: 10% off. Used: 12" in seller.say("PROMO")


@pytest.mark.parametrize(
    ("written", "paused"), [("PROMO friday OFF", True), ("promo Friday on", False)]
)
def test_one_is_stopped_and_runs_again(seller: Phone, deals: FakeDeals, written: str, paused: bool):
    said = seller.say(written)
    assert deals.running["friday"].paused is paused
    assert "FRIDAY" in said
    assert ("stopped" in seller.say("PROMO")) is paused


def test_a_promotion_that_does_not_exist_is_said(seller: Phone):
    assert "No promotion is called EID" in seller.say("PROMO EID OFF")


def test_without_promotions_it_is_said_where_they_stand(seller: Phone, deals: FakeDeals):
    deals.running.clear()
    assert "shop's file" in seller.say("promo")


@pytest.mark.parametrize(
    "written", ["SALE rice-5kg 20000 3", "SALE sugar OFF", "SALE sugar 1", "PROMO", "PROMO x OFF"]
)
def test_every_answer_is_one_sms(seller: Phone, written: str):
    seller.say(written)
    assert segments(seller.text).count == 1
