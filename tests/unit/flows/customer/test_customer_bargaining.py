from decimal import Decimal

import pytest

from flows.customer.cart import differences
from flows.heard import Choice
from flows.ports.cart import Cart, Lapsed
from intents.intent import Intent
from tests.fakes.conversation import Conversation, item, said
from tests.fakes.ports import FakeShop, ugx

FLOORS = {"rice-5kg": 20000, "rice-1kg": 5000, "milk": 3000}


@pytest.fixture
def talk() -> Conversation:
    shop = FakeShop()
    shop.bargains.floors = dict(FLOORS)
    return Conversation(shop)


def cheaper(talk: Conversation, figure: int | None = None, *items, **more) -> tuple[str, ...]:
    """ "Last price?", or a price for it."""
    amount = None if figure is None else Decimal(figure)
    talk.say(Intent.NEGOTIATE, *items, amount=amount, text=f"can you do {figure}", **more)
    return talk.keys


def number(figure: int):
    """A bare number, as the engine reads it where a number was asked for."""
    return said(Intent.ADD_TO_CART, item("rice-5kg", figure, str(figure)), text=str(figure))


def test_the_first_counter_offer_leaves_room_and_can_be_taken(talk: Conversation) -> None:
    assert cheaper(talk, None, item("rice-5kg")) == ("bargain-now",)
    assert (talk.values["listed"], talk.values["price"]) == (ugx(24000), ugx(22500))
    assert talk.options == ("deal:rice-5kg", "say-price", "no")
    assert talk.shop.facts.names == ["bargain-opened"]


def test_a_deal_asks_how_many_and_puts_them_in_at_that_price(talk: Conversation) -> None:
    cheaper(talk, None, item("rice-5kg"))
    talk.choose("deal:rice-5kg")
    assert talk.keys == ("bargain-agreed", "quantity-ask")
    assert talk.values["price"] == ugx(22500)
    talk.hear(said(Intent.ADD_TO_CART, item("rice-5kg", 2, "2"), text="2"))
    [line] = talk.shop.cart.read().lines
    assert (line.quantity, line.unit_price) == (2, ugx(22500))
    assert talk.shop.facts.names[:2] == ["bargain-opened", "bargain-agreed"]


def test_a_deal_about_what_is_in_the_cart_changes_that_line_and_asks_nothing(
    talk: Conversation,
) -> None:
    talk.shop.cart.add("rice-5kg", 3)
    cheaper(talk)
    talk.say(Intent.AFFIRM)
    assert talk.state == "cart"
    assert talk.keys[0] == "bargain-agreed"
    assert talk.shop.cart.read().subtotal == ugx(3 * 22500)


def test_who_agrees_in_the_checkout_goes_on_with_it_at_the_new_total(talk: Conversation) -> None:
    talk.shop.cart.add("rice-5kg", 2)
    talk.say(Intent.CHECKOUT)
    talk.choose("pickup", "cash")
    assert talk.state == "summary"
    cheaper(talk)
    talk.choose("deal:rice-5kg")
    assert talk.state == "summary"
    assert talk.values["total"] == ugx(45000)
    talk.choose("confirm")
    assert talk.shop.orders.placed[1001].lines[0].unit_price == ugx(22500)


@pytest.mark.parametrize("figure", [22500, 22600, 23900])
def test_an_offer_that_is_good_enough_is_taken_as_it_was_made(
    talk: Conversation, figure: int
) -> None:
    cheaper(talk, figure, item("rice-5kg"))
    assert talk.values["price"] == ugx(figure)
    assert talk.state == "quantity"


def test_a_bare_number_is_an_offer_while_one_haggles(talk: Conversation) -> None:
    cheaper(talk, None, item("rice-5kg"))
    talk.hear(number(20000))
    assert talk.keys == ("bargain-too-little", "bargain-now")
    talk.hear(number(21200))
    assert talk.keys[0] == "bargain-agreed"
    assert talk.values["price"] == ugx(21200)


def test_asking_again_concedes_less_until_the_last_price(talk: Conversation) -> None:
    seen = [cheaper(talk, None, item("rice-5kg")) and talk.values["price"] for _ in range(5)]
    assert seen == [ugx(22500), ugx(21500), ugx(21000), ugx(21000), ugx(21000)]
    assert talk.keys == ("bargain-last",)
    assert cheaper(talk, 19900) == ("bargain-too-little", "bargain-last")
    assert cheaper(talk, 20000)[0] == "bargain-agreed"


def test_the_floor_is_in_nothing_that_is_said(talk: Conversation) -> None:
    told: list[object] = []
    for offer in (None, 12000, 15000, 19000, 19900, None, 19999):
        cheaper(talk, offer, item("rice-5kg"))
        told += [value for message in talk.reply.messages for value in message.values.values()]
    assert ugx(20000) not in told


def test_a_no_goes_back_to_where_one_was_and_changes_nothing(talk: Conversation) -> None:
    talk.say(Intent.ASK_PRICE, item("milk"))
    cheaper(talk)
    talk.say(Intent.DENY)
    assert talk.state == "product"
    assert talk.keys[0] == "bargain-left"
    assert talk.shop.cart.agreed == {}
    assert talk.shop.facts.names[-1] == "bargain-refused"


def test_what_is_on_the_screen_is_meant(talk: Conversation) -> None:
    talk.say(Intent.ASK_PRICE, item("milk"))
    cheaper(talk)
    assert talk.values["name"] == "Fresh milk"


def test_of_several_things_in_the_cart_it_is_asked_which(talk: Conversation) -> None:
    talk.shop.cart.add("rice-5kg", 1)
    talk.shop.cart.add("milk", 1)
    talk.shop.cart.add("soap", 1)
    assert cheaper(talk)[0] == "bargain-which"
    assert talk.options == ("bargain:rice-5kg", "bargain:milk")
    talk.choose("bargain:milk")
    assert talk.values["name"] == "Fresh milk"


def test_an_amount_for_several_things_is_not_guessed_to_be_for_one(talk: Conversation) -> None:
    talk.shop.cart.add("rice-5kg", 1)
    talk.shop.cart.add("soap", 1)
    assert cheaper(talk, 22600)[0] == "bargain-which"
    talk.choose("bargain:rice-5kg")
    assert talk.state == "bargain-mean"
    talk.choose("yes")
    assert talk.shop.cart.agreed == {"rice-5kg": ugx(22600)}


def test_a_product_in_several_kinds_is_asked_about(talk: Conversation) -> None:
    assert cheaper(talk, None, item("rice"))[0] == "bargain-which"
    assert talk.options == ("bargain:rice-1kg", "bargain:rice-5kg")
    talk.say(Intent.NEGOTIATE, item("rice-1kg"))
    assert talk.values["name"] == "Rice 1kg"


def test_with_nothing_spoken_of_it_is_asked_what(talk: Conversation) -> None:
    assert cheaper(talk) == ("bargain-what",)
    talk.say(Intent.SEARCH, item("milk"))
    assert talk.values["name"] == "Fresh milk"


@pytest.mark.parametrize(
    ("figure", "in_cart", "words", "offered"),
    [
        (22, 1, "22", 22000),
        (45000, 2, "45000", 22500),
        (22600, 1, "22600 for 3", 22600),
    ],
)
def test_a_figure_that_may_mean_something_else_is_asked(
    talk: Conversation, figure: int, in_cart: int, words: str, offered: int
) -> None:
    talk.shop.cart.add("rice-5kg", in_cart)
    talk.say(Intent.NEGOTIATE, amount=Decimal(figure), text=words)
    assert (talk.state, talk.values["price"]) == ("bargain-mean", ugx(offered))
    assert talk.shop.cart.agreed == {}
    talk.say(Intent.AFFIRM)
    assert talk.state == ("cart" if offered >= 22500 else "bargain")


@pytest.mark.parametrize("figure", [23, 100, 30000])
def test_a_figure_that_can_be_no_price_of_it_is_asked_again(
    talk: Conversation, figure: int
) -> None:
    talk.shop.cart.add("milk", 1)
    talk.say(Intent.NEGOTIATE, amount=Decimal(figure), text=str(figure))
    assert talk.state == "bargain-offer"
    assert talk.shop.bargains.counters == {}


def test_who_was_not_surely_understood_is_asked(talk: Conversation) -> None:
    cheaper(talk, 23000, item("rice-5kg"), confidence=0.6)
    assert talk.state == "bargain-mean"
    talk.say(Intent.AFFIRM, confidence=0.6)
    assert talk.shop.cart.agreed == {}
    talk.say(Intent.DENY)
    assert talk.shop.cart.agreed == {}


def test_more_than_it_costs_is_never_agreed(talk: Conversation) -> None:
    assert cheaper(talk, 30000, item("rice-5kg"))[0] == "bargain-above"
    assert talk.state == "bargain-offer"
    assert talk.shop.cart.agreed == {}


def test_an_amount_in_words_is_an_offer(talk: Conversation) -> None:
    cheaper(talk, None, item("rice-5kg"))
    words = item("rice-5kg", 22000, "twenty two thousand")
    talk.hear(said(Intent.ADD_TO_CART, words, text="twenty two thousand"))
    assert talk.shop.cart.agreed == {"rice-5kg": ugx(22000)}


def test_a_yes_does_not_say_how_many(talk: Conversation) -> None:
    cheaper(talk, 23000, item("rice-5kg"))
    talk.say(Intent.AFFIRM)
    assert (talk.state, talk.keys[0]) == ("quantity", "hint-quantity")
    assert talk.shop.cart.read().lines == ()


def test_pieces_are_not_taken_for_a_price(talk: Conversation) -> None:
    cheaper(talk, None, item("rice-5kg"))
    talk.say(Intent.ADD_TO_CART, item("rice-5kg", 2, "2 bags", "bags"), text="2 bags")
    assert talk.keys[0] == "bargain-price-first"
    assert talk.shop.cart.read().lines == ()


def test_other_goods_that_are_named_are_not_haggled_about(talk: Conversation) -> None:
    cheaper(talk, None, item("rice-5kg"))
    talk.say(Intent.ADD_TO_CART, item("soap", 2))
    assert [line.sku for line in talk.shop.cart.read().lines] == ["soap"]
    assert talk.shop.cart.agreed == {}


def test_what_has_one_price_is_said_kindly_with_the_seller_one_tap_away(
    talk: Conversation,
) -> None:
    assert cheaper(talk, None, item("soap")) == ("negotiate-fixed",)
    assert "human" in talk.options


def test_a_shop_without_floors_asks_no_questions_about_them(talk: Conversation) -> None:
    talk.shop.bargains.floors = {}
    assert cheaper(talk) == ("negotiate-fixed",)


def test_what_is_sold_out_is_not_haggled_about(talk: Conversation) -> None:
    talk.shop.bargains.floors["salt"] = 800
    assert cheaper(talk, None, item("salt")) == ("refused-sold-out",)


def test_one_deal_a_day(talk: Conversation) -> None:
    cheaper(talk, 22600, item("rice-5kg"))
    assert cheaper(talk, 20000, item("rice-5kg"))[0] == "bargain-agreed-before"
    assert talk.values["price"] == ugx(22600)
    talk.shop.cart.agreed.clear()
    assert cheaper(talk, 20000, item("rice-5kg")) == ("refused-deal-done",)


def test_the_card_says_what_was_agreed_beside_the_price(talk: Conversation) -> None:
    cheaper(talk, 22600, item("rice-5kg"))
    talk.say(Intent.ASK_PRICE, item("rice-5kg"))
    assert talk.keys[:2] == ("product-priced", "product-agreed")
    assert talk.values["price"] == ugx(22600)


def test_on_ussd_a_number_is_an_offer_only_where_it_is_asked_for() -> None:
    shop = FakeShop()
    shop.bargains.floors = dict(FLOORS)
    talk = Conversation(shop, "ussd")
    talk.say(Intent.ASK_PRICE, item("rice-5kg"))
    talk.choose("bargain:rice-5kg")
    talk.hear(number(23000))
    assert talk.keys[0] == "choose-one"
    assert shop.cart.agreed == {}
    talk.choose("say-price")
    assert talk.keys == ("bargain-ask",)
    assert talk.options == ()
    talk.hear(number(22000))
    assert shop.cart.agreed == {"rice-5kg": ugx(22000)}


def test_a_price_that_went_below_the_counter_offer_is_countered_anew(talk: Conversation) -> None:
    talk.shop.bargains.floors["rice-5kg"] = 18000
    cheaper(talk, None, item("rice-5kg"))
    talk.shop.catalogue.change("rice-5kg", price=ugx(21000))
    talk.hear(Choice("deal:rice-5kg"))
    assert talk.shop.cart.agreed == {}
    assert (talk.keys, talk.values["price"]) == (("bargain-now",), ugx(19800))


def test_the_cart_says_that_an_agreement_is_over(talk: Conversation) -> None:
    over = Lapsed("Rice 5kg", ugx(22500), ugx(24000))
    [told] = differences(Cart((), ugx(0), (over,)))
    assert (told.key, told.values["after"]) == ("cart-lapsed", ugx(24000))
