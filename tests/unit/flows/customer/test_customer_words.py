"""Carts changed in words."""

import pytest

from flows.message import verbatim
from intents.intent import Intent
from intents.understanding import Action
from tests.fakes.conversation import Conversation, item, parts
from tests.fakes.ports import FakeShop


@pytest.fixture
def talk() -> Conversation:
    talk = Conversation(FakeShop())
    talk.say(Intent.GREET)
    return talk


def test_several_things_in_one_message_get_one_answer(talk: Conversation) -> None:
    talk.say(
        Intent.ADD_TO_CART,
        item("rice-5kg", 2),
        item("milk"),
        item(None, 1, "caviar"),
        also=(Action(Intent.REMOVE_FROM_CART, (item("soap"),)),),
    )
    assert talk.shop.cart.quantities == {"rice-5kg": 2, "milk": 1}
    assert talk.keys[:3] == ("changes-added", "changes-missing", "refused-not-in-cart")
    assert parts(talk.reply.messages[0].values["items"]) == ("2 x Rice 5kg", "1 x Fresh milk")
    assert talk.options == ("checkout", "cart", "browse")
    assert talk.shop.catalogue.misses == ["caviar"]


def test_what_several_of_a_kind_cost_is_said_for_all_of_them(talk: Conversation) -> None:
    """ "2kg rice" is two small bags: the price beside "2 x 1kg" is that of both."""
    talk.say(Intent.ADD_TO_CART, item("rice", 2, unit="kg"))
    assert talk.options[:2] == ("add:rice-1kg:2", "add:rice-5kg:1")
    both = talk.reply.menu.options[0].description
    assert both.values["price"] == talk.shop.catalogue.product("rice").variant("rice-1kg").price * 2


def test_a_product_with_kinds_is_asked_for_its_kind_by_complete_options(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("rice", 2))
    assert talk.shop.cart.quantities == {}
    assert talk.options == ("add:rice-1kg:2", "add:rice-5kg:2", "no")
    talk.choose("add:rice-5kg:2")
    assert talk.shop.cart.quantities == {"rice-5kg": 2}


def test_between_two_near_products_it_is_asked_which(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item(None, 3, "soup", candidates=("soap", "salt")))
    assert talk.keys == ("ask-which",)
    assert talk.options == ("add:soap:3", "add:salt:3", "no")


def test_questions_are_asked_one_after_the_other(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("rice", 1), item("soap", "2.5"))
    talk.choose("add:rice-1kg:1")
    assert talk.options == ("add:soap:2", "add:soap:3", "no")
    talk.choose("add:soap:3")
    assert talk.shop.cart.quantities == {"rice-1kg": 1, "soap": 3}
    assert talk.state == "more"


def test_what_is_counted_twice_is_asked_for_its_number(talk: Conversation) -> None:
    """ "3 soap, no wait, 4 soap, and a milk" is never seven."""
    talk.say(Intent.ADD_TO_CART, item("soap", 3), item("soap", 4), item("milk"))
    assert talk.shop.cart.quantities == {"milk": 1}
    assert talk.options == ("add:soap:4", "add:soap:3", "no")
    talk.choose("add:soap:4")
    assert talk.shop.cart.quantities == {"milk": 1, "soap": 4}


def test_what_is_counted_alike_twice_is_added_twice(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("soap", 2), item("soap", 2))
    assert talk.shop.cart.quantities == {"soap": 4}


def test_the_kind_may_be_named_in_words(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("rice", 2))
    talk.say(Intent.SEARCH, item("rice-5kg"), text="the 5kg one")
    assert talk.shop.cart.quantities == {"rice-5kg": 2}


def test_the_kind_may_be_named_by_what_tells_it_apart(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("rice", 2))
    assert talk.reply.menu is not None
    assert [option.label for option in talk.reply.menu.options][:2] == [
        verbatim("1kg"),
        verbatim("5kg"),
    ]
    talk.say(Intent.ADD_TO_CART, item(None, 5, "5kg", unit="kg"), text="the 5kg one")
    assert talk.shop.cart.quantities == {"rice-5kg": 2}


def test_below_a_confidence_nothing_is_changed_before_a_yes(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", 2), confidence=0.6)
    assert talk.shop.cart.quantities == {}
    assert talk.options == ("add:milk:2", "no")
    talk.say(Intent.AFFIRM)
    assert talk.shop.cart.quantities == {"milk": 2}


def test_an_unsure_yes_changes_nothing(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", 2), confidence=0.6)
    talk.say(Intent.AFFIRM, confidence=0.6)
    assert talk.shop.cart.quantities == {}


def test_a_no_leaves_everything_as_it_was(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", 2), confidence=0.6)
    talk.choose("no")
    assert talk.shop.cart.quantities == {}
    assert talk.keys[0] == "left-as-it-was"
    assert talk.state == "home"


def test_several_unsure_changes_are_confirmed_together(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", 2), item("soap", 1), confidence=0.6)
    assert talk.options == ("do:add:milk:2;add:soap:1", "no")
    talk.choose("do:add:milk:2;add:soap:1")
    assert talk.shop.cart.quantities == {"milk": 2, "soap": 1}


@pytest.mark.parametrize(
    ("quantity", "key"),
    [
        (0, "quantity-zero"),
        (-1, "quantity-negative"),
        ("1e9", "refused-too-many"),
        ("NaN", "refused-too-many"),
    ],
)
def test_odd_quantities_are_answered_and_change_nothing(
    talk: Conversation, quantity: str, key: str
) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", quantity))
    assert talk.shop.cart.quantities == {}
    assert talk.keys[0] == key


@pytest.mark.parametrize(("quantity", "ways"), [("0.5", (1,)), ("2.5", (2, 3))])
def test_halves_are_asked_as_whole_numbers(
    talk: Conversation, quantity: str, ways: tuple[int, ...]
) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", quantity))
    assert talk.options == (*(f"add:milk:{way}" for way in ways), "no")


def test_a_weight_of_what_is_sold_in_pieces_is_asked_back(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", 2, "2 litres of milk", unit="litres"))
    assert talk.options == ("add:milk:2", "no")
    talk.say(Intent.ADD_TO_CART, item("beans", 2, unit="kg"))
    assert talk.shop.cart.quantities == {"beans": 2}


def test_more_than_is_left_offers_what_is_left(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("beans", 5))
    assert talk.keys == ("refused-only-left",)
    assert talk.values["name"] == "Beans"
    talk.choose("set:beans:2")
    assert talk.shop.cart.quantities == {"beans": 2}


def test_nothing_is_offered_when_all_that_is_left_is_in_the_cart(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("beans", 2))
    talk.say(Intent.ADD_TO_CART, item("beans", 1))
    assert talk.keys[0] == "refused-only-left"
    assert talk.state == "more"


def test_what_is_sold_out_is_said(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("salt", 1))
    assert talk.keys[0] == "ask-instead"


def test_a_shop_s_most_per_product_is_said(talk: Conversation) -> None:
    talk.shop.cart.most = 5
    talk.say(Intent.ADD_TO_CART, item("milk", 6))
    assert talk.keys[0] == "refused-too-many"
    assert talk.reply.messages[0].values["most"] == 5


def test_a_swap_brings_the_new_in_the_quantity_of_the_old(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("rice-5kg", 2))
    talk.say(Intent.UPDATE_CART, item("rice-5kg", 0), item("rice-1kg"))
    assert talk.shop.cart.quantities == {"rice-1kg": 2}


def test_a_swap_for_something_sold_out_keeps_the_old(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("soap", 2))
    talk.say(Intent.UPDATE_CART, item("soap", 0), item("salt"))
    assert talk.shop.cart.quantities == {"soap": 2}
    assert talk.keys[0] == "ask-instead"


def test_a_swap_that_must_be_asked_is_whole_in_each_option(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("soap", 2))
    talk.say(Intent.UPDATE_CART, item("soap", 0), item("rice", 1))
    assert talk.options[0] == "swap:add:rice-1kg:1;take:soap:0"
    talk.choose("swap:add:rice-1kg:1;take:soap:0")
    assert talk.shop.cart.quantities == {"rice-1kg": 1}


def test_an_unsure_swap_is_confirmed_whole(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("rice-5kg", 2))
    talk.say(Intent.UPDATE_CART, item("rice-5kg", 0), item("rice-1kg"), confidence=0.6)
    assert talk.shop.cart.quantities == {"rice-5kg": 2}
    talk.choose("swap:add:rice-1kg:2;take:rice-5kg:0")
    assert talk.shop.cart.quantities == {"rice-1kg": 2}


def test_taking_some_away_leaves_the_rest(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", 5))
    talk.say(Intent.REMOVE_FROM_CART, item("milk", 2))
    assert talk.shop.cart.quantities == {"milk": 3}


def test_removing_a_product_means_its_kind_in_the_cart(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("rice-5kg", 2))
    talk.say(Intent.REMOVE_FROM_CART, item("rice"))
    assert talk.shop.cart.quantities == {}
    assert talk.keys[0] == "changes-removed"


def test_make_it_five_means_what_was_added_last(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", 2))
    assert talk.place is not None
    assert talk.place.spot.data["sku"] == "milk"
    talk.say(Intent.UPDATE_CART, item("milk", 5))
    assert talk.shop.cart.quantities == {"milk": 5}


def test_adding_and_checking_out_in_one_message(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", 2), also=(Action(Intent.CHECKOUT),))
    assert talk.state == "fulfilment"
    assert talk.keys[0] == "changes-added"


def test_a_greeting_that_also_orders_is_carried_out(talk: Conversation) -> None:
    action = Action(Intent.ADD_TO_CART, (item("milk", 2),))
    talk.say(Intent.GREET, also=(action,))
    assert talk.shop.cart.quantities == {"milk": 2}
    assert talk.keys[0] == "changes-added"


def test_every_change_is_counted(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", 2), item("soap", 1))
    assert talk.shop.facts.names == ["cart-changed", "cart-changed"]


def test_reading_a_cart_is_no_change_of_it(talk: Conversation) -> None:
    talk.say(Intent.VIEW_CART)
    assert talk.keys == ("cart-empty",)
    assert talk.shop.facts.names == []


def test_whoever_goes_on_to_pay_has_agreed_to_what_was_asked(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", 2), confidence=0.6)
    assert talk.shop.cart.quantities == {}
    talk.say(Intent.CHECKOUT)
    assert talk.shop.cart.quantities == {"milk": 2}
    assert talk.state == "fulfilment"


def test_nobody_hears_of_an_empty_cart_before_having_chosen(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("rice", 2))
    talk.say(Intent.CHECKOUT)
    assert (talk.state, talk.keys[0]) == ("which", "choose-one")
