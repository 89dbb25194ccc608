"""Baskets from WhatsApp's own catalogue."""

import pytest

from flows.heard import Basket, BasketItem, Choice
from tests.fakes.conversation import Conversation, parts
from tests.fakes.ports import FakeShop


@pytest.fixture
def talk() -> Conversation:
    return Conversation(FakeShop())


def basket(*items: tuple[str, int]) -> Basket:
    return Basket(tuple(BasketItem(sku, quantity) for sku, quantity in items))


def test_it_becomes_the_cart_and_the_cart_is_shown(talk: Conversation) -> None:
    talk.hear(basket(("milk", 2), ("rice-5kg", 1)))
    assert talk.shop.cart.quantities == {"milk": 2, "rice-5kg": 1}
    assert talk.state == "cart"
    assert talk.keys[0] == "changes-now"
    assert "checkout" in talk.options


def test_sent_again_it_adds_nothing_and_other_numbers_take_the_place_of_the_old(
    talk: Conversation,
) -> None:
    for pieces in (2, 2, 3):
        talk.hear(basket(("milk", pieces)))
    assert talk.shop.cart.quantities == {"milk": 3}


def test_what_is_not_sold_is_named(talk: Conversation) -> None:
    talk.hear(basket(("caviar", 1), ("milk", 1)))
    assert "changes-missing" in talk.keys
    missing = next(m for m in talk.reply.messages if m.key == "changes-missing")
    assert parts(missing.values["items"]) == ("caviar",)
    assert talk.shop.cart.quantities == {"milk": 1}


def test_it_is_refused_what_words_would_be_refused(talk: Conversation) -> None:
    talk.hear(basket(("beans", 9), ("salt", 1), ("milk", 1)))
    assert talk.shop.cart.quantities == {"milk": 1}
    assert talk.options[0] == "set:beans:2"
    talk.choose("set:beans:2")
    assert talk.keys[:2] == ("changes-now", "ask-instead")
    talk.choose("no")
    assert talk.shop.cart.quantities == {"milk": 1, "beans": 2}


def test_a_product_without_its_kind_is_asked_about(talk: Conversation) -> None:
    talk.hear(basket(("rice", 2)))
    assert talk.shop.cart.quantities == {}
    talk.choose("set:rice-5kg:2")
    assert talk.shop.cart.quantities == {"rice-5kg": 2}


def test_an_empty_one_shows_the_cart(talk: Conversation) -> None:
    talk.hear(basket())
    assert talk.state == "cart"
    assert talk.keys == ("cart-empty",)


def test_in_the_middle_of_a_checkout_the_cart_is_looked_at_again(talk: Conversation) -> None:
    talk.hear(basket(("milk", 2)))
    talk.choose("checkout", "pickup", "cash")
    talk.hear(basket(("milk", 5)))
    assert talk.state == "cart"


def test_while_the_seller_holds_the_talk_it_is_passed_on(talk: Conversation) -> None:
    talk.hear(Choice("human"))
    talk.hear(Basket((BasketItem("milk", 2),), "today please"))
    assert talk.shop.desk.said[-1] == "2 x milk today please"
    assert talk.shop.cart.quantities == {}
