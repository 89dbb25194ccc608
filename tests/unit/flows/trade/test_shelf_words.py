from decimal import Decimal

import pytest

from flows.figures import read_shelving
from flows.seller.naming import meant
from intents.command import Command, Word
from tests.fakes.trade import GOODS, FakeTrade
from tests.fakes.trade_talk import Phone


@pytest.mark.parametrize(
    ("written", "done"),
    [
        ("STOCK rice-5kg 40", ("set", "rice-5kg", 40)),
        ("stock rice 5kg +5", ("add", "rice-5kg", 5)),
        ("stock sugar -2", ("add", "sugar", -2)),
        ("STOCK kakira suger 12", ("set", "sugar", 12)),
        ("STOCK rice-5kg LOW 20", ("LOW", "rice-5kg", 20)),
        ("STOCK sugar critical 8", ("CRITICAL", "sugar", 8)),
        ("STOCK sugar LOW OFF", ("LOW", "sugar", None)),
        ("stock nambale 1,000", ("set", "beans-yellow", 1000)),
        ("stock sugar 0", ("set", "sugar", 0)),
        ("stock sugar -2 damaged", ("damaged", "sugar", 2)),
        ("stock sugar 3 expired", ("expired", "sugar", 3)),
    ],
)
def test_stock_sets_adds_and_takes_away(
    seller: Phone, trade: FakeTrade, written: str, done: tuple[object, ...]
) -> None:
    seller.say(written)
    assert trade.done == [done]


def test_among_several_kinds_it_is_asked_and_the_answer_is_the_whole_command(
    seller: Phone, trade: FakeTrade
) -> None:
    text = seller.say("STOCK rice 40")
    assert trade.done == []
    assert "1 Rice 5kg" in text
    assert "2 Rice, 25kg" in text
    seller.press(2)
    assert trade.done == [("set", "rice-25kg", 40)]


def test_what_was_to_be_added_is_still_added_after_the_question(
    seller: Phone, trade: FakeTrade
) -> None:
    seller.say("STOCK beans -3")
    seller.press(2)
    assert trade.done == [("add", "beans-red", -3)]


def test_why_it_was_lost_is_still_known_after_the_question(seller: Phone, trade: FakeTrade) -> None:
    seller.say("STOCK beans -3 spoilt")
    seller.press(2)
    assert trade.done == [("damaged", "beans-red", 3)]


def test_many_lines_are_done_at_once_and_answered_in_one_text(
    seller: Phone, trade: FakeTrade
) -> None:
    text = seller.say(
        "STOCK sugar 40\nSTOCK rice 5kg +5, beans 3; engine oil 4\nkakira suger -1 expired\nhello"
    )
    assert trade.done == [("set", "sugar", 40), ("add", "rice-5kg", 5), ("expired", "sugar", 1)]
    assert "Which one? beans" in text
    assert "Not found: engine oil" in text
    assert "Not understood: hello" in text
    assert text.count("Stock now") == 1


def test_what_is_not_sold_is_said(seller: Phone, trade: FakeTrade) -> None:
    assert "no product called engine oil" in seller.say("STOCK engine oil 4")
    assert trade.done == []


@pytest.mark.parametrize("written", ["STOCK sugar 2.5", "STOCK sugar 99999999"])
def test_a_figure_that_is_no_count_changes_nothing(
    seller: Phone, trade: FakeTrade, written: str
) -> None:
    assert "does not work here" in seller.say(written)
    assert trade.done == []


@pytest.mark.parametrize("word", ["STOCK", "PRICE", "FLOOR"])
def test_a_word_without_its_goods_shows_how_it_goes(
    seller: Phone, trade: FakeTrade, word: str
) -> None:
    assert f"Like: {word} rice" in seller.say(word)
    assert trade.done == []


def test_what_is_held_for_orders_is_kept_and_said(seller: Phone, trade: FakeTrade) -> None:
    trade.held = 6
    assert "stays at 6" in seller.say("STOCK sugar 2")
    assert "40 in stock, 6 of them" in seller.say("STOCK sugar 40")


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("PRICE rice-5kg 25000", 25000),
        ("price rice 5kg 25,000", 25000),
        ("price rice 5kg 25k", 25000),
    ],
)
def test_price_sets_and_says_both(
    seller: Phone, trade: FakeTrade, written: str, amount: int
) -> None:
    text = seller.say(written)
    assert trade.done == [("price", "rice-5kg", Decimal(amount))]
    assert "UGX 25,000 from now on. Before: UGX 24,000" in text


def test_a_misspelt_price_is_asked_about_with_the_product_it_means(
    seller: Phone, trade: FakeTrade
) -> None:
    assert "Did you mean: PRICE rice-5kg 25000?" in seller.say("PRCE rice 5kg 25000")
    assert trade.done == []
    seller.press(1)
    assert trade.done == [("price", "rice-5kg", Decimal(25000))]


def test_a_cut_by_more_than_half_is_explained(seller: Phone, trade: FakeTrade) -> None:
    assert "less than half" in seller.say("PRICE rice-5kg 2400")
    assert trade.done == []


@pytest.mark.parametrize("amount", ["0", "12.5"])
def test_a_price_that_the_currency_cannot_pay_changes_nothing(
    seller: Phone, trade: FakeTrade, amount: str
) -> None:
    assert "does not work here" in seller.say(f"PRICE rice-5kg {amount}")
    assert trade.done == []


@pytest.mark.parametrize(
    ("rest", "goods", "figure"),
    [
        ("rice ugx 48,000", "rice", 48000),
        ("rice 48000/=", "rice", 48000),
        ("rice 48.000", "rice", 48000),
        ("rice 1.250.000", "rice", 1250000),
        ("rice 48.50", "rice", Decimal("48.5")),
        ("milk=12", "milk", 12),
        ("flour 2kg 7", "flour 2kg", 7),
        ("vitamin k 40", "vitamin k", 40),
        ("tea N500", "tea", 500),
        ("40", "", 40),
        ("beans", "beans", None),
        ("", "", None),
    ],
)
def test_a_figure_is_told_from_its_goods(
    rest: str, goods: str, figure: int | Decimal | None
) -> None:
    said = read_shelving(Command(Word.STOCK, rest=rest))
    assert (said.goods, said.figure) == (goods, figure)


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("RICE-5KG", ["rice-5kg"]),
        ("5kg rice", ["rice-5kg"]),
        ("rise 25kg", ["rice-25kg"]),
        ("rice 10kg", []),
        ("mchele", ["rice-5kg", "rice-25kg"]),
        ("yelow beans", ["beans-yellow"]),
        ("beans", ["beans-yellow", "beans-red"]),
        ("paraffin", []),
    ],
)
def test_goods_are_known_by_sku_name_alias_and_with_slips(text: str, skus: list[str]) -> None:
    near = meant(text, GOODS)
    found = [near.sure.sku] if near.sure else [entry.sku for entry in near.entries]
    assert found == skus


@pytest.mark.parametrize(
    ("written", "done"),
    [
        ("FLOOR rice-5kg 20000", ("floor", "rice-5kg", Decimal(20000))),
        ("floor rice 5kg 20k", ("floor", "rice-5kg", Decimal(20000))),
        ("FLOOR rice 5kg ugx 20,000", ("floor", "rice-5kg", Decimal(20000))),
        ("Floor rice-5kg 10%", ("floor-off", "rice-5kg", Decimal(10))),
        ("floor rice 5kg 12.5 %", ("floor-off", "rice-5kg", Decimal("12.5"))),
        ("FLOOR rice-5kg off", ("floor-off", "rice-5kg", Decimal(0))),
    ],
)
def test_floor_sets_an_amount_a_percentage_or_none(
    seller: Phone, trade: FakeTrade, written: str, done: tuple[object, ...]
) -> None:
    seller.say(written)
    assert trade.done == [done]


def test_floor_says_what_the_bot_may_do_now(seller: Phone) -> None:
    assert "never goes below UGX 20,000" in seller.say("FLOOR rice-5kg 20000")
    assert "does not bargain" in seller.say("FLOOR rice-5kg OFF")


def test_a_floor_that_cannot_be_is_said_with_what_can(seller: Phone, trade: FakeTrade) -> None:
    assert "between UGX 12,000 and UGX 24,000" in seller.say("FLOOR rice-5kg 25000")
    assert trade.done == []


def test_floor_asks_which_kind_and_the_answer_keeps_the_percentage(
    seller: Phone, trade: FakeTrade
) -> None:
    seller.say("FLOOR rice 10%")
    seller.press(2)
    assert trade.done == [("floor-off", "rice-25kg", Decimal(10))]


@pytest.mark.parametrize("written", ["FLOOR caviar 100", "FLOOR rice-5kg -5"])
def test_a_floor_for_nothing_or_of_nothing_changes_nothing(
    seller: Phone, trade: FakeTrade, written: str
) -> None:
    seller.say(written)
    assert trade.done == []
