"""Places that customers have given a name."""

import tomllib

import pytest

from flows.heard import Choice
from flows.ports.address_book import NamedPlace
from flows.ports.delivery import Point
from flows.ports.orders import PaymentStatus
from flows.ports.shop import Profile
from intents.intent import Intent
from intents.language_files import LOCALES
from intents.wish import Wish, Wished
from intents.wishes import read_wish
from tests.fakes.conversation import Conversation, said
from tests.fakes.ports import PHONE, FakeShop, an_order, ugx

HOME = NamedPlace("Home", "Kamwokya", "blue gate", Point(0.34, 32.58))
PHRASES = [
    (code.name, wish, phrase)
    for code in sorted(LOCALES.iterdir())
    for wish in (Wish.SAVE_PLACE, Wish.PLACES, Wish.DROP_PLACE)
    for phrase in tomllib.loads((code / "wishes.toml").read_text())[wish.value]
]


@pytest.fixture
def talk() -> Conversation:
    shop = FakeShop()
    shop.cart.add("milk", 2)
    return Conversation(shop)


def saving(words: str, rest: str = "") -> object:
    return said(Intent.OUT_OF_SCOPE, text=words, wish=Wished(Wish.SAVE_PLACE, rest=rest))


@pytest.mark.parametrize(("code", "wish", "phrase"), PHRASES)
def test_every_wording_is_understood_before_that_of_lists(
    code: str, wish: Wish, phrase: str
) -> None:
    found = read_wish(phrase.replace("...", "Mama"), (code,))
    assert found == Wished(wish, rest="Mama" if "..." in phrase else "")


def test_the_place_of_the_order_in_hand_gets_the_name(talk: Conversation) -> None:
    talk.say(Intent.CHECKOUT)
    talk.choose("standard")
    talk.choose("area:Kamwokya")
    talk.write("blue gate")
    assert talk.state == "rail"
    talk.hear(
        said(Intent.OUT_OF_SCOPE, text="save this as mum", wish=Wished(Wish.SAVE_LIST, rest="mum"))
    )
    assert talk.shop.address_book.kept == {"mum": NamedPlace("mum", "Kamwokya", "blue gate")}
    assert (talk.state, talk.keys[0]) == ("rail", "place-saved")


def test_without_an_order_in_hand_it_is_where_the_last_one_went(talk: Conversation) -> None:
    talk.hear(saving("save this as work"))
    assert talk.keys[0] == "place-nothing"
    talk.shop.customer.kept = Profile(PHONE, None, None, area="Ntinda", landmark="the mosque")
    talk.hear(saving("save this as work"))
    assert talk.shop.address_book.kept == {"work": NamedPlace("work", "Ntinda", "the mosque")}


def test_named_places_stand_before_all_others_and_lead_past_every_question(
    talk: Conversation,
) -> None:
    talk.shop.customer.kept = Profile(PHONE, None, None, area="Kamwokya", landmark="blue gate")
    talk.shop.address_book.save(HOME)
    talk.say(Intent.CHECKOUT)
    talk.choose("standard")
    assert talk.options[:2] == ("place:Home", "area:Kamwokya")
    talk.choose("place:Home")
    assert talk.state == "rail"
    data = talk.place.spot.data
    assert (data["area"], data["landmark"], data["at_point"]) == (
        "Kamwokya", "blue gate", "0.34000,32.58000",
    )  # fmt: skip


def test_three_are_offered_and_every_one_is_known_by_its_name(talk: Conversation) -> None:
    for name in ("Home", "Work", "Mum", "Church"):
        talk.shop.address_book.save(NamedPlace(name, "Ntinda", "gate"))
    talk.say(Intent.CHECKOUT)
    talk.choose("standard")
    offered = [option for option in talk.options if option.startswith("place:")]
    assert offered == ["place:Church", "place:Mum", "place:Work"]
    talk.hear(said(Intent.ASK_DELIVERY, area="home", text="home"))
    assert (talk.state, talk.place.spot.data["area"]) == ("rail", "Ntinda")
    assert talk.shop.address_book.places()[0].name == "Home"


def test_deliver_to_work_begins_the_checkout_from_anywhere(talk: Conversation) -> None:
    talk.shop.address_book.save(NamedPlace("work", "Ntinda", "3rd floor"))
    talk.hear(said(Intent.ASK_DELIVERY, area="Work", text="deliver to Work"))
    assert (talk.state, talk.place.spot.data["landmark"]) == ("rail", "3rd floor")
    talk.shop.cart.clear()
    empty = Conversation(talk.shop)
    empty.hear(said(Intent.ASK_DELIVERY, area="work", text="deliver to work"))
    assert (empty.state, empty.place.spot.data["area"]) == ("info", "Ntinda")


def test_an_area_that_is_no_longer_covered_is_said(talk: Conversation) -> None:
    talk.shop.address_book.save(NamedPlace("farm", "Masindi", "gate"))
    talk.hear(said(Intent.ASK_DELIVERY, area="farm", text="deliver to farm"))
    assert (talk.state, talk.keys[0]) == ("area", "refused-not-covered")


def test_a_dearer_named_place_does_not_change_a_paid_order(talk: Conversation) -> None:
    talk.shop.address_book.save(NamedPlace("far", "Wandegeya", "gate"))
    talk.shop.delivery.dear["Wandegeya"] = ugx(9000)
    talk.shop.orders.placed[1001] = an_order(
        1001, area="Kamwokya", payment_status=PaymentStatus.PAID
    )
    talk.hear(Choice("address:1001"))
    talk.choose("place:far")
    assert (talk.state, talk.keys[0]) == ("area", "refused-dearer-area")


def test_places_are_listed_and_forgotten(talk: Conversation) -> None:
    talk.hear(said(Intent.OUT_OF_SCOPE, wish=Wished(Wish.PLACES)))
    assert talk.keys[0] == "places-none"
    talk.shop.address_book.save(HOME)
    talk.hear(said(Intent.OUT_OF_SCOPE, wish=Wished(Wish.PLACES)))
    talk.choose("own-place:Home")
    talk.choose("drop-place:Home")
    assert (talk.keys[0], talk.shop.address_book.kept) == ("place-dropped", {})
    talk.hear(said(Intent.OUT_OF_SCOPE, text="forget home", wish=Wished(Wish.DROP_PLACE)))
    assert talk.keys[0] == "place-unknown"


def test_a_sixth_needs_one_to_be_forgotten_first(talk: Conversation) -> None:
    for number in range(5):
        talk.shop.address_book.save(NamedPlace(str(number), "Ntinda"))
    talk.shop.customer.kept = Profile(PHONE, None, None, area="Ntinda")
    talk.hear(saving("save this place as gym", "gym"))
    assert talk.keys[0] == "refused-too-many-places"
    assert len(talk.shop.address_book.kept) == 5
