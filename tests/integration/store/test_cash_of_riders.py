"""The shop's cash in riders' hands: how much of it they may hold, and that it comes to the shop."""

from decimal import Decimal

import pytest
from market import SHOP, Market, ugx
from riding import delivered, hand_over, names, offered, picked_up, tick
from sqlalchemy import select

from flows.happenings import (
    CashReceived,
    DeliveryOffered,
    HandOverDenied,
    HandOverDiffers,
    HandOverSaid,
)
from flows.ports.refusals import BadAmount, HandOverFirst, HandOverOver, NotEnough
from flows.ports.till import Received
from payments.people.purses import RiderPurse
from payments.people.tills import ShopTill
from store.models import HandOverRow, PersonRow, RiderRow, StaffRow
from store.proof import prove

ONE = 21000  # what a rider takes at the door of one order


@pytest.fixture
def strict(sessions) -> Market:
    """A shop whose riders hold less than two orders' cash."""
    return Market(sessions).open(SHOP + "\n[dispatch]\ncash_limit = 40000\n")


def purse(market: Market, word, name: str = "Okello"):
    def work(scope):
        rider = scope.session.scalars(select(RiderRow).where(RiderRow.name == name)).one()
        person = scope.session.get_one(PersonRow, rider.person_id)
        return word(RiderPurse(scope, person, rider, {}, b"k"))

    return market.do(work)


def till(market: Market, word):
    def work(scope):
        staff = scope.session.scalars(select(StaffRow)).first()
        person = scope.session.get_one(PersonRow, staff.person_id)
        return word(ShopTill(scope, person, staff, {}, b"k"))

    return market.do(work)


def holds(market: Market) -> int:
    return purse(market, lambda p: p.balance().holds.minor)


def claim(market: Market, amount: int | None = None) -> str:
    """Okello says so; the id of what was said."""
    said = purse(market, lambda p: p.hand_over(None if amount is None else Decimal(amount)))
    assert said == ugx(ONE if amount is None else amount)
    return market.heard(HandOverSaid)[-1].claim


def sound(market: Market) -> bool:
    with market.sessions() as session:
        return prove(session.get_bind()).finding is None


def test_a_rider_hears_at_the_door_what_was_taken_there(market: Market):
    number = picked_up(market)
    code = market.order(number).code
    for _ in range(2):
        done = market.ride("Okello", lambda r: r.delivered(number, code))
        assert done.collect == ugx(ONE)


def test_a_yes_of_the_shop_books_what_the_rider_said(market: Market):
    delivered(market)
    claimed = claim(market)
    assert holds(market) == ONE
    done = till(market, lambda t: t.answer_hand_over(claimed, right=True))
    assert done == Received("Okello", ugx(ONE), ugx(0))
    assert holds(market) == 0
    assert len(market.heard(CashReceived)) == 1
    assert sound(market)


def test_a_yes_said_again_books_nothing(market: Market):
    delivered(market)
    claimed = claim(market, 5000)
    for _ in range(3):
        till(market, lambda t: t.answer_hand_over(claimed, right=True))
    assert holds(market) == ONE - 5000
    assert len(market.heard(CashReceived)) == 1
    late = till(market, lambda t: t.answer_hand_over(claimed, right=False))
    assert late == HandOverOver()


def test_a_no_books_nothing_and_the_rider_hears_of_it(market: Market):
    delivered(market)
    claimed = claim(market)
    done = till(market, lambda t: t.answer_hand_over(claimed, right=False))
    assert done == Received("Okello", ugx(0), ugx(ONE), ugx(ONE))
    assert holds(market) == ONE
    assert [told.said for told in market.heard(HandOverDenied)] == [ugx(ONE)]
    assert till(market, lambda t: t.answer_hand_over(claimed, right=True)) == HandOverOver()


def test_another_sum_is_noted_and_both_hear_of_it(market: Market):
    delivered(market)
    claim(market)
    [rider] = till(market, lambda t: t.cash())
    done = till(market, lambda t: t.handed_over(rider.rider, Decimal(20000)))
    assert done == Received("Okello", ugx(20000), ugx(1000), ugx(ONE))
    [told] = market.heard(HandOverDiffers)
    assert (told.said, told.got, told.left) == (ugx(ONE), ugx(20000), ugx(1000))
    kept = market.do(lambda s: s.session.scalars(select(HandOverRow)).one())
    assert (kept.amount, kept.got) == (ONE, 20000)
    assert sound(market)


def test_the_sellers_own_word_settles_what_the_rider_said(market: Market):
    delivered(market)
    claimed = claim(market)
    [rider] = till(market, lambda t: t.cash())
    till(market, lambda t: t.handed_over(rider.rider, None))
    till(market, lambda t: t.answer_hand_over(claimed, right=True))
    assert holds(market) == 0
    assert market.heard(HandOverDiffers) == []


def test_saying_the_same_again_asks_the_shop_once(market: Market):
    delivered(market)
    for _ in range(3):
        claim(market)
    assert len(market.heard(HandOverSaid)) == 1


def test_another_amount_takes_the_place_of_the_first(market: Market):
    delivered(market)
    first, second = claim(market, 5000), claim(market, 6000)
    assert till(market, lambda t: t.answer_hand_over(first, right=True)) == HandOverOver()
    till(market, lambda t: t.answer_hand_over(second, right=True))
    assert holds(market) == ONE - 6000


@pytest.mark.parametrize(
    ("amount", "refusal"),
    [
        (Decimal(ONE + 1), NotEnough(ugx(ONE), ugx(ONE + 1))),
        (Decimal(-5), BadAmount("-5")),
        (Decimal("0.5"), BadAmount("0.5")),
    ],
    ids=["more than held", "less than nothing", "no such coin"],
)
def test_what_cannot_be_handed_over_is_refused(market: Market, amount, refusal):
    delivered(market)
    assert purse(market, lambda p: p.hand_over(amount)) == refusal
    assert market.heard(HandOverSaid) == []


def test_who_holds_nothing_hands_nothing_over(market: Market):
    assert isinstance(purse(market, lambda p: p.hand_over(None)), NotEnough)


@pytest.mark.parametrize("claimed", ["x", "01890000-0000-7000-8000-000000000000"])
def test_nothing_is_booked_for_what_nobody_said(market: Market, claimed: str):
    assert till(market, lambda t: t.answer_hand_over(claimed, right=True)) == HandOverOver()


def alone(market: Market) -> None:
    market.ride("Namata", lambda r: r.duty(on=False))


def over_the_limit(market: Market) -> None:
    """Okello, alone on duty, brings two orders and now holds 42,000."""
    alone(market)
    for _ in range(2):
        delivered(market)
    assert holds(market) == 2 * ONE
    market.told.clear()


def test_who_holds_too_much_is_offered_no_more_cash(strict: Market):
    delivered(strict)
    assert strict.ride("Okello", lambda r: r.must_hand_over()) is None
    alone(strict)
    delivered(strict)
    assert strict.ride("Okello", lambda r: r.must_hand_over()) == ugx(2 * ONE)
    strict.ride("Namata", lambda r: r.duty(on=True))
    strict.told.clear()
    offered(strict)
    for _ in range(3):
        strict.wait(minutes=3)
        tick(strict)
    assert set(names(strict, DeliveryOffered)) == {"Namata"}


def test_an_offer_from_before_is_not_accepted_over_the_limit(strict: Market):
    alone(strict)
    delivered(strict)
    waits = offered(strict).number
    strict.ride("Okello", lambda r: r.accept(waits))
    other = offered(strict).number
    strict.ride("Okello", lambda r: r.picked(waits))
    hand_over(strict, waits)
    found = strict.ride("Okello", lambda r: r.accept(other))
    assert found == HandOverFirst(ugx(2 * ONE))


def test_handing_over_brings_the_orders_back(strict: Market):
    over_the_limit(strict)
    offered(strict)
    assert names(strict, DeliveryOffered) == []
    [rider] = till(strict, lambda t: t.cash())
    till(strict, lambda t: t.handed_over(rider.rider, Decimal(30000)))
    tick(strict)
    assert names(strict, DeliveryOffered) == ["Okello"]


def test_a_shop_may_set_no_limit(sessions):
    market = Market(sessions).open(SHOP + "\n[dispatch]\ncash_limit = 0\n")
    over_the_limit(market)
    offered(market)
    assert names(market, DeliveryOffered) == ["Okello"]
