"""A rider's day: what was brought, what was not, what was earned, and the cash to hand over."""

import pytest
from market import Market, ugx
from riding import RIDER, accepted, delivered, failed, hand_over, names, offered, picked_up
from sqlalchemy import event

from flows.happenings import RiderDayEnded
from flows.ports.trade import RiderDay
from store.due import DUTIES

NIGHTLY = next(duty for duty in DUTIES if duty.name == "days_end")


def tick(market: Market) -> None:
    """What the clock does about days."""
    for _, subject in market.do(lambda s: NIGHTLY.find(s.session, s.rules, s.now, 10)):
        market.do(lambda s, i=subject: NIGHTLY.act(s, i))


def today(market: Market, name: str = RIDER) -> RiderDay:
    return market.ride(name, lambda r: r.day())


def test_a_day_counts_drops_failures_earnings_and_cash(market: Market):
    assert today(market) == RiderDay(0, 0, ugx(0), ugx(0))
    market.ride("Namata", lambda r: r.duty(on=False))
    delivered(market)
    delivered(market)
    failed(market)
    assert today(market) == RiderDay(2, 1, ugx(6000), ugx(42000))
    assert today(market, "Namata") == RiderDay(0, 0, ugx(0), ugx(0))


def test_a_failure_taken_back_is_none(market: Market):
    number = failed(market)
    market.ride(RIDER, lambda r: r.undo())
    assert today(market).failed == 0
    hand_over(market, number)
    assert today(market) == RiderDay(1, 0, ugx(3000), ugx(21000))


def test_what_is_brought_back_is_one_failure(market: Market):
    number = failed(market)
    market.ride(RIDER, lambda r: r.back(number))
    assert today(market).failed == 1


def test_tomorrow_begins_with_nothing_but_the_cash(market: Market):
    delivered(market)
    market.wait(hours=12)
    assert today(market) == RiderDay(0, 0, ugx(0), ugx(21000))


def test_in_the_evening_every_rider_hears_of_the_day_once(market: Market):
    tick(market)
    delivered(market)
    picked_up(market, "Namata")
    market.wait(hours=9)
    for _ in range(3):
        tick(market)
    assert names(market, RiderDayEnded) == [RIDER]
    assert market.heard(RiderDayEnded)[0].day == RiderDay(1, 0, ugx(3000), ugx(21000))


def test_cash_is_reminded_of_every_evening_until_it_is_handed_over(market: Market):
    tick(market)
    delivered(market)
    market.wait(hours=9)
    for _ in range(3):
        tick(market)
        market.wait(hours=24)
    days = [told.day for told in market.heard(RiderDayEnded)]
    assert [day.holds for day in days] == [ugx(21000)] * len(days)
    assert len(days) == 3


def statements(market: Market, act) -> int:
    """How many statements an act of Okello's takes, until all of it is written."""

    def measured(scope):
        rides, seen = market.rides(scope, RIDER), []
        connection = scope.session.connection()

        def note(conn, cursor, statement, *rest):
            seen.append(statement)

        event.listen(connection, "before_cursor_execute", note)
        act(rides)
        scope.session.flush()
        event.remove(connection, "before_cursor_execute", note)
        return len(seen)

    return market.do(measured)


TURNS = [
    ("DAY", delivered, 3, lambda r, n: r.day()),
    ("YES", lambda market: offered(market).number, 8, lambda r, n: r.accept(n)),
    ("PASS", accepted, 12, lambda r, n: r.give_back(n)),
    ("FAIL", picked_up, 6, lambda r, n: r.failed(n, "refused")),
    ("BACK", failed, 9, lambda r, n: r.back(n)),
    ("JOBS", accepted, 1, lambda r, n: r.jobs()),
]


@pytest.mark.parametrize(
    ("before", "most", "act"), [row[1:] for row in TURNS], ids=[row[0] for row in TURNS]
)
def test_a_turn_of_a_rider_costs_few_statements(market: Market, before, most: int, act):
    number = before(market)
    found = statements(market, lambda rides: act(rides, number))
    assert found <= most, found
