"""ALIAS and MISSES by SMS."""

import pytest

from flows.happenings import AskedInVain
from flows.notices import notices
from flows.ports.trade import Missed, Offered
from intents.intent import Intent
from tests.fakes.trade import SHOP, FakeTrade
from tests.fakes.trade_talk import Phone, sentence


@pytest.mark.parametrize(
    ("written", "called", "sku"),
    [
        ("ALIAS nyembe sugar", "nyembe", "sugar"),
        ("alias white gold = kakira sugar", "white gold", "sugar"),
        ("ALIAS white gold kakira sugar", "white gold", "sugar"),
        ("ALIAS super rice", "super", "rice"),
        ("ALIAS sindano rice 5kg", "sindano", "rice-5kg"),
        ("ALIAS nambale beans-red", "nambale", "beans-red"),
        ("alias omo=beans-yellow.", "omo", "beans-yellow"),
    ],
)
def test_words_come_first_and_then_the_goods_by_sku_or_name(
    seller: Phone, trade: FakeTrade, written: str, called: str, sku: str
) -> None:
    text = seller.say(written)
    assert trade.done == [("alias", called, sku)]
    assert called in text
    assert sku in text


def test_goods_that_may_be_several_are_asked_about(seller: Phone, trade: FakeTrade) -> None:
    seller.say("ALIAS madondo beans")
    assert trade.done == []
    seller.press(2)
    assert trade.done == [("alias", "madondo", "beans-red")]


@pytest.mark.parametrize("written", ["ALIAS", "ALIAS omo", "ALIAS =", "ALIAS omo ="])
def test_half_a_command_is_answered_with_how_it_is_written(
    seller: Phone, trade: FakeTrade, written: str
) -> None:
    assert "Send ALIAS" in seller.say(written)
    assert trade.done == []


def test_goods_that_are_not_sold_are_named_as_such(seller: Phone, trade: FakeTrade) -> None:
    assert "no product called" in seller.say("ALIAS omo = engine oil")
    assert trade.done == []


def test_a_misspelt_word_is_confirmed_first(seller: Phone, trade: FakeTrade) -> None:
    assert "Did you mean: ALIAS omo = sugar?" in seller.say("ALAIS omo sugar")
    seller.press(1)
    assert trade.done == [("alias", "omo", "sugar")]


@pytest.mark.parametrize("intent", [Intent.AFFIRM, None])
def test_what_is_nearly_another_name_is_asked_about_and_may_be_meant(
    seller: Phone, trade: FakeTrade, intent: Intent | None
) -> None:
    trade.near_aliases["yelow beans"] = "Yellow beans"
    assert "very near to Yellow beans" in seller.say("ALIAS yelow beans = beans-red")
    assert trade.done == []
    seller.send(sentence("yes", intent)) if intent else seller.say("OK")
    assert trade.done == [("alias", "yelow beans", "beans-red")]


def test_who_says_no_to_that_has_changed_nothing(seller: Phone, trade: FakeTrade) -> None:
    trade.near_aliases["sugr"] = "Kakira sugar"
    seller.say("ALIAS sugr = rice")
    assert "nothing was changed" in seller.say("NO")
    assert trade.done == []


def test_the_week_is_listed_and_each_word_can_be_given_a_meaning(
    seller: Phone, trade: FakeTrade
) -> None:
    trade.asked_in_vain = [Missed("omo", 4), Missed("paper", 1)]
    text = seller.say("MISSES")
    assert "1 omo: 4 people" in text
    assert "2 paper: 1 person" in text
    assert "What is 'omo'?" in seller.press(1)
    seller.press(1)
    assert trade.done == [("alias", "omo", "sugar")]


def test_words_that_are_not_sold_are_not_asked_about_again(seller: Phone, trade: FakeTrade) -> None:
    trade.asked_in_vain = [Missed("omo", 4)]
    seller.say("MISSES")
    seller.press(1)
    assert "not ask about 'omo' again" in seller.press(2)
    assert trade.done == [("not-sold", "omo")]


def test_a_week_without_misses_says_so(seller: Phone) -> None:
    assert "everybody found" in seller.say("MISSES")


def test_the_seller_is_asked_with_each_product_as_an_option_and_none_of_them() -> None:
    offers = (Offered("powder", "Washing powder"), Offered("rice", "Rice"))
    (notice,) = notices(AskedInVain("omo", 3, offers), SHOP)
    assert notice.message.key == "alert-asked-in-vain"
    assert not notice.important
    assert notice.menu is not None
    assert [option.id for option in notice.menu.options] == [
        "cmd:ALIAS omo = powder",
        "cmd:ALIAS omo = rice",
        "not-sold:omo",
    ]
