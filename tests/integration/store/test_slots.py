"""Windows of time: which there are, how many orders fit, and when riders are asked."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from market import KAMWOKYA, SHOP, Buying, Market
from sqlalchemy import select

from flows.happenings import DeliveryOffered
from flows.ports.delivery import Area, Fulfilment, Point
from flows.ports.orders import Checkout, Order
from flows.ports.refusals import SlotGone
from store import slots
from store.dispatch.waves import offer_due
from store.models import DeliveryRow, OrderRow
from store.orders.cancelling import expire
from store.orders.settlement import Outcome, receive_payment

HOURS = """
[shop.hours]
mon = "08:00-20:00"
tue = "08:00-20:00"
wed = "08:00-12:00,14:00-20:00"
thu = "09:00-13:30"

[[lines]]"""
SHOWN = replace(KAMWOKYA, at=Point(0.3423, 32.5902))
KAMPALA = ZoneInfo("Africa/Kampala")


def with_slots(market: Market, written: str, hours: bool = False) -> None:
    text = SHOP.replace("[delivery]", f"[delivery]\nslots = {written}")
    if hours:
        text = text.replace("[[lines]]", HOURS, 1)
    market.open(text)


def offered(market: Market) -> list[str]:
    found = market.ask(lambda b: slots.ShopSlots(b.scope).offered())
    return [
        f"{slot.day} {slot.starts.astimezone(KAMPALA):%H:%M}-{slot.ends.astimezone(KAMPALA):%H:%M}"
        for slot in found
    ]


def first(market: Market, place: int = 0) -> datetime:
    return market.ask(lambda b: slots.ShopSlots(b.scope).offered()[place].starts)


def place(
    market: Market,
    slot: datetime | None,
    phone: str = "+256772000001",
    rail: str = "cash",
    area: Area = KAMWOKYA,
):
    def work(scope):
        buyer = Buying(scope, phone)
        buyer.cart.add("salt", 1)
        fee = buyer.delivery.fee(Fulfilment.STANDARD, area)
        checkout = Checkout(Fulfilment.STANDARD, rail, area, None, None, slot)
        return buyer.orders.place(checkout, expected=buyer.cart.read().subtotal + fee)

    return market.do(work)


# It is 12:00 on a Wednesday.
@pytest.mark.parametrize(
    ("written", "hours", "found"),
    [
        ("false", False, []),
        ("{ days = 0 }", False, ["0 14:00-16:00", "0 16:00-18:00", "0 18:00-20:00"]),
        ("{ days = 0, lead = 300 }", False, ["0 18:00-20:00"]),
        ("{ days = 0, length = 240 }", False, ["0 16:00-20:00"]),
        (
            "true",
            True,
            [
                *("0 14:00-16:00", "0 16:00-18:00", "0 18:00-20:00"),
                *("1 09:00-11:00", "1 11:00-13:00"),
            ],
        ),
    ],
    ids=["none", "today", "lead", "length", "hours"],
)
def test_windows_follow_the_shop_s_hours(
    market: Market, written: str, hours: bool, found: list[str]
):
    with_slots(market, written, hours)
    assert offered(market) == found


def test_the_window_stands_on_the_order(market: Market):
    with_slots(market, "true")
    order = place(market, first(market))
    assert isinstance(order, Order)
    assert order.slot is not None
    assert order.slot.ends - order.slot.starts == timedelta(hours=2)


def test_only_so_many_fit_into_one(market: Market):
    with_slots(market, "{ most = 2 }")
    slot = first(market)
    for n in range(2):
        assert isinstance(place(market, slot, f"+25677200000{n}"), Order)
    assert first(market) != slot
    assert place(market, slot, "+256772000009") == SlotGone()
    assert market.do(lambda s: len(s.session.scalars(select(OrderRow)).all())) == 2
    market.sell(lambda t: t.refuse(1001, ""))
    again = place(market, slot, "+256772000009")
    assert isinstance(again, Order)
    # The one that was refused has used up no number.
    assert again.number == 1003


@pytest.mark.parametrize(("hours", "kept"), [(1, True), (30, False)])
def test_late_money_keeps_the_window_as_long_as_it_is_to_come(
    market: Market, hours: int, kept: bool
):
    with_slots(market, "true")
    order = place(market, first(market, 1), rail="mtn-momo", area=SHOWN)
    market.wait(hours=hours)
    market.do(lambda s: expire(s, UUID(order.id)))
    paid = market.pay(order)
    market.do(lambda s: receive_payment(s, UUID(order.id), paid))
    successor = market.order(order.number + 1)
    assert successor.at == SHOWN.at
    assert successor.slot == (order.slot if kept else None)


def test_late_money_goes_back_when_the_window_is_full_by_then(market: Market):
    with_slots(market, "{ most = 1 }")
    slot = first(market, 1)
    order = place(market, slot, rail="mtn-momo")
    market.wait(hours=1)
    market.do(lambda s: expire(s, UUID(order.id)))
    place(market, slot, "+256772000009")
    paid = market.pay(order)
    settled = market.do(lambda s: receive_payment(s, UUID(order.id), paid))
    assert settled.outcome is Outcome.OWED


@pytest.mark.parametrize("minutes", [0, 30, 7 * 24 * 60])
def test_what_is_no_window_is_refused(market: Market, minutes: int):
    with_slots(market, "true")
    wrong = market.now + timedelta(minutes=minutes)
    assert place(market, wrong) == SlotGone()


def test_riders_are_asked_so_long_before_it(market: Market):
    with_slots(market, "{ ahead = 45 }")
    order = place(market, first(market, 1))
    market.sell(lambda t: t.accept(order.number))
    assert market.heard(DeliveryOffered) == []
    delivery = market.do(lambda s: s.session.scalars(select(DeliveryRow.id)).one())
    market.wait(hours=3, minutes=14)
    market.do(lambda s: offer_due(s, delivery))
    assert market.heard(DeliveryOffered) == []
    market.wait(minutes=1)
    market.do(lambda s: offer_due(s, delivery))
    assert len(market.heard(DeliveryOffered)) == 1
