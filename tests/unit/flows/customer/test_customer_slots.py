"""When it is brought, as customers choose it."""

import pytest

from flows.ports.orders import Checkout, Order
from flows.ports.refusals import Refusal, SlotGone
from intents.intent import Intent
from intents.wish import Wish, Wished
from tests.fakes.conversation import Conversation, said
from tests.fakes.ports import FakeOrders, FakeShop
from tests.fakes.slots import a_slot

LATER = said(Intent.OUT_OF_SCOPE, confidence=0.2, wish=Wished(Wish.SCHEDULE))
FIRST, SECOND = a_slot(0), a_slot(1)


def option(slot) -> str:
    return f"slot:{int(slot.starts.timestamp()) // 60}"


@pytest.fixture
def talk() -> Conversation:
    shop = FakeShop()
    shop.cart.add("milk", 2)
    shop.slots.open = (FIRST, SECOND)
    return Conversation(shop)


def to_the_slot(talk: Conversation) -> None:
    talk.say(Intent.CHECKOUT)
    talk.choose("standard")
    talk.say(Intent.ASK_DELIVERY, area="Kamwokya")
    talk.choose("skip")


def order_of(talk: Conversation) -> Order:
    return talk.shop.orders.placed[1001]


def test_it_is_asked_where_the_shop_has_windows(talk: Conversation) -> None:
    to_the_slot(talk)
    assert (talk.state, talk.keys[0]) == ("slot", "slot-ask")
    assert talk.options == ("slot-soon", option(FIRST), option(SECOND))


def test_what_was_chosen_stands_in_the_summary_and_in_the_order(talk: Conversation) -> None:
    to_the_slot(talk)
    talk.choose(option(SECOND), "cash")
    assert "summary-slot" in talk.keys
    talk.choose("confirm")
    slot = order_of(talk).slot
    assert slot is not None
    assert slot.starts == SECOND.starts


def test_as_soon_as_possible_is_no_window(talk: Conversation) -> None:
    to_the_slot(talk)
    talk.choose("slot-soon", "cash", "confirm")
    assert order_of(talk).slot is None


@pytest.mark.parametrize("kind", ["pickup", "express"])
def test_what_is_fetched_or_fast_has_no_window(talk: Conversation, kind: str) -> None:
    talk.say(Intent.CHECKOUT)
    talk.choose(kind)
    if kind == "express":
        talk.say(Intent.ASK_DELIVERY, area="Kamwokya")
        talk.choose("skip")
    assert talk.state == "rail"


def test_a_shop_without_windows_asks_nothing_and_says_so(talk: Conversation) -> None:
    talk.shop.slots.open = ()
    to_the_slot(talk)
    assert talk.state == "rail"
    talk.hear(LATER)
    assert talk.keys[0] == "slots-none"


def test_a_window_that_is_gone_is_chosen_anew(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_the_slot(talk)
    talk.shop.slots.open = (SECOND,)
    talk.choose(option(FIRST))
    assert (talk.state, talk.keys[0]) == ("slot", "refused-slot-gone")

    def gone(self: FakeOrders, checkout: Checkout, *, expected: object) -> Order | Refusal:
        return SlotGone()

    monkeypatch.setattr(FakeOrders, "place", gone)
    talk.choose(option(SECOND), "cash", "confirm")
    assert (talk.state, talk.keys[0]) == ("slot", "refused-slot-gone")
    assert talk.shop.orders.placed == {}


def test_it_can_be_changed_before_the_yes(talk: Conversation) -> None:
    to_the_slot(talk)
    talk.choose(option(FIRST), "cash", "change", "change:slot", option(SECOND))
    assert talk.state == "summary"
    talk.choose("confirm")
    slot = order_of(talk).slot
    assert slot is not None
    assert slot.starts == SECOND.starts


def test_wishing_for_another_time_opens_the_cart_or_the_question(talk: Conversation) -> None:
    talk.hear(LATER)
    assert (talk.state, talk.keys[0]) == ("cart", "slots-later")
    to_the_slot(talk)
    talk.choose("slot-soon")
    talk.hear(LATER)
    assert talk.state == "slot"
