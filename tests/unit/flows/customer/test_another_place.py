"""Another place, said in one message: before the order is placed, and after."""

from dataclasses import replace

import pytest

from intents.intent import Intent
from intents.wish import Wish, Wished
from intents.wishes import read_wish
from tests.fakes.conversation import Conversation, said
from tests.fakes.ports import FakeShop, an_order


def move(talk: Conversation, words: str) -> None:
    heard = said(Intent.ASK_LOCATION, text=f"change my address to {words}")
    talk.hear(replace(heard, wish=Wished(Wish.CHANGE_PLACE, rest=words)))


@pytest.fixture
def ordering() -> Conversation:
    """At the summary of an order to Kamwokya."""
    shop = FakeShop()
    shop.cart.add("milk", 2)
    talk = Conversation(shop)
    talk.say(Intent.CHECKOUT)
    talk.say(Intent.ASK_LOCATION, text="Kamwokya, blue gate")
    talk.choose("cash")
    assert talk.state == "summary"
    return talk


def test_the_order_that_is_being_made_goes_there(ordering: Conversation) -> None:
    move(ordering, "Ntinda, near the stage")
    assert ordering.state == "summary"
    where = ordering.place.spot.data
    assert (where["area"], where["landmark"]) == ("Ntinda", "near the stage")


def test_the_door_is_asked_where_only_the_area_was_said(ordering: Conversation) -> None:
    move(ordering, "Ntinda")
    assert (ordering.state, ordering.place.spot.data["area"]) == ("landmark", "Ntinda")


def test_who_looked_elsewhere_comes_back_to_their_order(ordering: Conversation) -> None:
    ordering.say(Intent.ASK_HOURS)
    move(ordering, "Ntinda, near the stage")
    assert ordering.state == "summary"


def test_a_place_that_is_not_covered_is_said(ordering: Conversation) -> None:
    move(ordering, "Paris")
    assert "refused-not-covered" in ordering.keys or ordering.place.spot.data["refused"] == "Paris"
    assert ordering.state == "area"


def test_a_placed_order_goes_there() -> None:
    talk = Conversation()
    talk.shop.orders.placed[1001] = an_order(1001)
    move(talk, "Ntinda, near the stage")
    assert talk.keys[0] == "address-changed"
    assert talk.shop.orders.placed[1001].area == "Ntinda"


def test_without_an_order_nothing_is_changed() -> None:
    talk = Conversation()
    move(talk, "Ntinda")
    assert "no-orders" in talk.keys


@pytest.mark.parametrize(
    ("text", "locale", "rest"),
    [
        ("change address to Ntinda", "en", "Ntinda"),
        ("Please change my address to Ntinda, blue gate", "en", "Ntinda, blue gate"),
        ("I gave the wrong address", "en", ""),
        ("badilisha anwani kuwa Westlands", "sw", "Westlands"),
        ("changer l'adresse pour Akwa", "fr", "Akwa"),
        ("abeg change my address to Yaba", "pcm", "Yaba"),
        ("kyusa ekifo okudda Ntinda", "lg", "Ntinda"),
        ("yi adiresi mi pada si Ikeja", "yo", "Ikeja"),
        ("canza adireshi zuwa Kano", "ha", "Kano"),
    ],
)
def test_it_is_said_so(text: str, locale: str, rest: str) -> None:
    assert read_wish(text, (locale,)) == Wished(Wish.CHANGE_PLACE, rest=rest)


def asked_the_fee(talk: Conversation) -> None:
    talk.say(Intent.ASK_DELIVERY, area="Ntinda", text="how much to Ntinda?")
    assert talk.options[0] == "deliver-to:Ntinda"
    talk.choose("deliver-to:Ntinda")
    assert (talk.state, talk.place.spot.data["area"]) == ("landmark", "Ntinda")


def test_a_place_that_was_asked_about_need_not_be_named_again() -> None:
    talk = Conversation()
    talk.shop.cart.add("milk", 2)
    asked_the_fee(talk)


def test_a_question_about_another_place_leads_back_to_the_order(ordering: Conversation) -> None:
    asked_the_fee(ordering)
    ordering.choose("skip")
    assert ordering.state == "summary"


def test_without_a_cart_nothing_is_brought() -> None:
    talk = Conversation()
    talk.say(Intent.ASK_DELIVERY, area="Ntinda", text="how much to Ntinda?")
    assert not any(option.startswith("deliver-to") for option in talk.options)
