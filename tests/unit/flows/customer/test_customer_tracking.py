"""Where is my order, and what can still be done about it."""

from datetime import timedelta

import pytest

from flows.eta import longest
from flows.message import Clock, Message
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, OrderStatus, PaymentStatus, RiderRef
from flows.ports.refusals import Refusal
from intents.intent import Intent
from tests.fakes.conversation import Conversation
from tests.fakes.ports import CODE, NOW, FakeShop, an_order

CLOSED = (OrderStatus.DELIVERED, OrderStatus.CANCELLED, OrderStatus.RETURNED)


@pytest.fixture
def talk() -> Conversation:
    shop = FakeShop()
    shop.orders.placed[1001] = an_order(1001)
    return Conversation(shop)


@pytest.mark.parametrize("fulfilment", [Fulfilment.STANDARD, Fulfilment.PICKUP])
@pytest.mark.parametrize("status", OrderStatus)
def test_every_step_has_its_sentence_and_the_code_until_it_is_over(
    talk: Conversation, status: OrderStatus, fulfilment: Fulfilment
) -> None:
    talk.shop.orders.update(1001, status=status, fulfilment=fulfilment)
    talk.say(Intent.TRACK_ORDER)
    assert talk.keys[0].startswith("track-")
    codes = [m.values["code"] for m in talk.reply.messages if "code" in m.values]
    assert codes == ([] if status in CLOSED else [CODE])


def test_the_rider_can_be_called(talk: Conversation) -> None:
    talk.shop.orders.update(
        1001,
        status=OrderStatus.CONFIRMED,
        rider=RiderRef("rider-1", "Okello", "+256700000077"),
        delivery=DeliveryStatus.ACCEPTED,
    )
    talk.say(Intent.TRACK_ORDER)
    assert talk.values["phone"] == "+256700000077"


def test_a_failed_delivery_is_said(talk: Conversation) -> None:
    talk.shop.orders.update(1001, status=OrderStatus.SHIPPED, delivery=DeliveryStatus.FAILED)
    talk.say(Intent.TRACK_ORDER)
    assert "track-delivery-failed" in talk.keys


def test_several_open_orders_are_listed_and_a_number_chooses(talk: Conversation) -> None:
    talk.shop.orders.placed[1002] = an_order(1002)
    talk.say(Intent.TRACK_ORDER)
    assert talk.options == ("track:1002", "track:1001")
    talk.say(Intent.TRACK_ORDER, order=1001)
    assert (talk.state, talk.values["number"]) == ("order", 1001)


def test_only_one_s_own_orders_exist(talk: Conversation) -> None:
    talk.say(Intent.TRACK_ORDER, order=1999)
    assert talk.keys[0] == "refused-unknown-order"


def test_without_open_orders_the_last_one_is_told(talk: Conversation) -> None:
    talk.shop.orders.update(1001, status=OrderStatus.DELIVERED)
    talk.say(Intent.TRACK_ORDER)
    assert talk.keys == ("track-delivered",)
    assert talk.options[0] == "reorder:1001"


def test_tracking_comes_back_to_where_one_was(talk: Conversation) -> None:
    talk.say(Intent.BROWSE)
    talk.choose("category:food")
    talk.say(Intent.TRACK_ORDER)
    talk.choose("back")
    assert talk.state == "category"


def test_cancelling_needs_a_yes(talk: Conversation) -> None:
    talk.say(Intent.CANCEL_ORDER)
    assert talk.options == ("yes", "no")
    assert talk.shop.orders.placed[1001].status is OrderStatus.PENDING
    talk.say(Intent.AFFIRM, confidence=0.6)
    assert talk.shop.orders.placed[1001].status is OrderStatus.PENDING
    talk.choose("yes")
    assert talk.keys == ("track-cancelled",)


def test_a_no_keeps_the_order(talk: Conversation) -> None:
    talk.say(Intent.CANCEL_ORDER)
    talk.choose("no")
    assert talk.keys[0] == "order-kept"
    assert talk.shop.orders.placed[1001].status is OrderStatus.PENDING


def test_too_late_to_cancel_offers_the_seller(talk: Conversation) -> None:
    talk.say(Intent.CANCEL_ORDER)
    talk.shop.orders.update(1001, status=OrderStatus.SHIPPED)
    talk.choose("yes")
    assert talk.keys[:2] == ("refused-too-late", "cancel-ask-shop")
    assert "human" in talk.options


def test_which_of_several_is_to_be_cancelled(talk: Conversation) -> None:
    talk.shop.orders.placed[1002] = an_order(1002)
    talk.say(Intent.CANCEL_ORDER)
    talk.choose("cancel:1001", "yes")
    assert talk.shop.orders.placed[1001].status is OrderStatus.CANCELLED
    assert talk.shop.orders.placed[1002].status is OrderStatus.PENDING


def test_cancelling_with_only_a_cart_asks_to_empty_it() -> None:
    talk = Conversation(FakeShop())
    talk.shop.cart.add("milk", 1)
    talk.say(Intent.CANCEL_ORDER)
    assert talk.state == "clear"
    assert talk.shop.cart.quantities == {"milk": 1}


def test_the_address_may_change_until_pick_up(talk: Conversation) -> None:
    talk.say(Intent.TRACK_ORDER)
    talk.choose("address:1001", "area:Ntinda")
    talk.write("near the mosque")
    order = talk.shop.orders.placed[1001]
    assert (order.area, order.landmark) == ("Ntinda", "near the mosque")
    assert talk.keys[0] == "address-changed"
    talk.shop.orders.update(1001, status=OrderStatus.SHIPPED)
    talk.say(Intent.TRACK_ORDER)
    assert "address:1001" not in talk.options


def test_a_refused_address_is_explained(talk: Conversation) -> None:
    talk.say(Intent.TRACK_ORDER)
    talk.choose("address:1001", "area:Ntinda")
    talk.shop.orders.update(1001, status=OrderStatus.SHIPPED)
    talk.choose("skip")
    assert talk.keys[0] == "refused-too-late"
    assert issubclass(type(talk.shop.orders.cancel(1001, "")), Refusal)


def test_the_same_again_by_one_word_says_what_is_missing(talk: Conversation) -> None:
    talk.shop.catalogue.change("rice-5kg", free=0)
    talk.say(Intent.REORDER)
    assert talk.keys[0] == "ask-instead"
    assert talk.options[0] == "add:rice-1kg:2"
    talk.shop.catalogue.change("rice-5kg", free=5)
    talk.say(Intent.REORDER)
    assert talk.shop.cart.quantities == {"rice-5kg": 2}


def test_an_unsure_reorder_is_asked_first(talk: Conversation) -> None:
    talk.say(Intent.REORDER, confidence=0.6)
    assert talk.shop.cart.quantities == {}
    talk.choose("reorder:1001")
    assert talk.shop.cart.quantities == {"rice-5kg": 2}


def test_a_receipt_is_the_last_paid_order(talk: Conversation) -> None:
    talk.say(Intent.RECEIPT)
    assert talk.keys == ("refused-nothing-paid",)
    talk.shop.orders.update(1001, payment_status=PaymentStatus.PAID)
    talk.say(Intent.RECEIPT)
    assert talk.values["number"] == 1001


OKELLO = RiderRef("rider-1", "Okello", "+256700000077")
ORDERED = NOW - timedelta(minutes=70)


def on_the_way(talk: Conversation, **changes: object) -> tuple[Message, ...]:
    """What is said of an order that was ordered 70 minutes ago and picked up 10 minutes ago."""
    carried = {
        "status": OrderStatus.SHIPPED,
        "rider": OKELLO,
        "delivery": DeliveryStatus.PICKED_UP,
        "delivery_since": NOW - timedelta(minutes=10),
        "created_at": ORDERED,
    }
    talk.shop.orders.update(1001, **{**carried, **changes})
    talk.say(Intent.TRACK_ORDER)
    return talk.reply.messages


def test_who_has_it_since_when_where_to_and_how_long_yet(talk: Conversation) -> None:
    since = Clock(NOW - timedelta(minutes=10))
    assert on_the_way(talk) == (
        Message(
            "track-carried",
            number=1001,
            name="Okello",
            phone=OKELLO.phone,
            since=since,
            area="Kamwokya",
        ),
        Message("track-due", minutes=20),
        Message("track-code", code=CODE),
    )


def test_a_shop_that_brings_it_itself_says_when_it_left(talk: Conversation) -> None:
    assert [said.key for said in on_the_way(talk, rider=None)] == [
        "track-left",
        "track-due",
        "track-code",
    ]


def test_what_is_late_comes_soon_and_an_unread_time_is_told_as_it_is(talk: Conversation) -> None:
    late = on_the_way(talk, created_at=NOW - timedelta(hours=3))
    assert late[1] == Message("track-soon")
    assert on_the_way(talk, eta="by evening")[1] == Message("track-eta", eta="by evening")
    assert len(on_the_way(talk, eta=None)) == 2


def test_what_failed_is_not_said_to_be_on_its_way(talk: Conversation) -> None:
    failed = on_the_way(talk, delivery=DeliveryStatus.FAILED)
    assert failed[0].key == "track-delivery-failed"
    assert "track-shipped" not in [said.key for said in failed]


@pytest.mark.parametrize(
    ("eta", "minutes"),
    [
        ("60-90 min", 90),
        ("30 - 45 minutes", 45),
        ("ready in 30 min", 30),
        ("2 hours", 120),
        ("1-2h", 120),
        ("45m", 45),
        ("2 heures", 120),
        ("2 months", None),
        ("by evening", None),
        ("tomorrow 10:00", None),
        ("", None),
    ],
)
def test_a_time_as_shops_write_it(eta: str, minutes: int | None) -> None:
    assert longest(eta) == (None if minutes is None else timedelta(minutes=minutes))
