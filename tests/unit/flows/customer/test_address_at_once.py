"""The area and the door in one message."""

import pytest

from flows.ports.delivery import Fulfilment
from intents.intent import Intent
from tests.fakes.conversation import Conversation, item
from tests.fakes.ports import FakeShop


@pytest.fixture
def talk() -> Conversation:
    shop = FakeShop()
    shop.cart.add("milk", 2)
    talk = Conversation(shop)
    talk.say(Intent.CHECKOUT)
    assert talk.state == "fulfilment"
    return talk


@pytest.mark.parametrize(
    "words", ["Kamwokya, near the stage", "kamwokya - near the stage", "Kamwokya\nnear the stage"]
)
@pytest.mark.parametrize("how", [(), ("standard",)], ids=["asked how", "asked where to"])
def test_the_area_and_the_door_are_taken_together(
    talk: Conversation, words: str, how: tuple[str, ...]
) -> None:
    talk.choose(*how)
    talk.say(Intent.ASK_LOCATION, text=words)
    assert talk.state == "rail"
    said = talk.place.spot.data
    assert (said["kind"], said["area"], said["landmark"]) == (
        Fulfilment.STANDARD.value,
        "Kamwokya",
        "near the stage",
    )


def test_an_area_alone_says_how_and_where_to(talk: Conversation) -> None:
    talk.say(Intent.OUT_OF_SCOPE, text="Kamwokya", confidence=0.3)
    assert (talk.state, talk.place.spot.data["area"]) == ("landmark", "Kamwokya")


def test_what_names_no_area_is_no_address(talk: Conversation) -> None:
    talk.say(Intent.OUT_OF_SCOPE, text="hmm, let me think", confidence=0.3)
    assert talk.state == "fulfilment"


def test_goods_that_are_asked_for_are_no_address(talk: Conversation) -> None:
    talk.say(Intent.ADD_TO_CART, item("milk", 1), text="Kamwokya milk, one more")
    assert talk.shop.cart.quantities == {"milk": 3}


@pytest.mark.parametrize(
    ("words", "leads_to"),
    [("at the gate", "rail"), ("you never bring my things and nobody answers", "human")],
)
def test_a_few_words_are_a_landmark_and_many_may_be_a_complaint(
    talk: Conversation, words: str, leads_to: str
) -> None:
    talk.say(Intent.OUT_OF_SCOPE, text="Kamwokya", confidence=0.3)
    talk.say(Intent.COMPLAIN, text=words)
    assert talk.state == leads_to
