"""Whoever leaves a checkout unfinished is reminded once, two hours later."""

from datetime import datetime

import pytest
from market import NOON, Buying, Market, ugx
from sqlalchemy import update

from flows.happenings import CartWaiting
from store.due import DUTIES
from store.ids import new_id
from store.models import CartRow, ConversationRow

(DUTY,) = (duty for duty in DUTIES if duty.name == "unfinished_checkouts")


def tick(market: Market) -> int:
    """How many were reminded by now."""
    for _, subject in market.do(lambda s: DUTY.find(s.session, s.rules, s.now, 10)):
        market.do(lambda scope, subject=subject: DUTY.act(scope, subject))
    return len(market.heard(CartWaiting))


def check_out(buyer: Buying) -> None:
    buyer.cart.add("oil", 2)
    buyer.cart.checking_out()


def wrote(market: Market, at: datetime, *, held_by: str = "bot") -> None:
    """When the customer last wrote."""

    def work(buyer: Buying) -> None:
        buyer.scope.session.add(
            ConversationRow(
                id=new_id(),
                shop_id=buyer.scope.shop.id,
                person_id=buyer.person.id,
                held_by=held_by,
                last_inbound_at=at,
                updated_at=at,
            )
        )

    market.ask(work)


@pytest.fixture
def left(market: Market) -> Market:
    market.ask(check_out)
    return market


def test_two_hours_later_and_once(left: Market) -> None:
    left.wait(hours=1, minutes=59)
    assert tick(left) == 0
    left.wait(minutes=1)
    assert tick(left) == 1
    [told] = left.heard(CartWaiting)
    assert (told.items, told.total) == (("2 x Cooking oil",), ugx(18_000))
    left.ask(check_out)
    left.wait(hours=30)
    assert tick(left) == 1


def test_a_cart_that_was_only_filled_is_nobodys_business(market: Market) -> None:
    market.ask(lambda buyer: buyer.cart.add("oil", 2))
    market.wait(hours=3)
    assert tick(market) == 0


def test_who_has_ordered_is_not_reminded(left: Market) -> None:
    left.buy()
    left.wait(hours=3)
    assert tick(left) == 0


def test_who_ordered_and_began_another_cart_is_not_reminded_of_the_first(left: Market) -> None:
    left.buy()
    left.ask(lambda buyer: buyer.cart.add("salt", 1))
    left.wait(hours=3)
    assert tick(left) == 0


def test_an_emptied_cart_is_forgotten(left: Market) -> None:
    left.ask(lambda buyer: buyer.cart.clear())
    left.wait(hours=3)
    assert tick(left) == 0


def test_who_still_writes_is_not_reminded_yet(left: Market) -> None:
    wrote(left, NOON.replace(hour=10, minute=30))
    left.wait(hours=2)
    assert tick(left) == 0
    left.wait(minutes=89)
    assert tick(left) == 0
    left.wait(minutes=1)
    assert tick(left) == 1


def test_who_talks_with_a_person_is_left_to_them(left: Market) -> None:
    wrote(left, NOON, held_by="human")
    left.wait(hours=3)
    assert tick(left) == 0


def test_at_night_it_waits_for_the_morning(market: Market) -> None:
    market.now = NOON.replace(hour=17)  # Eight in the evening there.
    market.ask(check_out)
    market.wait(hours=2)
    assert tick(market) == 0
    market.now = NOON.replace(day=NOON.day + 1, hour=5)
    assert tick(market) == 1


def test_who_orders_in_the_night_is_not_reminded_in_the_morning(market: Market) -> None:
    market.now = NOON.replace(hour=17)
    market.ask(check_out)
    market.wait(hours=2)
    tick(market)
    market.buy()
    market.now = NOON.replace(day=NOON.day + 1, hour=5)
    assert tick(market) == 0


def test_an_expired_cart_is_not_reminded_of(left: Market) -> None:
    left.do(lambda s: s.session.execute(update(CartRow).values(status="expired")))
    left.wait(hours=3)
    assert tick(left) == 0


def test_a_shop_that_takes_no_orders_reminds_nobody(left: Market) -> None:
    left.do(lambda s: setattr(s.shop, "status", "suspended"))
    left.wait(hours=3)
    assert tick(left) == 0
