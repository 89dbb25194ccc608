"""Browsing, menus, questions, people, languages, and not being understood."""

from decimal import Decimal

import pytest

from flows.customer.human import held
from flows.customer.quantities import Odd, judge, nearest, written
from flows.heard import Attachment, Choice, Dialled, MediaKind, Stale
from flows.message import Message, verbatim
from flows.place import Place, Spot
from intents.intent import Intent
from intents.understanding import Asked
from tests.fakes.conversation import Conversation, item
from tests.fakes.ports import FakeShop, an_order, ugx


@pytest.fixture
def talk() -> Conversation:
    talk = Conversation(FakeShop())
    talk.say(Intent.GREET)
    return talk


def test_the_main_menu(talk: Conversation) -> None:
    assert talk.options == ("browse", "search", "track", "help", "human", "language")
    talk.shop.cart.add("milk", 2)
    talk.shop.orders.placed[1001] = an_order()
    talk.say(Intent.GREET)
    assert talk.options[:2] == ("cart", "checkout")
    assert talk.reply.menu is not None
    labels = {option.id: option.label for option in talk.reply.menu.options}
    assert labels["track"] == Message("option-track-order", number=1001)


def test_by_menu_from_the_shelf_to_the_cart(talk: Conversation) -> None:
    talk.choose("browse", "category:food", "product:rice", "variant:rice-5kg")
    assert talk.reply.asks is Asked.QUANTITY
    talk.choose("add:rice-5kg:1", "cart")
    assert talk.options == ("checkout", "browse", "change", "clear")
    assert talk.values["total"] == ugx(24000)


def test_few_are_said_and_none_sells_nothing(talk: Conversation) -> None:
    talk.choose("browse", "category:food", "product:beans")
    assert "product-only-left" in talk.keys
    talk.choose("back", "product:salt")
    assert "product-sold-out" in talk.keys
    assert talk.options == ("category:food", "tell-back:salt", "human")


def test_a_picture_comes_once_with_the_card_and_again_only_when_asked_for(
    talk: Conversation,
) -> None:
    talk.choose("browse", "category:food", "product:milk")
    assert talk.reply.cover == "https://pictures.example/m.jpg"
    assert talk.reply.pictures == ()
    assert talk.options == ("add:milk:1", "quantity:milk")
    talk.hear(Stale("Bread"))
    assert talk.reply.cover is None
    talk.choose("picture:milk")
    assert [picture.url for picture in talk.reply.pictures] == ["https://pictures.example/m.jpg"]


def test_where_pictures_cannot_be_seen_none_is_offered(talk: Conversation) -> None:
    talk.medium = "sms"
    talk.choose("browse", "category:food", "product:milk")
    assert talk.reply.cover is None
    assert "picture:milk" not in talk.options


def test_another_quantity_in_digits(talk: Conversation) -> None:
    talk.choose("browse", "category:food", "product:milk", "quantity:milk")
    talk.say(Intent.UPDATE_CART, item(None, 12, "12"), text="12", confidence=0.4)
    assert talk.shop.cart.quantities == {"milk": 12}
    talk.choose("back")
    assert talk.state == "product"


def test_a_digit_that_no_option_of_a_card_has_is_asked_back(talk: Conversation) -> None:
    talk.choose("browse", "category:food", "product:milk")
    talk.say(Intent.UPDATE_CART, item("milk", 7, "7"), text="7")
    assert talk.shop.cart.quantities == {}
    assert talk.options == ("add:milk:7", "no")


def test_something_else_than_a_quantity_is_answered_with_a_hint(talk: Conversation) -> None:
    talk.choose("browse", "category:food", "product:milk", "quantity:milk")
    talk.write("purple")
    assert talk.keys[0] == "hint-quantity"
    talk.write("green")
    assert talk.keys[0] == "lost-write-human"
    assert talk.options == ()


def test_changing_and_removing_lines_by_menu(talk: Conversation) -> None:
    talk.shop.cart.add("milk", 2)
    talk.shop.cart.add("soap", 1)
    talk.choose("home")
    talk.say(Intent.VIEW_CART)
    talk.choose("change", "line:milk", "new-quantity:milk")
    talk.say(Intent.UPDATE_CART, item("milk", 5, "5"), text="5")
    assert talk.shop.cart.quantities == {"milk": 5, "soap": 1}
    assert talk.state == "cart"
    talk.choose("change", "line:soap", "take:soap:0")
    assert talk.shop.cart.quantities == {"milk": 5}
    assert talk.keys[0] == "changes-removed"


def test_zero_as_the_new_quantity_removes(talk: Conversation) -> None:
    talk.shop.cart.add("milk", 2)
    talk.say(Intent.VIEW_CART)
    talk.choose("change", "new-quantity:milk")
    talk.say(Intent.UPDATE_CART, item("milk", 0, "0"), text="0")
    assert talk.shop.cart.quantities == {}


def test_emptying_the_cart_needs_a_yes(talk: Conversation) -> None:
    talk.shop.cart.add("milk", 2)
    talk.say(Intent.CLEAR_CART)
    assert talk.shop.cart.quantities == {"milk": 2}
    talk.say(Intent.DENY)
    assert talk.shop.cart.quantities == {"milk": 2}
    talk.say(Intent.CLEAR_CART)
    talk.choose("yes")
    assert talk.shop.cart.quantities == {}


def test_the_cart_says_what_changed_since_it_was_seen(talk: Conversation) -> None:
    talk.shop.cart.add("milk", 5)
    talk.shop.cart.add("soap", 1)
    talk.shop.catalogue.change("milk", free=3)
    talk.shop.catalogue.change("soap", price=ugx(4500))
    talk.say(Intent.VIEW_CART)
    assert talk.keys[:2] == ("cart-reduced", "cart-repriced")


def test_searching_finds_one_some_or_none(talk: Conversation) -> None:
    talk.say(Intent.SEARCH, item("soap"))
    assert talk.state == "product"
    talk.say(Intent.SEARCH, item(None, mention="s", candidates=("soap", "salt")))
    assert talk.options == ("product:soap", "product:salt")
    talk.choose("home", "search")
    talk.write("caviar")
    assert talk.keys == ("not-found",)
    assert talk.shop.catalogue.misses == ["caviar"]


def test_a_code_from_a_poster_opens_its_product(talk: Conversation) -> None:
    talk.choose("search")
    talk.write("13")
    assert (talk.state, talk.values["name"]) == ("product", "Fresh milk")


def test_asking_for_a_price_means_what_was_named_or_is_on_the_screen(talk: Conversation) -> None:
    talk.say(Intent.ASK_PRICE, item("rice-5kg"))
    assert talk.values["price"] == ugx(24000)
    talk.say(Intent.ASK_AVAILABILITY)
    assert talk.values["price"] == ugx(24000)
    assert "product-viewed" in talk.shop.facts.names


def test_a_category_that_is_named_is_opened(talk: Conversation) -> None:
    talk.say(Intent.BROWSE, text="show me your household things")
    assert talk.values["name"] == verbatim("Household")


@pytest.mark.parametrize(
    ("intent", "key"),
    [
        (Intent.ASK_HOURS, "hours-list"),
        (Intent.ASK_LOCATION, "location-at"),
        (Intent.ASK_DELIVERY, "delivery-ways"),
        (Intent.ASK_PAYMENT, "payment-ways"),
        (Intent.NEGOTIATE, "negotiate-fixed"),
        (Intent.APPLY_COUPON, "coupon-none"),
        (Intent.LOYALTY_BALANCE, "loyalty-none"),
        (Intent.REVIEW, "rate-last"),
        (Intent.BALANCE, "wallet-none"),
        (Intent.TOP_UP, "wallet-none"),
        (Intent.WITHDRAW, "wallet-none"),
        (Intent.RECEIPT, "refused-nothing-paid"),
        (Intent.HELP, "help"),
    ],
)
def test_questions_are_answered_honestly_and_lead_back(
    talk: Conversation, intent: Intent, key: str
) -> None:
    talk.choose("browse", "category:food")
    talk.say(intent)
    assert talk.keys[0] == key
    assert talk.options[-1] == "back"
    talk.choose("back")
    assert talk.state == "category"


def test_delivery_to_a_named_area_says_its_fee_or_that_it_is_not_covered(
    talk: Conversation,
) -> None:
    talk.say(Intent.ASK_DELIVERY, area="Kamwokya")
    assert talk.reply.messages == (Message("delivery-fee", area="Kamwokya", fee=ugx(5000)),)
    talk.say(Intent.ASK_DELIVERY, area="Paris")
    assert talk.keys == ("delivery-not-there-pickup",)
    talk.say(Intent.OUT_OF_SCOPE, area="Kamwokya", confidence=0.2)
    assert talk.keys == ("delivery-fee",)


def test_days_with_the_same_hours_are_told_together(talk: Conversation) -> None:
    talk.say(Intent.ASK_HOURS)
    lines = talk.values["lines"]
    assert isinstance(lines, tuple)
    assert [line.key for line in lines] == ["hours-days", "hours-day", "hours-day"]


@pytest.mark.parametrize("intent", [Intent.TALK_TO_HUMAN, Intent.COMPLAIN, Intent.REFUND])
def test_a_person_can_be_had_and_left_again(talk: Conversation, intent: Intent) -> None:
    talk.choose("browse")
    talk.say(intent, text="my milk was sour")
    assert talk.shop.desk.holding
    assert talk.shop.desk.said == ["my milk was sour"]
    assert talk.options == ()
    talk.say(Intent.ADD_TO_CART, item("milk", 1), text="1")
    assert talk.reply.silent
    assert talk.shop.cart.quantities == {}
    talk.hear(Attachment(MediaKind.PICTURE, "https://media.example/1", "look"))
    assert talk.shop.desk.said[1:] == ["1", "[picture] look https://media.example/1"]
    talk.choose("home")
    assert not talk.shop.desk.holding
    assert talk.state == "categories"


def test_the_word_bot_gives_the_talk_back(talk: Conversation) -> None:
    talk.choose("human")
    talk.write(" Bot ")
    assert not talk.shop.desk.holding
    assert talk.state == "home"


def test_on_ussd_the_seller_calls() -> None:
    talk = Conversation(FakeShop(), "ussd")
    talk.hear(Dialled())
    talk.choose("human")
    assert talk.reply.ends
    assert talk.keys == ("human-will-call",)


def test_a_held_talk_stands_with_the_seller_once() -> None:
    place = held(Place(Spot("cart")))
    assert (place.spot.state, [spot.state for spot in place.trail]) == ("human", ["cart"])
    assert held(place) == place
    assert held(None).spot.state == "human"


def test_a_language_of_the_shop_is_chosen_and_others_are_not_promised(talk: Conversation) -> None:
    talk.say(Intent.CHANGE_LANGUAGE, locale_change="sw")
    assert talk.shop.customer.kept.locale == "sw"
    assert talk.keys[0] == "language-chosen"
    talk.say(Intent.CHANGE_LANGUAGE, locale_change="fr")
    assert talk.keys[0] == "language-not-here"
    talk.choose("locale:en")
    assert talk.shop.customer.kept.locale == "en"


def test_stop_and_start(talk: Conversation) -> None:
    talk.say(Intent.OPT_OUT, confidence=0.6)
    assert not talk.shop.customer.kept.opted_out
    talk.choose("stop")
    assert talk.shop.customer.kept.opted_out
    talk.say(Intent.OPT_IN)
    assert not talk.shop.customer.kept.opted_out


def test_an_option_of_an_older_list_is_named_and_asked_again(talk: Conversation) -> None:
    talk.choose("browse")
    talk.hear(Stale("Rice"))
    assert talk.reply.messages[0] == Message("list-was-older", label="Rice")
    assert talk.options == ("category:food", "category:home")


def test_an_option_that_means_nothing_here_changes_nothing(talk: Conversation) -> None:
    talk.hear(Choice("confirm"))
    assert talk.keys[0] == "older-choice"
    assert talk.shop.facts.names == []


def test_two_misunderstandings_in_a_row_offer_a_person(talk: Conversation) -> None:
    talk.write("asdf")
    assert talk.keys[0] == "hint-home"
    talk.write("qwer")
    assert talk.keys[0] == "lost-human"
    assert "human" in talk.options
    assert talk.shop.facts.names == ["not-understood", "not-understood"]
    talk.choose("browse")
    talk.write("asdf")
    assert talk.keys[0] == "hint-any"


def test_goods_without_a_clear_wish_are_offered_not_added(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", 1), confidence=0.3)
    assert talk.shop.cart.quantities == {}
    assert talk.options == ("add:milk:1", "no")


def test_a_deep_code_opens_a_product_or_an_order() -> None:
    talk = Conversation(FakeShop(), "ussd")
    talk.hear(Dialled("13"))
    assert (talk.state, talk.values["name"]) == ("product", "Fresh milk")
    talk.shop.orders.placed[1001] = an_order()
    talk.hear(Dialled("1001", resumable=True))
    assert talk.state == "order"
    talk.hear(Dialled("777"))
    assert (talk.state, talk.keys[0]) == ("home", "code-unknown")
    talk.hear(Dialled("1002"))
    assert (talk.state, talk.keys[0]) == ("home", "code-unknown")


def test_a_dropped_session_offers_to_continue() -> None:
    talk = Conversation(FakeShop(), "ussd")
    talk.hear(Dialled())
    talk.choose("browse", "category:food")
    talk.hear(Dialled(resumable=True))
    assert talk.options == ("continue", "restart")
    talk.hear(Dialled(resumable=True))
    talk.choose("continue")
    assert talk.state == "category"
    talk.hear(Dialled(resumable=True))
    talk.choose("restart")
    assert talk.state == "home"
    talk.hear(Dialled(resumable=True))
    assert talk.state == "home"


def test_who_returns_in_the_middle_of_a_checkout_finds_it_there(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", 2))
    talk.choose("checkout")
    talk.say(Intent.GREET)
    assert talk.keys[0] == "welcome-back"
    assert talk.state == "fulfilment"


def test_thanks_and_goodbye(talk: Conversation) -> None:
    talk.say(Intent.THANKS)
    assert talk.keys == ("thanks",)
    talk.shop.cart.add("milk", 1)
    talk.say(Intent.GOODBYE)
    assert talk.keys == ("goodbye-cart",)


@pytest.mark.parametrize("kind", MediaKind)
def test_what_carries_no_words_is_acknowledged_with_a_way_on(
    talk: Conversation, kind: MediaKind
) -> None:
    talk.hear(Attachment(kind))
    assert talk.keys[0].startswith("attachment-")
    assert "human" in talk.options


def test_quantities_are_whole_and_within_reason() -> None:
    assert judge(Decimal("3.0")) == 3
    assert judge(Decimal("-1")) is Odd.NEGATIVE
    assert judge(Decimal("1000")) is Odd.ABSURD
    assert judge(Decimal("0.5")) is Odd.FRACTION
    assert nearest(Decimal("0.5")) == (1,)
    assert written(Decimal("1E+9")) == "1000000000"
    assert written(Decimal("2.50")) == "2.5"
