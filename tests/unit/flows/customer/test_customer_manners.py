"""What people say beside buying: a yes to nothing, a look at something else, words instead of numbers."""

from dataclasses import replace
from decimal import Decimal

import pytest

from flows.customer.carrying import Outcome
from flows.heard import Attachment, Choice, MediaKind
from flows.message import Message
from flows.ports.delivery import Fulfilment
from flows.ports.orders import OrderStatus, PaymentStatus
from intents.intent import Intent
from intents.understanding import Asked, Item
from tests.fakes.conversation import Conversation, item, said
from tests.fakes.ports import FakeShop, an_order, ugx
from tests.unit.flows.customer.test_customer_checkout import to_summary


@pytest.fixture
def talk() -> Conversation:
    return Conversation(FakeShop())


@pytest.fixture
def buying(talk: Conversation) -> Conversation:
    talk.say(Intent.ADD_TO_CART, item("rice-5kg", 2))
    return talk


@pytest.mark.parametrize("intent", [Intent.AFFIRM, Intent.DENY])
def test_a_yes_or_no_out_of_the_blue_is_no_misunderstanding(
    talk: Conversation, intent: Intent
) -> None:
    talk.say(Intent.GREET)
    menu = talk.options
    for _ in range(3):
        talk.say(intent)
    assert talk.keys == ("what-next",)
    assert talk.options == menu
    assert "not-understood" not in talk.shop.facts.names


def test_an_ok_to_what_was_told_does_not_tell_it_again(talk: Conversation) -> None:
    talk.shop.orders.placed[1001] = an_order(1001)
    talk.say(Intent.TRACK_ORDER)
    talk.say(Intent.AFFIRM)
    assert talk.keys == ("what-next",)
    assert talk.state == "order"


def test_a_yes_to_a_product_changes_nothing(talk: Conversation) -> None:
    talk.say(Intent.ASK_PRICE, item("milk"))
    talk.say(Intent.AFFIRM)
    assert talk.keys[0] == "choose-one"
    assert not talk.shop.cart.quantities


def test_a_no_to_a_product_leaves_it(talk: Conversation) -> None:
    talk.say(Intent.ASK_PRICE, item("milk"))
    talk.say(Intent.DENY)
    assert (talk.state, talk.keys) == ("home", ("what-next",))


def test_a_yes_after_two_misunderstandings_is_never_asked_about_the_seller_instead(
    buying: Conversation,
) -> None:
    """The same "yes" would place the order."""
    to_summary(buying, "cash")
    for _ in range(3):
        buying.write("glorp")
    assert "summary-delivery" in buying.keys
    assert buying.options[0] == "human"


def test_the_third_misunderstanding_does_not_tell_everything_again(talk: Conversation) -> None:
    talk.say(Intent.GREET)
    for _ in range(3):
        talk.write("glorp")
    assert talk.keys == ("lost-human",)
    assert "human" in talk.options


def test_who_looked_at_something_else_goes_on_with_the_checkout_where_it_was(
    buying: Conversation,
) -> None:
    to_summary(buying).say(Intent.ASK_PRICE, item("milk"))
    assert "checkout" in buying.options
    buying.choose("checkout")
    assert buying.state == "summary"
    assert "blue gate" in str(buying.reply)


def test_what_was_added_on_the_way_is_in_the_order(buying: Conversation) -> None:
    to_summary(buying).say(Intent.ASK_PRICE, item("milk"))
    buying.choose("add:milk:1")
    assert buying.state == "summary"
    assert "1 x Fresh milk" in str(buying.reply)


def test_the_address_can_be_changed_before_the_order_is_placed(buying: Conversation) -> None:
    to_summary(buying).hear(Choice("address"))
    assert buying.state == "area"


def test_a_place_answers_how_it_is_to_be_brought(buying: Conversation) -> None:
    buying.choose("checkout")
    buying.hear(said(Intent.ASK_DELIVERY, area="Kamwokya", text="bring it to kamwokya"))
    assert buying.state == "landmark"
    buying.write("blue gate")
    assert buying.state == "rail"


def test_nobody_is_told_to_choose_an_area_from_no_list(buying: Conversation) -> None:
    buying.shop.delivery.covered = tuple(f"Village {n}" for n in range(12))
    buying.choose("checkout", "standard")
    assert (buying.keys, buying.options) == (("area-write",), ())


def test_start_says_welcome_once(talk: Conversation) -> None:
    talk.say(Intent.OPT_OUT)
    talk.say(Intent.OPT_IN)
    assert talk.reply.messages == (Message("started", shop=talk.shop.info.name),)
    assert "browse" in talk.options


def test_start_asks_again_what_stop_left_open(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("rice-5kg", 2))
    talk.choose("checkout")
    talk.say(Intent.OPT_OUT)
    talk.say(Intent.OPT_IN)
    assert talk.keys == ("started", "fulfilment-ask")
    assert "standard" in talk.options


def test_what_is_refused_twice_for_one_reason_is_said_once() -> None:
    twice = [Message("only-left", count=1), Message("only-left", count=1), Message("wishlist-none")]
    assert Outcome(problems=twice).messages() == (twice[0], twice[2])


def test_without_any_order_there_is_none_to_cancel(talk: Conversation) -> None:
    talk.say(Intent.GREET)
    talk.say(Intent.CANCEL_ORDER)
    assert talk.keys[0] == "no-orders"


def test_a_dearer_area_is_refused_before_the_landmark_is_asked(talk: Conversation) -> None:
    """The fee of a paid order stays, and it is not true that nobody goes there."""
    talk.shop.orders.placed[1001] = an_order(1001, payment_status=PaymentStatus.PAID)
    talk.shop.delivery.dear["Ntinda"] = ugx(8000)
    talk.say(Intent.TRACK_ORDER)
    talk.choose("address:1001", "area:Ntinda")
    assert (talk.state, talk.keys[0]) == ("area", "refused-dearer-area")


def test_an_unpaid_order_goes_to_a_dearer_area_after_a_yes(talk: Conversation) -> None:
    talk.shop.orders.placed[1001] = an_order(1001)
    talk.shop.delivery.dear["Ntinda"] = ugx(8000)
    talk.say(Intent.TRACK_ORDER)
    talk.choose("address:1001", "area:Ntinda")
    talk.write("blue gate")
    assert (talk.state, talk.keys) == ("dearer-address", ("refused-address-costs",))
    talk.choose("no")
    assert (talk.state, talk.shop.orders.placed[1001].total) == ("order", ugx(53000))
    talk.choose("address:1001", "area:Ntinda")
    talk.write("blue gate")
    talk.say(Intent.AFFIRM)
    assert talk.keys[0] == "address-changed-total"
    moved = talk.shop.orders.placed[1001]
    assert (moved.area, moved.landmark, moved.total) == ("Ntinda", "blue gate", ugx(56000))


@pytest.fixture
def paid(talk: Conversation) -> Conversation:
    """An order that is paid, at a shop that takes cash, and Ntinda costs 3,000 more."""
    talk.shop.info = replace(talk.shop.info, takes_cash=True)
    talk.shop.orders.placed[1001] = an_order(
        1001, rail="mtn-momo", payment_status=PaymentStatus.PAID
    )
    talk.shop.delivery.dear["Ntinda"] = ugx(8000)
    talk.say(Intent.TRACK_ORDER)
    return talk


def test_a_paid_order_goes_to_a_dearer_area_after_a_yes_to_cash_at_the_door(
    paid: Conversation,
) -> None:
    paid.choose("address:1001", "area:Ntinda")
    paid.write("blue gate")
    assert (paid.state, paid.keys) == ("dearer-address", ("refused-door-costs",))
    paid.choose("no")
    assert paid.shop.orders.placed[1001].due_at_door is None
    paid.choose("address:1001", "area:Ntinda")
    paid.write("blue gate")
    paid.say(Intent.AFFIRM)
    assert paid.keys[0] == "address-changed"
    assert paid.keys.count("have-cash-ready") == 1
    moved = paid.shop.orders.placed[1001]
    assert (moved.area, moved.total, moved.due_at_door) == ("Ntinda", ugx(53000), ugx(3000))
    paid.choose("address:1001", "area:Kamwokya")
    paid.write("blue gate")
    assert paid.keys[:2] == ("address-changed", "nothing-to-pay")
    assert "have-cash-ready" not in paid.keys


def test_a_yes_from_before_it_was_paid_is_asked_again(paid: Conversation) -> None:
    """It was to be paid with the order, and not at the door."""
    orders = paid.shop.orders.placed
    orders[1001] = replace(orders[1001], payment_status=PaymentStatus.PENDING)
    paid.choose("address:1001", "area:Ntinda")
    paid.write("blue gate")
    assert paid.keys == ("refused-address-costs",)
    orders[1001] = replace(orders[1001], payment_status=PaymentStatus.PAID)
    paid.choose("yes")
    assert (paid.state, paid.keys) == ("dearer-address", ("refused-door-costs",))
    paid.choose("yes")
    assert orders[1001].due_at_door == ugx(3000)


def test_who_asks_whether_it_is_paid_hears_what_is_due_at_the_door(paid: Conversation) -> None:
    paid.shop.orders.placed[1001] = replace(paid.shop.orders.placed[1001], due_at_door=ugx(3000))
    paid.say(Intent.PAID_ALREADY)
    assert "paying-paid-door" in paid.keys


def test_where_do_you_deliver_lists_what_can_be_chosen(buying: Conversation) -> None:
    buying.choose("checkout", "standard")
    buying.say(Intent.ASK_DELIVERY)
    assert (buying.state, buying.keys) == ("area", ("area-which",))


def test_after_hearing_where_the_shop_delivers_goods_are_still_goods(talk: Conversation) -> None:
    talk.say(Intent.ASK_DELIVERY)
    assert talk.reply.asks is Asked.AREA
    talk.say(Intent.SEARCH, item("milk"), area="milk")
    assert talk.state == "product"


def test_an_order_that_waits_to_be_fetched_takes_no_more_time(talk: Conversation) -> None:
    order = an_order(1001, status=OrderStatus.PROCESSING)
    talk.shop.orders.placed[1001] = replace(order, fulfilment=Fulfilment.PICKUP, eta="30 min")
    talk.say(Intent.TRACK_ORDER)
    assert talk.keys == ("track-ready-pickup", "track-code-pickup")


def test_what_is_sold_out_is_said_once(talk: Conversation) -> None:
    talk.say(Intent.ASK_PRICE, item("salt"))
    talk.say(Intent.ADD_TO_CART, item("salt", 1))
    assert "product-sold-out" not in talk.keys
    assert "ask-instead" in talk.keys


@pytest.mark.parametrize("kind", [MediaKind.VOICE, MediaKind.PICTURE])
def test_a_voice_note_at_the_last_question_leaves_it_on_the_screen(
    buying: Conversation, kind: MediaKind
) -> None:
    """A "yes" that follows would place the order."""
    to_summary(buying).hear(Attachment(kind))
    assert "summary-delivery" in buying.keys


def test_after_goodbye_a_yes_places_nothing(buying: Conversation) -> None:
    to_summary(buying, "cash").say(Intent.GOODBYE)
    buying.say(Intent.AFFIRM)
    assert not buying.shop.orders.placed
    buying.say(Intent.GREET)
    assert (buying.state, buying.keys[0]) == ("summary", "welcome-back")


def test_thanks_at_a_question_asks_it_again(buying: Conversation) -> None:
    buying.say(Intent.CLEAR_CART)
    buying.say(Intent.THANKS)
    assert buying.keys == ("thanks", "clear-ask")


def test_a_language_without_texts_is_not_promised(talk: Conversation) -> None:
    talk.shop.languages.known = ("en",)
    talk.say(Intent.GREET)
    assert "language" not in talk.options
    talk.say(Intent.CHANGE_LANGUAGE, locale_change="sw")
    assert (talk.keys[0], talk.state) == ("language-not-here", "home")


def test_a_number_of_nothing_is_asked_about_and_never_not_found(talk: Conversation) -> None:
    talk.say(Intent.GREET)
    talk.say(Intent.ADD_TO_CART, Item("", None, Decimal(2)))
    assert (talk.state, talk.keys) == ("search", ("search-ask",))


def test_a_refunded_order_says_where_the_money_is(talk: Conversation) -> None:
    order = an_order(1001, status=OrderStatus.CANCELLED, payment_status=PaymentStatus.REFUNDED)
    talk.shop.orders.placed[1001] = order
    talk.say(Intent.TRACK_ORDER)
    assert talk.keys == ("track-cancelled", "track-refunded")
    talk.say(Intent.PAID_ALREADY)
    assert talk.keys == ("paying-refunded",)


def test_a_misunderstanding_at_home_is_not_followed_by_a_welcome(talk: Conversation) -> None:
    talk.say(Intent.GREET)
    talk.write("glorp")
    assert talk.keys == ("hint-home",)
    assert "browse" in talk.options


def test_kilos_of_what_is_sold_by_the_kilo_are_asked_with_their_number(talk: Conversation) -> None:
    """One is never put into the cart of somebody who asked for three."""
    talk.say(Intent.ADD_TO_CART, item(None, mention="3 kilos of milk", candidates=("milk",)))
    assert talk.keys == ("ask-many",)
    assert talk.options == ("add:milk:3", "add:milk:1", "no")
    talk.choose("add:milk:3")
    assert talk.shop.cart.quantities == {"milk": 3}


def test_who_asked_about_the_shop_with_a_full_cart_can_check_out(buying: Conversation) -> None:
    buying.say(Intent.ASK_HOURS)
    assert buying.options[0] == "checkout"
