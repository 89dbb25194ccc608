"""What is short: what is left of it, something like it, or to be told when it is back."""

from collections.abc import Callable

import pytest

from flows.heard import Basket, BasketItem, Choice
from flows.ports.catalogue import Variant
from flows.ports.orders import OrderLine
from flows.ports.wishes import Kept
from intents.intent import Intent
from intents.wish import Wish, Wished
from tests.fakes.conversation import Conversation, item, said
from tests.fakes.ports import FakeShop, an_order, goods, ugx

SHELF = (
    goods("milk-a", "Fresh milk", 3500, free=2),
    goods("milk-b", "Long life milk", 4200),
    goods("cheese", "Cheese", 3600),
    goods("bread", "Brown bread", 5000),
    goods("butter", "Butter", 9000),
    goods("yoghurt", "Yoghurt", 3400, free=0),
    goods("soap", "Bar soap", 3500, category="home"),
    goods(
        "rice",
        "Rice",
        6000,
        category="dry",
        variants=(
            Variant("rice-1", "1kg", ugx(6000), 1),
            Variant("rice-5", "5kg", ugx(24000), 9),
        ),
    ),
)


@pytest.fixture
def talk() -> Conversation:
    return Conversation(FakeShop(SHELF))


def by_words(talk: Conversation, sku: str, many: int) -> None:
    talk.say(Intent.ADD_TO_CART, item(sku, many))


def by_menu(talk: Conversation, sku: str, many: int) -> None:
    talk.hear(Choice(f"quantity:{sku}"))
    talk.say(Intent.UPDATE_CART, item(None, many, str(many)), text=str(many))


def by_basket(talk: Conversation, sku: str, many: int) -> None:
    talk.hear(Basket((BasketItem(sku, many),)))


def by_reorder(talk: Conversation, sku: str, many: int) -> None:
    line = OrderLine(sku, "Fresh milk", many, ugx(3500), ugx(3500 * many))
    talk.shop.orders.placed[1001] = an_order(1001, lines=(line,))
    talk.say(Intent.REORDER)


WAYS = (by_words, by_menu, by_basket, by_reorder)


@pytest.mark.parametrize("way", WAYS)
def test_two_of_three_are_offered_or_something_like_it(
    talk: Conversation, way: Callable[[Conversation, str, int], None]
) -> None:
    way(talk, "milk-a", 3)
    assert talk.shop.cart.quantities == {}
    assert talk.keys[0] == "refused-only-left"
    assert talk.options == ("set:milk-a:2", "add:milk-b:3", "add:cheese:3", "add:bread:3", "no")
    talk.choose("set:milk-a:2")
    assert talk.shop.cart.quantities == {"milk-a": 2}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_sold_out_has_three_like_it_and_can_be_waited_for(
    talk: Conversation, way: Callable[[Conversation, str, int], None]
) -> None:
    talk.shop.catalogue.change("milk-a", free=0)
    way(talk, "milk-a", 2)
    assert talk.keys[0] == "ask-instead"
    like = ("add:milk-b:2", "add:cheese:2", "add:bread:2")
    assert talk.options == (*like, "tell-back:milk-a", "no")
    talk.choose("add:cheese:2")
    assert talk.shop.cart.quantities == {"cheese": 2}


def test_a_yes_takes_what_is_left(talk: Conversation) -> None:
    by_words(talk, "milk-a", 3)
    talk.say(Intent.AFFIRM)
    assert talk.shop.cart.quantities == {"milk-a": 2}


def test_a_yes_to_something_like_it_says_nothing_of_which(talk: Conversation) -> None:
    by_words(talk, "yoghurt", 3)
    talk.say(Intent.AFFIRM)
    assert talk.shop.cart.quantities == {}


def test_naming_one_takes_it(talk: Conversation) -> None:
    by_words(talk, "yoghurt", 3)
    talk.say(Intent.SEARCH, item("cheese"))
    assert talk.shop.cart.quantities == {"cheese": 3}


def test_another_kind_of_the_same_comes_first(talk: Conversation) -> None:
    by_words(talk, "rice-1", 4)
    assert talk.options == ("set:rice-1:1", "add:rice-5:4", "no")


def test_no_more_of_another_is_offered_than_is_there(talk: Conversation) -> None:
    by_words(talk, "rice-1", 40)
    assert talk.options == ("set:rice-1:1", "add:rice-5:9", "no")


def test_the_good_ones_go_in_and_each_short_one_is_asked_about_in_turn(talk: Conversation) -> None:
    talk.say(
        Intent.ADD_TO_CART, item("milk-a", 5), item("bread", 1), item("yoghurt", 1), item("soap", 2)
    )
    assert talk.shop.cart.quantities == {"bread": 1, "soap": 2}
    assert talk.keys[:2] == ("changes-added", "refused-only-left")
    talk.choose("set:milk-a:2")
    assert "ask-instead" in talk.keys
    talk.choose("tell-back:yoghurt")
    assert talk.shop.wishes.wished() == ("yoghurt",)
    assert talk.keys[0] == "wish-told-when-back"
    assert talk.shop.cart.quantities == {"bread": 1, "soap": 2, "milk-a": 2}


def test_what_ran_out_of_the_cart_leads_to_something_like_it(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk-a", 2), item("bread", 1))
    talk.shop.catalogue.change("milk-a", free=0)
    talk.say(Intent.VIEW_CART)
    assert talk.keys[0] == "cart-gone"
    talk.choose("instead:milk-a:2", "add:milk-b:2")
    assert talk.shop.cart.quantities == {"bread": 1, "milk-b": 2}


def test_a_race_lost_at_the_last_step_leads_there_too(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk-a", 2), item("bread", 1))
    talk.choose("checkout", "pickup", "cash")
    assert talk.state == "summary"
    talk.shop.catalogue.change("milk-a", free=1)
    talk.choose("confirm")
    assert talk.shop.orders.placed == {}
    assert "cart-reduced" in talk.keys
    assert talk.shop.cart.quantities == {"milk-a": 1, "bread": 1}
    talk.choose("instead:milk-a:1", "add:milk-b:1")
    assert talk.state == "summary"
    talk.choose("confirm")
    assert len(talk.shop.orders.placed[1001].lines) == 3


def test_a_swap_goes_on_with_whatever_was_taken_instead(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("soap", 2))
    talk.say(Intent.UPDATE_CART, item("soap", 0), item("yoghurt"))
    assert talk.options[1] == "swap:add:cheese:2;take:soap:0"
    talk.choose("swap:add:cheese:2;take:soap:0")
    assert talk.shop.cart.quantities == {"cheese": 2}


def test_a_wish_is_kept_shown_bought_and_dropped(talk: Conversation) -> None:
    talk.say(Intent.WISHLIST_ADD, item("cheese"))
    assert talk.keys[0] == "wish-kept"
    talk.hear(said(Intent.OUT_OF_SCOPE, wish=Wished(Wish.WISHLIST)))
    assert talk.options == ("wished:cheese",)
    talk.choose("wished:cheese", "add:cheese:1")
    assert talk.shop.cart.quantities == {"cheese": 1}
    talk.hear(said(Intent.OUT_OF_SCOPE, wish=Wished(Wish.WISHLIST)))
    talk.choose("wished:cheese", "unwish:cheese")
    assert "wishlist-empty" in talk.keys


def test_what_is_on_the_screen_is_what_one_wants_to_hear_of(talk: Conversation) -> None:
    talk.say(Intent.ASK_PRICE, item("yoghurt"))
    talk.hear(said(Intent.OUT_OF_SCOPE, wish=Wished(Wish.TELL_WHEN_BACK)))
    assert talk.keys[0] == "wish-told-when-back"
    assert talk.shop.wishes.wished() == ("yoghurt",)


def test_a_list_is_saved_and_bought_at_todays_prices(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("cheese", 2), item("soap", 1))
    talk.hear(said(Intent.OUT_OF_SCOPE, wish=Wished(Wish.SAVE_LIST, rest="Monthly list.")))
    assert talk.keys[0] == "list-saved"
    talk.shop.cart.clear()
    talk.shop.catalogue.change("cheese", price=ugx(4000))
    mine = said(Intent.OUT_OF_SCOPE, text="my monthly list", wish=Wished(Wish.BUY_LIST))
    talk.hear(mine)
    assert talk.shop.cart.quantities == {"cheese": 2, "soap": 1}
    assert talk.keys[:2] == ("changes-added", "cart-repriced")
    assert talk.values["before"] == ugx(3600)
    assert talk.values["after"] == ugx(4000)


def test_of_several_lists_one_is_chosen(talk: Conversation) -> None:
    for name in ("party", "home"):
        talk.shop.wishes.save_list(name, [Kept("soap", "Bar soap", 1, ugx(3500))])
    talk.hear(said(Intent.OUT_OF_SCOPE, text="buy my list", wish=Wished(Wish.BUY_LIST)))
    talk.choose("list:party", "buy-list:party")
    assert talk.shop.cart.quantities == {"soap": 1}


def test_what_a_list_names_and_is_no_longer_sold_is_said(talk: Conversation) -> None:
    talk.shop.wishes.save_list("old", [Kept("gone", "Old thing", 1, ugx(1))])
    talk.hear(said(Intent.OUT_OF_SCOPE, text="my list", wish=Wished(Wish.BUY_LIST)))
    assert talk.keys[0] == "changes-missing"


def test_an_empty_cart_saves_the_last_order(talk: Conversation) -> None:
    save = said(Intent.OUT_OF_SCOPE, wish=Wished(Wish.SAVE_LIST, rest="usual"))
    talk.hear(save)
    assert talk.keys[0] == "list-nothing"
    talk.shop.orders.placed[1001] = an_order(1001)
    talk.hear(save)
    assert talk.keys[0] == "list-saved"


def test_who_wants_it_out_of_the_cart_does_not_take_what_is_left(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk-a", 1))
    by_words(talk, "milk-a", 5)
    assert talk.options[0] == "set:milk-a:2"
    talk.say(Intent.REMOVE_FROM_CART, item("milk-a"))
    assert talk.shop.cart.quantities == {}


def test_another_number_of_it_is_not_what_is_left(talk: Conversation) -> None:
    by_words(talk, "milk-a", 5)
    talk.say(Intent.UPDATE_CART, item("milk-a", 1))
    assert talk.shop.cart.quantities == {"milk-a": 1}


@pytest.mark.parametrize("intent", [Intent.ADD_TO_CART, Intent.SEARCH, Intent.UPDATE_CART])
def test_the_number_said_with_a_kind_counts(talk: Conversation, intent: Intent) -> None:
    talk.say(Intent.ADD_TO_CART, item("rice"))
    assert talk.options[:2] == ("add:rice-1:1", "add:rice-5:1")
    talk.say(intent, item("rice-5", 3))
    assert talk.shop.cart.quantities == {"rice-5": 3}


def test_a_weight_said_with_a_kind_is_its_size_and_no_number(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("rice"))
    talk.say(Intent.ADD_TO_CART, item("rice-5", 5, unit="kg"))
    assert talk.shop.cart.quantities == {"rice-5": 1}


def test_another_wish_leaves_the_question_which_open(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("rice"))
    talk.say(Intent.ADD_TO_CART, item("bread", 2))
    assert talk.shop.cart.quantities == {"bread": 2}
    assert talk.keys[:2] == ("changes-added", "ask-variant")
    talk.choose("add:rice-5:1")
    assert talk.shop.cart.quantities == {"bread": 2, "rice-5": 1}


def test_what_was_not_chosen_is_told_to_who_goes_on_to_pay(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("bread", 1), item("rice"))
    talk.say(Intent.CHECKOUT)
    assert talk.state == "fulfilment"
    assert "changes-left-out" in talk.keys


def test_what_is_asked_next_is_told_before_the_yes(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("bread", 1), item("soap", 1), item("rice"), confidence=0.6)
    assert talk.keys[0] == "ask-sure"
    assert talk.keys[-1] == "ask-next"
    assert len(talk.reply.messages) == 3


def test_each_kind_says_of_how_many_its_price_is(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("rice", 7))
    menu = talk.reply.menu
    assert menu is not None
    said = menu.options[1]
    assert said.label.values["text"] == "5kg"
    assert said.description is not None
    assert said.description.values == {"quantity": 7, "price": ugx(7 * 24000)}


def test_a_figure_that_is_a_size_is_no_number_of_pieces() -> None:
    shea = goods(
        "shea",
        "Shea butter",
        18000,
        variants=(
            Variant("shea-250", "250g", ugx(18000), 24),
            Variant("shea-500", "500g", ugx(32000), 10),
        ),
    )
    talk = Conversation(FakeShop((shea,)))
    talk.say(Intent.ADD_TO_CART, item("shea", 500))
    assert talk.options[:2] == ("add:shea-250:1", "add:shea-500:1")


def test_a_code_times_a_number_is_asked_before_it_is_bought() -> None:
    talk = Conversation()
    talk.say(Intent.ADD_TO_CART, item(None, 13, ""), text="13*2")
    assert talk.keys[0] == "ask-sure"
    assert talk.shop.cart.quantities == {}
    talk.choose("add:milk:2")
    assert talk.shop.cart.quantities == {"milk": 2}


def test_who_may_have_said_cart_is_shown_it_and_not_asked_to_empty_it(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("bread", 1))
    talk.say(Intent.CLEAR_CART, confidence=0.6)
    assert talk.state == "cart"
    talk.say(Intent.CLEAR_CART)
    assert talk.state == "clear"


def test_a_guess_at_one_thing_is_not_asked_again_after_another_wish(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item(None, 1, "sope", candidates=("soap",)))
    assert talk.keys[0] == "ask-which"
    talk.say(Intent.ADD_TO_CART, item("bread", 2))
    talk.say(Intent.CHECKOUT)
    assert talk.shop.cart.quantities == {"bread": 2}
