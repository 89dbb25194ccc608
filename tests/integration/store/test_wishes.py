"""Wish lists, saved lists, and who hears that something is back."""

from uuid import UUID

import pytest
from market import AMINA, NOON, Buying, Market, ugx
from sqlalchemy import select

from flows.happenings import BackInStock
from flows.ports.wishes import Kept
from store.due import DUTIES
from store.models import RestockRow, WishRow
from store.wishes import MOST_LISTS, CustomerWishes

(DUTY,) = (duty for duty in DUTIES if duty.name == "back_in_stock")
PEOPLE = tuple(f"+25677200010{n}" for n in range(6))


def wishes(buyer: Buying) -> CustomerWishes:
    return CustomerWishes(buyer.scope, buyer.person.id)


def wish(market: Market, sku: str, *phones: str) -> None:
    for phone in phones:
        market.ask(lambda buyer: wishes(buyer).keep(sku), phone)
        market.wait(minutes=1)


def tick(market: Market) -> None:
    due = market.do(lambda s: DUTY.find(s.session, s.rules, s.now, 10))
    for _, subject in due:
        market.do(lambda scope, subject=subject: DUTY.act(scope, subject))


def told(market: Market) -> list[str]:
    return [each.person for each in market.heard(BackInStock)]


def person(market: Market, phone: str) -> str:
    return market.ask(lambda buyer: str(buyer.person.id), phone)


def stock(market: Market, sku: str, count: int) -> None:
    market.sell(lambda trade: trade.set_stock(sku, count))


@pytest.fixture
def sold_out(market: Market) -> Market:
    """Nobody has matooke, and three people wait for it."""
    stock(market, "matooke", 0)
    wish(market, "matooke", *PEOPLE[:3])
    return market


def test_who_wished_hears_once_when_it_is_back(sold_out: Market) -> None:
    tick(sold_out)
    assert told(sold_out) == []
    stock(sold_out, "matooke", 9)
    for _ in range(3):
        tick(sold_out)
        sold_out.wait(hours=1)
    assert told(sold_out) == [person(sold_out, phone) for phone in PEOPLE[:3]]
    [first, *_] = sold_out.heard(BackInStock)
    assert (first.name, first.price) == ("Matooke", ugx(28_000))
    stock(sold_out, "matooke", 0)
    stock(sold_out, "matooke", 9)
    tick(sold_out)
    assert len(told(sold_out)) == 3


def test_the_first_who_asked_hear_first_and_no_more_than_came_in(sold_out: Market) -> None:
    stock(sold_out, "matooke", 2)
    tick(sold_out)
    assert told(sold_out) == [person(sold_out, phone) for phone in PEOPLE[:2]]
    sold_out.wait(minutes=29)
    tick(sold_out)
    assert len(told(sold_out)) == 2
    sold_out.wait(minutes=1)
    tick(sold_out)
    assert told(sold_out)[2:] == [person(sold_out, PEOPLE[2])]


def test_those_behind_wait_on_when_it_is_gone_before_their_turn(sold_out: Market) -> None:
    stock(sold_out, "matooke", 2)
    tick(sold_out)
    stock(sold_out, "matooke", 0)
    sold_out.wait(hours=1)
    tick(sold_out)
    assert len(told(sold_out)) == 2
    assert sold_out.do(lambda s: s.session.scalars(select(RestockRow)).all()) == []
    stock(sold_out, "matooke", 1)
    tick(sold_out)
    assert told(sold_out)[2:] == [person(sold_out, PEOPLE[2])]


def test_nobody_is_woken_at_night(sold_out: Market) -> None:
    sold_out.now = NOON.replace(hour=19)  # Ten at night there.
    stock(sold_out, "matooke", 9)
    tick(sold_out)
    assert told(sold_out) == []
    sold_out.now = NOON.replace(day=NOON.day + 1, hour=4, minute=59)
    tick(sold_out)
    assert told(sold_out) == []
    sold_out.wait(minutes=1)
    tick(sold_out)
    assert len(told(sold_out)) == 3


def test_what_an_order_gives_back_is_back_too(market: Market) -> None:
    order = market.buy(("matooke", 1))
    wish(market, "matooke", PEOPLE[0])
    market.sell(lambda trade: trade.refuse(order.number, "no"))
    tick(market)
    assert told(market) == [person(market, PEOPLE[0])]


def test_more_of_what_was_there_all_the_time_is_no_news(market: Market) -> None:
    wish(market, "oil", PEOPLE[0])
    stock(market, "oil", 50)
    tick(market)
    assert told(market) == []


def test_who_wished_for_a_product_hears_of_any_kind_of_it(market: Market) -> None:
    stock(market, "rice-5kg", 0)
    wish(market, "rice", PEOPLE[0])
    wish(market, "rice-25kg", PEOPLE[1])
    stock(market, "rice-5kg", 5)
    tick(market)
    assert [each.name for each in market.heard(BackInStock)] == ["Rice 5kg"]
    assert told(market) == [person(market, PEOPLE[0])]


def test_a_wish_once_answered_can_be_wished_again(sold_out: Market) -> None:
    stock(sold_out, "matooke", 9)
    tick(sold_out)
    stock(sold_out, "matooke", 0)
    wish(sold_out, "matooke", PEOPLE[1])
    stock(sold_out, "matooke", 9)
    tick(sold_out)
    assert told(sold_out)[3:] == [person(sold_out, PEOPLE[1])]


def test_asking_twice_keeps_ones_turn(sold_out: Market) -> None:
    wish(sold_out, "matooke", PEOPLE[0])
    stock(sold_out, "matooke", 1)
    tick(sold_out)
    assert told(sold_out) == [person(sold_out, PEOPLE[0])]


def test_a_wish_list_is_ones_own_and_the_newest_first(market: Market) -> None:
    wish(market, "oil", AMINA, PEOPLE[0])
    wish(market, "salt", AMINA)
    assert market.ask(lambda buyer: wishes(buyer).wished()) == ["salt", "oil"]
    market.ask(lambda buyer: wishes(buyer).drop("salt"))
    assert market.ask(lambda buyer: wishes(buyer).wished()) == ["oil"]
    assert market.ask(lambda buyer: wishes(buyer).wished(), PEOPLE[0]) == ["oil"]


def test_a_list_is_kept_under_its_name_in_any_case(market: Market) -> None:
    rice = Kept("rice-5kg", "Rice 5kg", 2, ugx(24_000))
    oil = Kept("oil", "Cooking oil", 1, ugx(9_000))
    market.ask(lambda buyer: wishes(buyer).save_list("Monthly", [rice]))
    market.wait(minutes=1)
    market.ask(lambda buyer: wishes(buyer).save_list("monthly", [rice, oil]))
    [mine] = market.ask(lambda buyer: wishes(buyer).lists())
    assert (mine.name, mine.lines) == ("monthly", (rice, oil))
    assert market.ask(lambda buyer: wishes(buyer).lists(), PEOPLE[0]) == []
    market.ask(lambda buyer: wishes(buyer).drop_list("MONTHLY"))
    assert market.ask(lambda buyer: wishes(buyer).lists()) == []


def test_the_oldest_list_makes_room(market: Market) -> None:
    for number in range(MOST_LISTS + 1):
        market.ask(lambda buyer, n=number: wishes(buyer).save_list(f"list {n}", []))
        market.wait(minutes=1)
    names = [each.name for each in market.ask(lambda buyer: wishes(buyer).lists())]
    assert len(names) == MOST_LISTS
    assert names[-1] == "list 1"


def test_wishes_of_people_are_told_once_however_often_the_clock_looks(sold_out: Market) -> None:
    stock(sold_out, "matooke", 9)
    due = sold_out.do(lambda s: DUTY.find(s.session, s.rules, s.now, 10))
    for _ in range(2):
        for _, subject in due:
            sold_out.do(lambda scope, subject=subject: DUTY.act(scope, subject))
    assert len(told(sold_out)) == 3
    waiting: list[UUID] = sold_out.do(
        lambda s: list(s.session.scalars(select(WishRow.id).where(WishRow.told_at.is_(None))))
    )
    assert waiting == []


def test_a_shop_that_takes_no_orders_calls_nobody_back(sold_out: Market) -> None:
    sold_out.do(lambda s: setattr(s.shop, "status", "suspended"))
    stock(sold_out, "matooke", 9)
    tick(sold_out)
    assert told(sold_out) == []
    sold_out.do(lambda s: setattr(s.shop, "status", "live"))
    sold_out.wait(days=1)
    tick(sold_out)
    assert len(told(sold_out)) == 3
