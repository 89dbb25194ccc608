"""What happens at once, on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

import pytest
from sqlalchemy import event, func, select

from flows.happenings import OrderPaid
from flows.ports.payments import Attempt
from flows.ports.refusals import PromptOpen, TooManyPrompts
from payments.charge import Callback
from payments.due import anything_due, poll_due, submit_due
from payments.rail import Rails
from payments.taking.caps import PER_PAYER, PER_PERSON
from payments.taking.polling import callback, poll
from payments.taking.submitting import submit
from store.models import AttemptHistoryRow, AttemptRow
from tests.fakes.paying import Clock, Market, Mtn, make_market

pytestmark = pytest.mark.postgres

T = TypeVar("T")


def at_once(times: int, work: Callable[[], T]) -> list[T]:
    with ThreadPoolExecutor(times) as pool:
        return [future.result() for future in [pool.submit(work) for _ in range(times)]]


def attempts(market: Market) -> int:
    return market.world.read(lambda session: session.scalar(select(func.count(AttemptRow.id))) or 0)


def test_two_yeses_at_once_are_one_attempt(market_on_postgres: Market) -> None:
    market = market_on_postgres
    number = market.order()
    results = at_once(8, lambda: market.open(number))
    assert sum(isinstance(result, Attempt) for result in results) == 1
    assert sum(isinstance(result, PromptOpen) for result in results) == 7
    assert attempts(market) == 1


def test_one_wallet_is_not_bombarded_by_many_orders_at_once(market_on_postgres: Market) -> None:
    market = market_on_postgres
    numbers = iter([market.order() for _ in range(12)])
    results = at_once(12, lambda: market.open(next(numbers)))
    assert sum(isinstance(result, Attempt) for result in results) == 5
    assert sum(isinstance(result, TooManyPrompts) for result in results) == 7


def test_one_wallet_is_not_bombarded_by_many_shops_at_once(
    market_on_postgres: Market, clock: Clock, rails: Rails
) -> None:
    markets = [market_on_postgres, make_market(market_on_postgres.sessions, clock, rails)]
    orders = iter([(market, market.order()) for market in markets for _ in range(6)])

    def open_one() -> object:
        market, number = next(orders)
        return market.open(number)

    results = at_once(12, open_one)
    assert sum(isinstance(result, Attempt) for result in results) == PER_PAYER.most
    assert sum(isinstance(result, TooManyPrompts) for result in results) == 7
    assert attempts(market_on_postgres) == PER_PAYER.most


def test_one_person_does_not_prompt_many_wallets_from_many_shops_at_once(
    market_on_postgres: Market, clock: Clock, rails: Rails
) -> None:
    here = market_on_postgres
    there = replace(make_market(here.sessions, clock, rails), person_id=here.person_id)
    orders = iter([(market, market.order()) for market in (here, there) for _ in range(6)])

    def open_one() -> object:
        market, number = next(orders)
        return market.open(number, f"+25677212{number % 100:02d}{(market is here) + 1:02d}")

    results = at_once(12, open_one)
    assert sum(isinstance(result, Attempt) for result in results) == PER_PERSON.most
    assert attempts(here) == PER_PERSON.most


def test_twenty_callbacks_at_once_settle_once(market_on_postgres: Market, mtn: Mtn) -> None:
    market = market_on_postgres
    attempt_id = market.prompted(market.order())
    mtn.wallets.approve(str(attempt_id))

    def call_back() -> bool:
        known = callback(market.world, Callback(charges=(attempt_id,)))
        poll(market.world, attempt_id)
        return known

    assert all(at_once(20, call_back))
    assert len(market.heard(OrderPaid)) == 1
    settled = market.world.read(
        lambda session: session.scalar(
            select(func.count(AttemptHistoryRow.id)).where(AttemptHistoryRow.after == "succeeded")
        )
    )
    assert settled == 1


def test_a_job_run_by_many_workers_prompts_once(market_on_postgres: Market, mtn: Mtn) -> None:
    market = market_on_postgres
    attempt_id = market.opened(market.order())
    at_once(6, lambda: submit(market.world, attempt_id))
    assert mtn.only.requests == 1


def test_many_clocks_do_each_thing_once(market_on_postgres: Market, mtn: Mtn) -> None:
    market = market_on_postgres
    numbers = [market.order() for _ in range(5)]
    for ending, number in enumerate(numbers):
        market.opened(number, f"+25677200000{ending}")
    at_once(4, lambda: submit_due(market.world))
    assert [prompt.requests for prompt in mtn.wallets.all()] == [1] * 5
    for prompt in mtn.wallets.all():
        mtn.wallets.approve(prompt.reference)
    assert not market.world.read(lambda session: anything_due(session, market.clock.now()))
    market.clock.pass_by(seconds=10)
    assert market.world.read(lambda session: anything_due(session, market.clock.now()))
    at_once(4, lambda: poll_due(market.world))
    assert len(market.heard(OrderPaid)) == 5
    polls = market.world.read(lambda session: session.scalars(select(AttemptRow.polls)).all())
    assert list(polls) == [1] * 5


def test_no_connection_is_held_while_the_provider_is_asked(
    market_on_postgres: Market, mtn: Mtn, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = market_on_postgres
    engine = market.sessions.kw["bind"]
    in_use: set[int] = set()
    event.listen(engine, "checkout", lambda connection, *_: in_use.add(id(connection)))
    event.listen(engine, "checkin", lambda connection, *_: in_use.discard(id(connection)))
    seen: list[int] = []
    for name in ("request", "status"):
        real = getattr(mtn.rail, name)

        def watched(argument: object, real: Callable[[object], object] = real) -> object:
            seen.append(len(in_use))
            return real(argument)

        monkeypatch.setattr(mtn.rail, name, watched)
    market.prompted(market.order())
    market.after(seconds=10)
    assert seen == [0, 0]
