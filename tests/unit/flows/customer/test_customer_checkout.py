"""From the cart to the order."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.heard import Attachment, Choice, MediaKind
from flows.message import Clock, Message
from flows.ports.delivery import DeliveryOption, Fulfilment, Point
from flows.ports.orders import OrderStatus
from flows.ports.payments import AttemptStatus, RailOption, Way
from flows.ports.shop import Profile
from intents.intent import Intent
from intents.understanding import Asked
from tests.fakes.conversation import Conversation, item
from tests.fakes.ports import NOW, PHONE, SHOP, FakeDelivery, FakeShop, ugx


@pytest.fixture
def talk() -> Conversation:
    talk = Conversation(FakeShop())
    talk.say(Intent.ADD_TO_CART, item("rice-5kg", 2))
    return talk


def to_summary(talk: Conversation, rail: str = "mtn-momo") -> Conversation:
    talk.choose("checkout", "standard", "area:Kamwokya")
    talk.write("blue gate")
    talk.choose(rail)
    if rail != "cash":
        talk.choose(f"payer:{PHONE}")
    assert talk.state == "summary"
    return talk


def test_an_order_is_placed_after_a_yes_and_one_prompt_is_opened(talk: Conversation) -> None:
    to_summary(talk)
    assert talk.values["total"] == ugx(53000)
    assert not talk.shop.orders.placed
    talk.choose("confirm")
    order = talk.shop.orders.placed[1001]
    assert (order.area, order.landmark, order.payer) == ("Kamwokya", "blue gate", PHONE)
    assert [a.status for a in talk.shop.payments.attempts] == [AttemptStatus.CREATED]
    assert talk.keys == ("order-placed-to-pay", "paying-prompt")
    assert not talk.reply.ends
    assert "order-placed" in talk.shop.facts.names


def test_on_ussd_the_session_ends_before_the_prompt_leaves() -> None:
    talk = Conversation(FakeShop(), "ussd")
    talk.say(Intent.ADD_TO_CART, item("rice-5kg", 2))
    to_summary(talk).choose("confirm")
    assert talk.keys == ("prompt-after-end",)
    assert talk.reply.ends
    assert talk.state == "home"


def test_cash_is_confirmed_by_the_shop_and_opens_no_prompt(talk: Conversation) -> None:
    to_summary(talk, "cash").choose("confirm")
    assert talk.shop.payments.attempts == []
    assert talk.state == "order"
    assert talk.keys == ("order-placed-cash", "placed-soon")


@pytest.mark.parametrize("intent", [Intent.PAY, Intent.CHECKOUT])
def test_wanting_to_pay_is_no_yes_to_the_order(talk: Conversation, intent: Intent) -> None:
    to_summary(talk).say(intent)
    assert not talk.shop.orders.placed
    assert talk.keys[0] == "confirm-first"


def test_an_unsure_yes_places_nothing(talk: Conversation) -> None:
    to_summary(talk).say(Intent.AFFIRM, confidence=0.6)
    assert not talk.shop.orders.placed
    talk.say(Intent.AFFIRM)
    assert 1001 in talk.shop.orders.placed


def test_what_changed_meanwhile_is_shown_before_anything_is_ordered(talk: Conversation) -> None:
    to_summary(talk)
    talk.shop.catalogue.change("rice-5kg", price=ugx(30000))
    talk.choose("confirm")
    assert not talk.shop.orders.placed
    assert talk.keys[:2] == ("refused-cart-changed", "cart-repriced")
    assert talk.values["total"] == ugx(65000)
    talk.choose("confirm")
    assert talk.shop.orders.placed[1001].total == ugx(65000)


def test_what_sold_out_meanwhile_is_taken_out_and_said(talk: Conversation) -> None:
    to_summary(talk)
    talk.shop.catalogue.change("rice-5kg", free=0)
    talk.choose("confirm")
    assert not talk.shop.orders.placed
    assert talk.keys == ("refused-cart-changed", "cart-gone", "cart-empty")


def test_an_area_not_covered_is_said_before_the_address_with_pickup(talk: Conversation) -> None:
    talk.choose("checkout", "standard")
    talk.say(Intent.OUT_OF_SCOPE, area="Paris")
    assert talk.keys == ("refused-not-covered",)
    assert talk.options == ("pickup", "areas", "human")
    talk.choose("areas", "back")
    talk.choose("standard")
    talk.write("Timbuktu")
    assert talk.shop.delivery.misses == ["Paris", "Timbuktu"]
    talk.choose("pickup", "cash")
    assert talk.keys[0] == "summary-pickup"


def test_several_near_areas_are_asked(talk: Conversation) -> None:
    talk.choose("checkout", "standard")
    talk.say(Intent.ASK_DELIVERY, area="ntin")
    assert talk.options == ("area:Ntinda", "area:Ntinda Village")
    talk.choose("area:Ntinda Village")
    assert talk.state == "landmark"


def test_the_question_for_the_area_can_be_left_by_other_words(talk: Conversation) -> None:
    talk.choose("checkout", "standard")
    talk.say(Intent.HELP, text="help me")
    assert talk.state == "info"
    talk.choose("back")
    assert (talk.state, talk.reply.asks) == ("area", Asked.AREA)


def test_a_pin_needs_the_name_of_its_area(talk: Conversation) -> None:
    talk.choose("checkout", "standard")
    talk.hear(Attachment(MediaKind.LOCATION, latitude=0.33, longitude=32.6))
    assert talk.keys[0] == "location-needs-name"
    assert talk.state == "area"


def test_the_last_area_landmark_and_rail_are_offered_first(talk: Conversation) -> None:
    talk.shop.customer.kept = Profile(
        PHONE, None, None, area="Ntinda", landmark="blue gate", rail="cash"
    )
    talk.choose("checkout", "standard")
    talk.choose("area:Ntinda")
    assert talk.options == ("same", "skip")
    talk.choose("same")
    assert talk.options == ("cash", "mtn-momo")
    talk.choose("cash", "confirm")
    assert talk.shop.orders.placed[1001].landmark == "blue gate"


@pytest.mark.parametrize(
    "intent", [Intent.SEARCH, Intent.ASK_LOCATION, Intent.GREET, Intent.OUT_OF_SCOPE]
)
def test_a_landmark_is_kept_as_it_is_written(talk: Conversation, intent: Intent) -> None:
    talk.choose("checkout", "standard", "area:Kamwokya")
    talk.say(intent, item("rice"), text="next to the rice  shop,\nopp. Total")
    talk.choose("cash", "confirm")
    assert talk.shop.orders.placed[1001].landmark == "next to the rice shop, opp. Total"


@pytest.mark.parametrize("signs", ["\u200b", "😀", "..."])
def test_signs_alone_are_no_landmark(talk: Conversation, signs: str) -> None:
    talk.choose("checkout", "standard", "area:Kamwokya")
    talk.say(Intent.OUT_OF_SCOPE, text=signs)
    assert (talk.state, talk.keys[0]) == ("landmark", "landmark-in-words")


def test_a_shop_without_zones_takes_any_place(talk: Conversation) -> None:
    talk.shop.delivery.covered = ()
    talk.choose("checkout", "standard")
    assert talk.options == ()
    talk.write("Plot 4, Luthuli Avenue")
    assert talk.state == "landmark"


def test_what_leaves_no_choice_is_not_asked(talk: Conversation) -> None:
    talk.shop.delivery.ways = (DeliveryOption(Fulfilment.PICKUP, ugx(0)),)
    talk.shop.payments.rails = (RailOption("cash", Way.CASH),)
    talk.choose("checkout")
    assert talk.state == "summary"


def test_another_number_is_checked_before_it_is_taken(talk: Conversation) -> None:
    talk.choose("checkout", "pickup", "mtn-momo")
    talk.say(Intent.OUT_OF_SCOPE, phone="+254700000001")
    assert talk.keys[0] == "payer-not-taken"
    talk.write("my sister's")
    assert talk.keys[0] == "hint-phone"
    talk.say(Intent.OUT_OF_SCOPE, phone="+256772999999")
    assert talk.state == "summary"
    talk.choose("confirm")
    assert talk.shop.payments.attempts[0].payer == "+256772999999"


def test_a_number_of_another_network_takes_that_rail(talk: Conversation) -> None:
    talk.shop.payments.rails = (
        RailOption("mtn-momo", Way.PROMPT),
        RailOption("airtel", Way.PROMPT),
    )
    talk.choose("checkout", "pickup")
    talk.say(Intent.OUT_OF_SCOPE, phone="+256701234567")
    assert "rail-airtel" in talk.keys


def test_somebody_without_a_number_is_asked_for_one(talk: Conversation) -> None:
    talk.shop.customer.kept = Profile(None, None, None)
    talk.choose("checkout", "pickup")
    assert talk.keys == ("contact-ask",)
    assert (talk.options, talk.reply.asks) == ((), Asked.PHONE)
    talk.write("call me")
    assert talk.keys[0] == "hint-phone"
    talk.say(Intent.OUT_OF_SCOPE, phone="+256772999999")
    assert talk.keys[0] == "contact-kept"
    assert talk.shop.customer.kept == Profile(None, None, None, contact="+256772999999")
    # The same number may pay, and so may another.
    talk.choose("mtn-momo")
    assert talk.options == ("payer:+256772999999",)
    talk.say(Intent.OUT_OF_SCOPE, phone="+256772888888")
    talk.choose("confirm")
    assert talk.shop.payments.attempts[0].payer == "+256772888888"


def test_the_number_to_call_can_be_given_anew_and_is_asked_only_of_who_has_none(
    talk: Conversation,
) -> None:
    to_summary(talk).choose("change")
    assert "change:contact" not in talk.options
    talk.shop.customer.kept = Profile(None, None, None, contact="+256772999999")
    talk.hear(Choice("home"))
    talk.choose("checkout", "pickup", "cash", "change", "change:contact")
    talk.say(Intent.OUT_OF_SCOPE, phone="+256772888888")
    assert talk.shop.customer.kept.contact == "+256772888888"
    assert talk.state == "summary"


def test_a_number_to_call_that_cannot_pay_is_not_offered_to_pay(talk: Conversation) -> None:
    talk.shop.customer.kept = Profile(None, None, None, contact="+254700000001")
    talk.choose("checkout", "pickup", "mtn-momo")
    assert talk.keys[0] == "payer-ask"
    assert (talk.options, talk.reply.asks) == ((), Asked.PHONE)


def test_each_answer_can_be_given_anew(talk: Conversation) -> None:
    to_summary(talk).choose("change", "change:area", "area:Ntinda", "skip")
    assert talk.state == "summary"
    talk.choose("change", "change:kind", "pickup")
    assert talk.state == "summary"
    talk.choose("change", "change:rail", "cash", "confirm")
    order = talk.shop.orders.placed[1001]
    assert (order.fulfilment, order.rail, order.area) == (Fulfilment.PICKUP, "cash", None)


def test_leaving_keeps_the_cart(talk: Conversation) -> None:
    to_summary(talk).choose("cancel")
    assert talk.keys[0] == "checkout-left"
    assert talk.shop.cart.quantities == {"rice-5kg": 2}


def test_things_added_in_the_middle_are_in_the_total(talk: Conversation) -> None:
    to_summary(talk).say(Intent.ADD_TO_CART, item("milk", 1))
    assert talk.state == "summary"
    assert talk.values["total"] == ugx(56500)


def test_taking_everything_out_in_the_middle_ends_the_checkout(talk: Conversation) -> None:
    to_summary(talk).say(Intent.REMOVE_FROM_CART, item("rice"))
    assert talk.state == "cart"
    assert "cart-empty" in talk.keys


def test_below_the_minimum_it_is_said_how_much_is_missing() -> None:
    shop = FakeShop(info=replace(SHOP, minimum_order=ugx(30000)))
    talk = Conversation(shop)
    talk.say(Intent.ADD_TO_CART, item("milk", 2))
    talk.say(Intent.CHECKOUT)
    assert talk.reply.messages[-1].values["missing"] == ugx(23000)
    assert talk.keys.count("refused-minimum") == 1
    assert "checkout" not in talk.options
    assert talk.state == "cart"


def test_an_empty_cart_cannot_be_checked_out() -> None:
    talk = Conversation(FakeShop())
    talk.say(Intent.CHECKOUT)
    assert talk.keys == ("cart-empty",)
    assert "checkout-started" not in talk.shop.facts.names


def test_a_closed_shop_takes_orders_and_says_when_it_opens() -> None:
    opens = NOW + timedelta(hours=8)
    talk = Conversation(FakeShop(info=replace(SHOP, is_open=False, opens_at=opens)))
    talk.say(Intent.GREET)
    assert Message("shop-opens-at", opens=Clock(opens)) in talk.reply.messages
    talk.say(Intent.ADD_TO_CART, item("rice-5kg", 2))
    to_summary(talk, "cash").choose("confirm")
    assert talk.reply.messages[-1] == Message("placed-opens-at", opens=Clock(opens))
    assert talk.shop.orders.placed[1001].status is OrderStatus.PENDING


def test_a_second_confirm_of_an_older_message_orders_nothing_more(talk: Conversation) -> None:
    to_summary(talk, "cash").choose("confirm")
    talk.hear(Choice("confirm"))
    assert list(talk.shop.orders.placed) == [1001]
    assert talk.keys[0] == "older-choice"


def test_without_any_rail_the_seller_is_offered(talk: Conversation) -> None:
    talk.shop.payments.rails = ()
    talk.choose("checkout", "pickup")
    assert talk.keys == ("rail-none",)
    assert talk.options == ("human",)


def test_fees_stand_beside_the_ways(talk: Conversation) -> None:
    assert isinstance(talk.shop.delivery, FakeDelivery)
    reply = talk.choose("checkout")
    assert reply.menu is not None
    fees = [option.label.values["fee"] for option in reply.menu.options]
    assert fees == [
        Message("price-free"),
        Message("price-from", price=ugx(5000)),
        Message("price-only", price=ugx(10000)),
    ]


HERE = Point(0.33, 32.6)
PIN = Attachment(MediaKind.LOCATION, latitude=0.33, longitude=32.6)


def test_a_pin_whose_area_is_known_needs_no_name(talk: Conversation) -> None:
    talk.shop.delivery.map[HERE] = "Ntinda"
    talk.choose("checkout", "standard")
    talk.hear(PIN)
    assert (talk.state, talk.place.spot.data["area"]) == ("landmark", "Ntinda")
    talk.choose("skip", "cash", "confirm")
    order = talk.shop.orders.placed[1001]
    assert (order.area, order.at, order.landmark) == ("Ntinda", HERE, None)


def test_a_pin_is_kept_while_its_area_is_named(talk: Conversation) -> None:
    talk.choose("checkout", "standard")
    talk.hear(PIN)
    talk.say(Intent.ASK_DELIVERY, area="Kamwokya")
    talk.choose("skip", "cash", "confirm")
    assert talk.shop.orders.placed[1001].at == HERE


def test_a_pin_answers_how_to_find_the_door(talk: Conversation) -> None:
    talk.choose("checkout", "standard", "area:Kamwokya")
    talk.hear(PIN)
    assert talk.state == "rail"
    talk.choose("cash", "confirm")
    order = talk.shop.orders.placed[1001]
    assert (order.area, order.at) == ("Kamwokya", HERE)


@pytest.mark.parametrize("at", [Point(0.0, 0.0), Point(-1.0, 33.0)])
def test_a_pin_in_the_sea_is_no_place_to_bring_anything_to(talk: Conversation, at: Point) -> None:
    talk.shop.delivery.off_the_map.add(Point(-1.0, 33.0))
    pin = Attachment(MediaKind.LOCATION, latitude=at.latitude, longitude=at.longitude)
    talk.choose("checkout", "standard")
    talk.hear(pin)
    assert (talk.state, talk.keys[0]) == ("area", "attachment-not-read")
    talk.choose("area:Kamwokya")
    talk.hear(pin)
    assert (talk.state, talk.keys[0]) == ("landmark", "landmark-in-words")
    talk.choose("skip", "cash", "confirm")
    assert talk.shop.orders.placed[1001].at is None


def test_a_pin_in_another_area_moves_the_order_there(talk: Conversation) -> None:
    talk.shop.delivery.map[HERE] = "Ntinda"
    talk.choose("checkout", "standard", "area:Kamwokya")
    talk.hear(PIN)
    talk.choose("cash", "confirm")
    assert talk.shop.orders.placed[1001].area == "Ntinda"


def test_another_area_forgets_the_pin_of_the_first(talk: Conversation) -> None:
    talk.choose("checkout", "standard", "area:Kamwokya")
    talk.hear(PIN)
    talk.choose("cash", "change", "change:area", "area:Ntinda", "skip", "confirm")
    assert talk.shop.orders.placed[1001].at is None


def test_a_picture_is_no_place(talk: Conversation) -> None:
    talk.choose("checkout", "standard")
    talk.hear(Attachment(MediaKind.PICTURE))
    assert (talk.state, talk.keys[0]) == ("area", "attachment-not-read")
    talk.choose("area:Kamwokya")
    talk.hear(Attachment(MediaKind.PICTURE))
    assert (talk.state, talk.keys[0]) == ("landmark", "landmark-in-words")


def test_the_last_place_is_offered_down_to_the_door(talk: Conversation) -> None:
    talk.shop.customer.kept = Profile(
        PHONE, None, None, area="Ntinda", landmark="blue gate", at=HERE
    )
    talk.choose("checkout", "standard")
    assert talk.options[:2] == ("last-place", "area:Ntinda")
    talk.choose("last-place")
    assert talk.state == "rail"
    talk.choose("cash", "confirm")
    order = talk.shop.orders.placed[1001]
    assert (order.area, order.landmark, order.at) == ("Ntinda", "blue gate", HERE)


def test_the_last_place_is_not_offered_where_the_shop_no_longer_goes(talk: Conversation) -> None:
    talk.shop.customer.kept = Profile(PHONE, None, None, area="Gulu", landmark="blue gate")
    talk.choose("checkout", "standard")
    assert "last-place" not in talk.options


def test_a_place_that_is_shown_outside_of_a_checkout_has_its_fee_told(talk: Conversation) -> None:
    talk.choose("home")
    talk.hear(PIN)
    assert talk.keys == ("attachment-location",)
    talk.shop.delivery.map[HERE] = "Ntinda"
    talk.hear(PIN)
    assert talk.keys == ("delivery-fee",)
    talk.shop.delivery.covered, talk.shop.delivery.map = (), {}
    talk.hear(PIN)
    assert talk.keys == ("delivery-fee-there",)
