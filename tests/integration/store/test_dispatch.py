"""Who is offered a delivery, who gets it, and how it ends."""

from uuid import UUID

import pytest
from market import Market
from sqlalchemy import select

from flows.happenings import (
    BecamePickup,
    CodeAsked,
    CodeLockedOut,
    DeliveryFailed,
    DeliveryOffered,
    NobodyAccepted,
    OfferWithdrawn,
    OrderCancelled,
    OrderDelivered,
    OrderShipped,
    RiderAssigned,
    StepUndone,
)
from flows.ports.delivery import Area, Fulfilment
from flows.ports.orders import DeliveryStatus, OrderStatus, PaymentStatus
from flows.ports.refusals import (
    AlreadyTaken,
    CodeLocked,
    NoOffer,
    NothingToUndo,
    TooLate,
    WrongCode,
    WrongStep,
)
from flows.ports.trade import Job
from store.actor import SYSTEM
from store.due import DUTIES
from store.models import OrderRow, RefundRow, RiderRow
from store.orders.moving import move_payment
from store.orders.settlement import receive_payment


@pytest.fixture
def number(market: Market) -> int:
    """A confirmed cash order to Kamwokya, offered to the first rider."""
    order = market.buy(("oil", 2))
    market.sell(lambda trade: trade.accept(order.number))
    return order.number


def tick(market: Market) -> None:
    """Do everything that is due now."""
    for duty in DUTIES:
        due = market.do(lambda s, d=duty: d.find(s.session, s.rules, s.now, 100))
        for _, subject in due:
            market.do(lambda s, d=duty, i=subject: d.act(s, i))


def names(market: Market, kind: type) -> list[str]:
    """Whose riders were told something of a kind, in order."""
    riders = market.do(
        lambda s: {str(r.id): r.name for r in s.session.scalars(select(RiderRow)).all()}
    )
    return [riders[told.rider] for told in market.heard(kind)]


def delivered(market: Market, name: str, number: int) -> Job:
    market.ride(name, lambda r: r.accept(number))
    market.ride(name, lambda r: r.picked(number))
    code = market.order(number).code
    return market.ride(name, lambda r: r.delivered(number, code))


def test_one_rider_is_asked_at_a_time_and_then_all(market: Market, number: int):
    asked = [names(market, DeliveryOffered)]
    for _ in range(4):
        market.wait(minutes=3)
        market.told.clear()
        tick(market)
        asked.append(names(market, DeliveryOffered))
    # Mugisha rides for another zone. When both were asked, both are asked again, for as long as is left.
    assert asked[:2] == [["Okello"], ["Namata"]]
    assert asked[2] == ["Okello", "Namata"]
    assert asked[3:] == [[], []]
    assert market.order(number).delivery is DeliveryStatus.OFFERED


def test_only_riders_of_the_zone_are_asked(market: Market):
    order = market.buy(("oil", 2), area=Area("Ntinda", "Far"))
    market.sell(lambda trade: trade.accept(order.number))
    for _ in range(2):
        market.wait(minutes=3)
        tick(market)
    assert set(names(market, DeliveryOffered)) == {"Okello", "Namata", "Mugisha"}


def test_the_least_loaded_rider_is_asked_first(market: Market, number: int):
    market.ride("Okello", lambda r: r.accept(number))
    with market.fresh():
        order = market.buy(("oil", 2), area=Area("Ntinda", "Far"))
        market.sell(lambda trade: trade.accept(order.number))
    assert names(market, DeliveryOffered) == ["Namata"]


def test_riders_off_duty_are_not_asked_until_they_come_back(market: Market):
    market.ride("Okello", lambda r: r.duty(on=False))
    market.ride("Namata", lambda r: r.duty(on=False))
    order = market.buy(("oil", 2))
    market.sell(lambda trade: trade.accept(order.number))
    assert names(market, DeliveryOffered) == []
    assert market.order(order.number).delivery is DeliveryStatus.WAITING
    market.ride("Namata", lambda r: r.duty(on=True))
    tick(market)
    assert names(market, DeliveryOffered) == ["Namata"]


def test_the_first_yes_wins_and_the_others_are_told(market: Market, number: int):
    for _ in range(2):
        market.wait(minutes=3)
        tick(market)
    with market.fresh():
        job = market.ride("Namata", lambda r: r.accept(number))
    assert (job.number, job.status, job.collect) == (
        number,
        DeliveryStatus.ACCEPTED,
        market.order(number).total,
    )
    assert names(market, OfferWithdrawn) == ["Okello"]
    assert market.heard(RiderAssigned)[0].order.rider.name == "Namata"
    assert market.ride("Okello", lambda r: r.accept(number)) == AlreadyTaken(number)
    assert market.ride("Namata", lambda r: r.accept(number)).status is DeliveryStatus.ACCEPTED
    assert len(market.heard(RiderAssigned)) == 1


def test_who_was_not_asked_can_do_nothing(market: Market, number: int):
    for word in (
        lambda r: r.accept(number),
        lambda r: r.decline(number),
        lambda r: r.picked(number),
        lambda r: r.delivered(number, "0000"),
        lambda r: r.failed(number, "flat tyre"),
        lambda r: r.resend_code(number),
        lambda r: r.accept(1999),
    ):
        found = market.ride("Mugisha", word)
        assert isinstance(found, NoOffer)


def test_an_offer_that_lapsed_is_not_accepted(market: Market, number: int):
    market.wait(minutes=3)
    tick(market)
    assert market.ride("Okello", lambda r: r.accept(number)) == AlreadyTaken(number)


def test_a_no_asks_the_next_rider_at_once(market: Market, number: int):
    market.ride("Okello", lambda r: r.decline(number))
    assert names(market, DeliveryOffered) == ["Okello", "Namata"]
    market.ride("Namata", lambda r: r.decline(number))
    market.wait(minutes=3)
    tick(market)
    assert names(market, DeliveryOffered) == ["Okello", "Namata"]


def test_jobs_are_offers_first_then_what_is_carried(market: Market, number: int):
    market.ride("Okello", lambda r: r.accept(number))
    order = market.buy(("oil", 1))
    market.sell(lambda trade: trade.accept(order.number))
    market.ride("Namata", lambda r: r.decline(order.number))
    jobs = market.ride("Okello", lambda r: r.jobs())
    assert [(job.number, job.offered_until is None) for job in jobs] == [
        (order.number, False),
        (number, True),
    ]
    assert market.ride("Namata", lambda r: r.jobs()) == []


def test_a_parcel_goes_its_way(market: Market, number: int):
    job = delivered(market, "Okello", number)
    assert job.status is DeliveryStatus.DELIVERED
    order = market.order(number)
    assert (order.status, order.payment_status) == (OrderStatus.DELIVERED, PaymentStatus.PAID)
    assert (len(market.heard(OrderShipped)), len(market.heard(OrderDelivered))) == (1, 1)
    assert market.ride("Okello", lambda r: r.jobs()) == []
    again = market.ride("Okello", lambda r: r.delivered(number, "whatever"))
    assert again.status is DeliveryStatus.DELIVERED
    assert len(market.heard(OrderDelivered)) == 1


def test_steps_are_not_skipped(market: Market, number: int):
    market.ride("Okello", lambda r: r.accept(number))
    found = market.ride("Okello", lambda r: r.delivered(number, "0000"))
    assert found == WrongStep(number, "accepted")
    assert market.ride("Okello", lambda r: r.decline(number)) == WrongStep(number, "accepted")
    assert market.ride("Okello", lambda r: r.resend_code(number)) == WrongStep(number, "accepted")


def test_nothing_is_collected_for_a_paid_order(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    attempt = market.pay(order)
    market.do(lambda scope: receive_payment(scope, UUID(order.id), attempt))
    assert market.heard(DeliveryOffered)[0].job.collect.minor == 0


def test_an_order_of_which_a_part_went_back_is_not_collected_again(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    attempt = market.pay(order)
    market.do(lambda scope: receive_payment(scope, UUID(order.id), attempt))
    market.do(
        lambda scope: move_payment(
            scope, scope.session.get_one(OrderRow, UUID(order.id)), PaymentStatus.PARTIAL, SYSTEM
        )
    )
    job = market.ride("Okello", lambda r: r.accept(order.number))
    assert job.collect.minor == 0


def test_five_wrong_codes_leave_it_to_the_seller(market: Market, number: int):
    market.ride("Okello", lambda r: r.accept(number))
    market.ride("Okello", lambda r: r.picked(number))
    right = market.order(number).code
    wrong = "0000" if right != "0000" else "1111"
    tries = [market.ride("Okello", lambda r: r.delivered(number, wrong)) for _ in range(5)]
    assert tries == [*(WrongCode(number, left) for left in (4, 3, 2, 1)), CodeLocked(number)]
    assert market.ride("Okello", lambda r: r.delivered(number, right)) == CodeLocked(number)
    assert len(market.heard(CodeLockedOut)) == 1
    assert market.sell(lambda t: t.delivered(number, wrong)) == WrongCode(number, 4)
    done = market.sell(lambda t: t.delivered(number, right))
    assert done.delivery is DeliveryStatus.DELIVERED


def test_a_seller_cannot_guess_a_code_for_ever(market: Market, number: int):
    market.sell(lambda t: t.picked(number))
    right = market.order(number).code
    wrong = "0000" if right != "0000" else "1111"
    for _ in range(10):
        market.sell(lambda t: t.delivered(number, wrong))
    assert market.sell(lambda t: t.delivered(number, right)) == CodeLocked(number)


def test_the_code_is_sent_again_at_the_door(market: Market, number: int):
    market.ride("Okello", lambda r: r.accept(number))
    market.ride("Okello", lambda r: r.picked(number))
    market.ride("Okello", lambda r: r.resend_code(number))
    assert [told.order.number for told in market.heard(CodeAsked)] == [number]


def test_nobody_accepting_is_told_once_and_late_answers_are_too_late(market: Market, number: int):
    for _ in range(6):
        market.wait(minutes=3)
        tick(market)
    assert [told.order.number for told in market.heard(NobodyAccepted)] == [number]
    assert market.order(number).delivery is DeliveryStatus.WAITING
    assert market.ride("Okello", lambda r: r.accept(number)) == AlreadyTaken(number)
    asked = len(market.heard(DeliveryOffered))
    market.wait(minutes=10)
    tick(market)
    assert len(market.heard(DeliveryOffered)) == asked


def test_a_clock_that_comes_late_does_not_ask_again_when_the_search_is_over(
    market: Market, number: int
):
    for _ in range(3):
        market.wait(minutes=3.5)
        tick(market)
    asked = len(market.heard(DeliveryOffered))
    market.wait(minutes=5)
    duty = next(d for d in DUTIES if d.name == "next_offers")
    for _, subject in market.do(lambda s: duty.find(s.session, s.rules, s.now, 10)):
        market.do(lambda s, i=subject: duty.act(s, i))
    tick(market)
    assert len(market.heard(DeliveryOffered)) == asked
    assert [told.order.number for told in market.heard(NobodyAccepted)] == [number]


def nobody_accepts(market: Market) -> None:
    for _ in range(6):
        market.wait(minutes=3)
        tick(market)


def test_the_seller_may_bring_it(market: Market, number: int):
    nobody_accepts(market)
    market.sell(lambda t: t.own_rider(number))
    market.sell(lambda t: t.picked(number))
    code = market.order(number).code
    assert market.sell(lambda t: t.delivered(number, code)).status is OrderStatus.DELIVERED


def test_the_seller_may_ask_the_customer_to_come(market: Market):
    order = market.buy(("oil", 2), rail="mtn-momo")
    attempt = market.pay(order)
    market.do(lambda scope: receive_payment(scope, UUID(order.id), attempt))
    nobody_accepts(market)
    changed = market.sell(lambda t: t.as_pickup(order.number))
    assert (changed.fulfilment, changed.total, changed.delivery_fee.minor) == (
        Fulfilment.PICKUP,
        order.subtotal,
        0,
    )
    assert market.heard(BecamePickup)[0].refund == order.delivery_fee
    refund = market.do(lambda s: s.session.scalars(select(RefundRow)).one())
    assert refund.amount == order.delivery_fee.minor
    market.sell(lambda t: t.ready(order.number))
    done = market.sell(lambda t: t.delivered(order.number, order.code))
    assert done.status is OrderStatus.DELIVERED


def test_an_unpaid_delivery_that_becomes_a_pickup_refunds_nothing(market: Market, number: int):
    nobody_accepts(market)
    market.sell(lambda t: t.as_pickup(number))
    assert market.heard(BecamePickup)[0].refund is None
    assert market.sell(lambda t: t.as_pickup(number)) == WrongStep(number, "cancelled")


def test_offering_again_begins_from_the_first_rider(market: Market, number: int):
    nobody_accepts(market)
    market.told.clear()
    market.sell(lambda t: t.offer_again(number))
    assert names(market, DeliveryOffered) == ["Okello"]
    assert delivered(market, "Okello", number).status is DeliveryStatus.DELIVERED


def test_the_seller_does_not_take_a_job_from_its_rider(market: Market, number: int):
    market.ride("Okello", lambda r: r.accept(number))
    for word in ("own_rider", "as_pickup", "offer_again"):
        found = market.sell(lambda t, w=word: getattr(t, w)(number))
        assert found == WrongStep(number, "accepted")


def test_picked_by_the_seller_ends_the_offers(market: Market, number: int):
    market.sell(lambda t: t.picked(number))
    assert names(market, OfferWithdrawn) == ["Okello"]
    assert market.ride("Okello", lambda r: r.accept(number)) == AlreadyTaken(number)


def test_a_failed_delivery_may_be_offered_again(market: Market, number: int):
    market.ride("Okello", lambda r: r.accept(number))
    market.ride("Okello", lambda r: r.picked(number))
    market.ride("Okello", lambda r: r.failed(number, "nobody at home"))
    assert [told.reason for told in market.heard(DeliveryFailed)] == ["nobody at home"]
    market.sell(lambda t: t.offer_again(number))
    assert delivered(market, "Okello", number).status is DeliveryStatus.DELIVERED
    assert market.order(number).status is OrderStatus.DELIVERED


def test_a_failed_delivery_may_be_ended_by_the_seller(market: Market, number: int):
    market.ride("Okello", lambda r: r.accept(number))
    market.ride("Okello", lambda r: r.picked(number))
    market.ride("Okello", lambda r: r.failed(number, "nobody at home"))
    ended = market.sell(lambda t: t.refuse(number, "nobody at home"))
    assert ended.status is OrderStatus.RETURNED
    market.ride("Okello", lambda r: r.back(number))
    free = market.ask(lambda b: b.catalogue.product("oil").free)
    assert free == 20


def test_a_cancelled_order_is_called_off(market: Market, number: int):
    market.ride("Okello", lambda r: r.accept(number))
    with market.fresh():
        market.sell(lambda t: t.refuse(number, "sold out"))
    assert names(market, OfferWithdrawn) == ["Okello"]
    assert len(market.heard(OrderCancelled)) == 1
    assert market.ride("Okello", lambda r: r.picked(number)) == WrongStep(number, "cancelled")


def test_a_yes_is_taken_back_and_others_are_asked(market: Market, number: int):
    market.ride("Okello", lambda r: r.accept(number))
    market.wait(minutes=1)
    with market.fresh():
        market.ride("Okello", lambda r: r.undo())
    assert len(market.heard(StepUndone)) == 1
    assert names(market, DeliveryOffered) == ["Namata"]
    assert market.order(number).rider is None
    assert market.ride("Okello", lambda r: r.undo()) == NothingToUndo()


def test_a_pick_up_is_taken_back(market: Market, number: int):
    market.ride("Okello", lambda r: r.accept(number))
    market.ride("Okello", lambda r: r.picked(number))
    job = market.ride("Okello", lambda r: r.undo())
    assert job.status is DeliveryStatus.ACCEPTED
    assert market.order(number).status is OrderStatus.PROCESSING
    market.ride("Okello", lambda r: r.picked(number))
    assert market.order(number).status is OrderStatus.SHIPPED


def test_a_failure_is_taken_back(market: Market, number: int):
    market.ride("Okello", lambda r: r.accept(number))
    market.ride("Okello", lambda r: r.picked(number))
    market.ride("Okello", lambda r: r.failed(number, "wrong button"))
    assert market.ride("Okello", lambda r: r.undo()).status is DeliveryStatus.PICKED_UP


def test_undo_has_a_window(market: Market, number: int):
    market.ride("Okello", lambda r: r.accept(number))
    market.wait(seconds=121)
    assert market.ride("Okello", lambda r: r.undo()) == TooLate(number)


def test_what_a_code_has_closed_is_not_undone(market: Market, number: int):
    delivered(market, "Okello", number)
    assert market.ride("Okello", lambda r: r.undo()) == NothingToUndo()
