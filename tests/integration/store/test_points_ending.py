"""Points that grow old: told in time and once, then gone; the clock does it, and only it."""

from datetime import timedelta
from uuid import UUID

import pytest
from market import AMINA, SHOP, Buying, Market, ugx
from sqlalchemy import select

from flows.happenings import PointsRunningOut
from store.due import DUTIES
from store.loyalty.account import enter, locked, new_lot
from store.models import PersonRow, PointsEntryRow, PointsLotRow, PointsRow
from store.transaction import Sessions

DAYS = 365


@pytest.fixture
def shop(sessions: Sessions) -> Market:
    return Market(sessions).open(SHOP + "\n[points]\nper = 100\nworth = 10\n")


def give(market: Market, points: int, days: float = DAYS) -> None:
    def work(scope):
        person = Buying(scope, AMINA).person.id
        account = locked(scope, person)
        lot = new_lot(scope, person, points, scope.now + timedelta(days=days), timedelta(days=14))
        enter(scope, account, "given", lot.id, points, [(lot.id, points)])

    market.do(work)


def tick(market: Market, name: str, times: int = 1) -> int:
    """What the clock does; how much was due."""
    duty = next(d for d in DUTIES if d.name == name)
    due = market.do(lambda s: duty.find(s.session, s.rules, s.now, 9))
    for _, subject in [subject for subject in due for _ in range(times)]:
        market.do(lambda s, i=subject: duty.act(s, i))
    return len(due)


def entries(market: Market) -> list[tuple[str, int, int, int]]:
    rows = market.do(
        lambda s: s.session.scalars(select(PointsEntryRow).order_by(PointsEntryRow.id)).all()
    )
    return [(row.kind, row.points, row.before, row.after) for row in rows]


def test_points_are_lost_after_a_year_and_not_before(shop: Market):
    give(shop, 300)
    shop.wait(days=DAYS, seconds=-1)
    assert tick(shop, "points_end") == 0
    shop.wait(seconds=1)
    assert tick(shop, "points_end", times=2) == 1
    assert entries(shop)[1:] == [("expire", -300, 300, 0)]
    assert tick(shop, "points_end") == 0


def test_what_was_spent_of_them_is_not_lost_again(shop: Market):
    give(shop, 300)
    give(shop, 200, days=400)
    shop.ask(lambda b: b.cart.add("oil", 1))
    shop.ask(lambda b: b.points.use(250))
    shop.buy()
    shop.wait(days=DAYS)
    tick(shop, "points_end")
    assert entries(shop)[2:] == [("spend", -250, 500, 250), ("expire", -50, 250, 200)]
    assert shop.do(lambda s: s.session.scalar(select(PointsRow.balance))) == 200


def test_their_owner_hears_two_weeks_before_once_and_of_a_week_at_once(shop: Market):
    for points in (300, 200, 100):
        give(shop, points)
        shop.wait(days=5)
    first = shop.now + timedelta(days=DAYS - 15)
    shop.wait(days=DAYS - 15 - 14, seconds=-1)
    assert tick(shop, "points_end_soon") == 0
    shop.wait(seconds=1)
    assert tick(shop, "points_end_soon", times=2) == 1
    person = shop.do(lambda s: s.session.scalar(select(PersonRow.id).where(
        PersonRow.phone == AMINA)))  # fmt: skip
    assert shop.heard(PointsRunningOut) == [PointsRunningOut(str(person), 500, ugx(5000), first)]
    shop.wait(days=5)
    assert tick(shop, "points_end_soon") == 0
    shop.wait(days=5)
    assert tick(shop, "points_end_soon") == 1
    assert [told.points for told in shop.heard(PointsRunningOut)] == [500, 100]


def test_nobody_hears_of_points_that_are_spent(shop: Market):
    give(shop, 300)
    shop.ask(lambda b: b.cart.add("oil", 1))
    shop.ask(lambda b: b.points.use(300))
    shop.buy()
    shop.wait(days=DAYS)
    tick(shop, "points_end_soon")
    assert shop.heard(PointsRunningOut) == []
    assert tick(shop, "points_end_soon") == 0
    assert shop.do(lambda s: s.session.scalars(select(PointsLotRow.warn_at)).all()) == [None]


def test_another_shops_clock_does_nothing(shop: Market):
    give(shop, 300)
    shop.wait(days=DAYS)
    duty = next(d for d in DUTIES if d.name == "points_end")
    shop.do(lambda s: duty.act(s, UUID(int=7)))
    assert len(entries(shop)) == 1
