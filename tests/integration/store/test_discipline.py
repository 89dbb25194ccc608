"""Warnings and suspensions: a reason, an actor and an end, and whom they keep from what."""

from datetime import timedelta

import pytest
from market import Market
from riding import offered
from sqlalchemy import select

from flows.happenings import Suspended, SuspensionOver, Warned
from flows.ports.refusals import RiderSuspended
from flows.ports.shop import Standing
from flows.ports.trade import Job
from store.discipline import acting
from store.discipline.ending import end_by_time, ended
from store.models import RiderRow, SanctionRow
from store.scope import Scope
from store.standing import standing_of, takes_orders

BY = "root"


def warn(market: Market, times: int = 1) -> None:
    for _ in range(times):
        market.do(lambda s: acting.warn(s, None, "sent stones for yams", BY))
        market.wait(hours=1)


def tick(market: Market) -> None:
    for _, sanction in market.do(lambda s: ended(s.session, s.rules, s.now, 10)):
        market.do(lambda s, one=sanction: end_by_time(s, one))


def standing(market: Market) -> Standing:
    return market.do(lambda s: standing_of(s.shop, s.now))


def okello(scope: Scope) -> RiderRow:
    return scope.session.scalars(
        select(RiderRow).where(RiderRow.shop_id == scope.shop.id, RiderRow.name == "Okello")
    ).one()


def test_two_warnings_change_nothing(market: Market) -> None:
    warn(market, 2)
    assert standing(market) is Standing.LIVE
    assert [told.count for told in market.heard(Warned)] == [1, 2]


def test_the_third_in_thirty_days_suspends_for_a_week(market: Market) -> None:
    warn(market, 2)
    market.wait(days=29)
    at = market.now
    warn(market)
    assert standing(market) is Standing.SUSPENDED
    (told,) = market.heard(Suspended)
    assert told.until == at + timedelta(days=7)
    assert not market.do(lambda s: takes_orders(s.shop, s.now))


def test_three_in_more_than_thirty_days_do_not(market: Market) -> None:
    warn(market, 2)
    market.wait(days=31)
    warn(market)
    assert standing(market) is Standing.LIVE


def test_a_suspension_ends_by_itself_and_once(market: Market) -> None:
    warn(market, 3)
    market.wait(days=6)
    tick(market)
    assert standing(market) is Standing.SUSPENDED
    market.wait(days=1)
    tick(market)
    tick(market)
    assert standing(market) is Standing.LIVE
    assert len(market.heard(SuspensionOver)) == 1


def test_old_warnings_do_not_suspend_again(market: Market) -> None:
    warn(market, 3)
    market.wait(days=8)
    tick(market)
    warn(market, 2)
    assert standing(market) is Standing.LIVE
    warn(market)
    assert standing(market) is Standing.SUSPENDED


def test_a_suspension_without_an_end_waits_for_a_person(market: Market) -> None:
    market.do(lambda s: acting.suspend(s, None, "sells what is forbidden", BY, None))
    market.wait(days=365)
    tick(market)
    assert standing(market) is Standing.SUSPENDED
    market.do(lambda s: acting.end(s, None, BY))
    assert standing(market) is Standing.LIVE
    row = market.do(lambda s: s.session.scalars(select(SanctionRow)).one())
    assert (row.reason, row.by, row.ended_by) == ("sells what is forbidden", BY, BY)


def test_a_shop_stands_afterwards_as_it_did_before(market: Market) -> None:
    def pend(scope: Scope) -> None:
        scope.shop.status = Standing.PENDING.value

    market.do(pend)
    market.do(lambda s: acting.suspend(s, None, "who is this", BY, None))
    market.do(lambda s: acting.end(s, None, BY))
    assert standing(market) is Standing.PENDING


def test_what_cannot_be_done_says_why(market: Market) -> None:
    with pytest.raises(acting.DisciplineError, match="not suspended"):
        market.do(lambda s: acting.end(s, None, BY))
    with pytest.raises(acting.DisciplineError, match="over already"):
        market.do(lambda s: acting.suspend(s, None, "x", BY, s.now))
    market.do(lambda s: acting.suspend(s, None, "x", BY, None))
    with pytest.raises(acting.DisciplineError, match="already"):
        market.do(lambda s: acting.suspend(s, None, "x", BY, None))


def test_a_suspended_rider_cannot_come_on_duty_and_the_shop_goes_on(market: Market) -> None:
    market.do(lambda s: acting.suspend(s, okello(s), "kept cash", BY, None))
    refusal = market.ride("Okello", lambda rides: rides.duty(on=True))
    assert isinstance(refusal, RiderSuspended)
    assert standing(market) is Standing.LIVE
    assert not market.do(lambda s: okello(s).on_duty)
    market.do(lambda s: acting.end(s, okello(s), BY))
    assert market.ride("Okello", lambda rides: rides.duty(on=True)) is None


def test_a_suspended_rider_takes_nothing_that_was_offered_before(market: Market) -> None:
    market.ride("Namata", lambda rides: rides.duty(on=False))
    order = offered(market)
    market.do(lambda s: acting.suspend(s, okello(s), "kept cash", BY, None))
    refusal = market.ride("Okello", lambda rides: rides.accept(order.number))
    assert isinstance(refusal, RiderSuspended)
    market.do(lambda s: acting.end(s, okello(s), BY))
    assert isinstance(market.ride("Okello", lambda rides: rides.accept(order.number)), Job)


def test_a_riders_warnings_are_not_the_shops(market: Market) -> None:
    warn(market, 2)
    market.do(lambda s: acting.warn(s, okello(s), "was rude", BY))
    assert not market.heard(Suspended)
    assert [told.count for told in market.heard(Warned)][-1] == 1
