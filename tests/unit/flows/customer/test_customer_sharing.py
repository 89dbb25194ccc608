"""Coming in by a link, giving one on, and hearing what became of it."""

from dataclasses import replace

from flows.heard import Choice, Entered
from intents.intent import Intent
from intents.wish import Wish, Wished
from tests.fakes.conversation import Conversation, item, said
from tests.fakes.sharing import NOBODY


def wish(talk: Conversation, which: Wish) -> None:
    talk.hear(replace(said(Intent.OUT_OF_SCOPE, text="share this"), wish=Wished(which)))


def test_a_link_opens_its_product_whatever_was_open() -> None:
    talk = Conversation()
    talk.say(Intent.VIEW_CART)
    product = next(p for p in talk.shop.catalogue.in_category("food") if p.code)
    talk.hear(Entered(str(product.code), "k7f2q9"))
    assert talk.state in ("product", "variant")
    assert talk.shop.sharing.came_by == ["k7f2q9"]


def test_a_link_of_nobodys_opens_the_shop_all_the_same() -> None:
    talk = Conversation()
    talk.hear(Entered("", "zzzzzz"))
    assert talk.state == "home"
    assert talk.shop.sharing.came_by == []


def test_a_shared_product_without_a_code_is_opened_by_its_link() -> None:
    talk = Conversation()
    talk.shop.sharing.tokens["abcdef"] = "rice-5kg"
    talk.hear(Entered("", "abcdef"))
    assert talk.state == "variant"


def test_what_is_on_the_screen_is_shared_and_else_the_shop() -> None:
    talk = Conversation()
    wish(talk, Wish.SHARE)
    assert talk.keys == ("share-shop",)
    talk.hear(Choice("variant:rice-5kg"))
    wish(talk, Wish.SHARE)
    assert talk.keys == ("share-product",)
    assert talk.values["link"] == "https://sokoni.example/s/mama/12/k7f2q9"
    assert talk.state == "variant"


def test_the_sharer_hears_what_came_of_it() -> None:
    talk = Conversation()
    wish(talk, Wish.MY_SHARES)
    assert talk.keys == ("shares-none",)
    talk.shop.sharing.counts = replace(NOBODY, opened=9, people=4, carts=3, orders=2)
    wish(talk, Wish.MY_SHARES)
    assert talk.keys == ("shares-brought",)
    assert [talk.values[name] for name in ("people", "carts", "orders")] == [4, 3, 2]


def test_goods_that_are_named_are_shared_and_stay_in_the_cart() -> None:
    talk = Conversation()
    talk.say(Intent.ADD_TO_CART, item("rice-5kg", 2))
    heard = said(Intent.REMOVE_FROM_CART, item("rice-5kg"), text="share rice")
    talk.hear(replace(heard, wish=Wished(Wish.SHARE, rest="rice")))
    assert talk.keys == ("share-product",)
    assert talk.shop.cart.quantities == {"rice-5kg": 2}


def test_what_is_no_goods_is_not_shared() -> None:
    talk = Conversation()
    heard = said(Intent.ASK_LOCATION, text="share your location")
    talk.hear(replace(heard, wish=Wished(Wish.SHARE, rest="your location")))
    assert "share-shop" not in talk.keys
