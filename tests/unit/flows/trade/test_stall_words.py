"""ADD, NAME, HIDE and SHOW, as a seller with an SMS phone writes them."""

from dataclasses import replace
from decimal import Decimal
from typing import cast

import pytest

from channels.render import Words
from flows.ports.trade import Offered
from flows.seller import seller as machine
from intents.commands.reading import read_command
from intents.listing import Listing
from tests.fakes.stall import FakeStall
from tests.fakes.trade import FakeTrade, trade_ports
from tests.fakes.trade_talk import Phone

GOWN = Listing("Ankara gown", Decimal(15000), 5)


@pytest.fixture
def stall(seller: Phone) -> FakeStall:
    return cast(FakeStall, seller.ports.stall)


def test_goods_are_added_in_one_line(seller: Phone, stall: FakeStall) -> None:
    said = seller.say("ADD Ankara gown 15000 x5")
    assert stall.done == [("add", GOWN)]
    assert "Ankara gown" in said
    assert "15,000" in said
    assert "ankara-gown" in said
    assert len(said) <= 160


@pytest.mark.parametrize("written", ["ADD", "NAME", "HIDE"])
def test_a_word_alone_asks_how(seller: Phone, stall: FakeStall, written: str) -> None:
    assert f"Write {written}" in seller.say(written)
    assert stall.done == []


@pytest.mark.parametrize(
    "written", ["add 2 rice", "add rice to my cart", "add 3 sugar 5kg", "show me the shoes"]
)
def test_what_a_customer_says_alike_is_not_the_sellers_word(written: str) -> None:
    assert read_command(written, "seller", ("en",)) is None


def test_a_name_that_is_taken_may_be_changed(
    seller: Phone, stall: FakeStall, trade: FakeTrade
) -> None:
    stall.taken["Ankara gown"] = "rice-5kg"
    assert "already sell" in seller.say("ADD Ankara gown 15000 x5")
    seller.press(1)
    assert stall.done == [("show", "rice-5kg")]
    assert ("set", "rice-5kg", 5) in trade.done


def test_or_left_as_it_is(seller: Phone, stall: FakeStall, trade: FakeTrade) -> None:
    stall.taken["Ankara gown"] = "rice-5kg"
    seller.say("ADD Ankara gown 15000 x5")
    assert "another name" in seller.press(2)
    assert stall.done == trade.done == []


@pytest.mark.parametrize(
    ("written", "done"),
    [
        ("NAME sugar White sugar", ("rename", "sugar", "White sugar")),
        ("NAME kakira sugar White sugar", ("rename", "sugar", "White sugar")),
        ("name kakira = White sugar", ("rename", "sugar", "White sugar")),
        ("NAME red beans = Kidney beans", ("rename", "beans-red", "Kidney beans")),
        ("NAME kakira = \u202eWhite\x1b sugar", ("rename", "sugar", "White sugar")),
        ("NAME engine oil", None),
        ("NAME oil = Palm oil", None),
    ],
)
def test_goods_are_renamed(
    seller: Phone, stall: FakeStall, written: str, done: tuple[object, ...] | None
) -> None:
    seller.say(written)
    assert stall.done == ([done] if done else [])


def test_goods_are_hidden_with_all_their_kinds(seller: Phone, stall: FakeStall) -> None:
    assert "hidden" in seller.say("HIDE rice")
    assert stall.done == [("hide", "rice")]


def test_which_is_meant_is_asked(seller: Phone, stall: FakeStall) -> None:
    seller.say("HIDE beans")
    assert stall.done == []
    seller.press(2)
    assert stall.done == [("hide", "beans-red")]


def test_what_is_hidden_is_listed_and_brought_back(seller: Phone, stall: FakeStall) -> None:
    assert "Nothing is hidden" in seller.say("SHOW")
    stall.away += [Offered("gown", "Ankara gown"), Offered("cap", "Cap")]
    seller.say("SHOW")
    seller.press(2)
    seller.say("SHOW gown")
    assert stall.done == [("show", "cap"), ("show", "gown")]


def test_only_staff_have_a_stall(words: Words) -> None:
    ports = trade_ports(trade=FakeTrade())
    phone = Phone(machine, replace(ports, stall=None), words)
    with pytest.raises(LookupError):
        phone.say("SHOW")
