"""A rail that hardly answers is known by the books, on both databases."""

from datetime import timedelta

from payments.taking.health import GOOD_FOR, LEAST_TRIES
from tests.fakes.paying import Market, Mtn


def troubled(market: Market) -> set[str]:
    rails, now = market.world.rails, market.clock.now()
    return set(market.world.read(lambda session: rails.health.troubled(session, now)))


def try_once(market: Market, ending: int) -> None:
    market.prompted(market.order(), f"+25677200{ending:04d}")
    market.clock.pass_by(seconds=20)


def test_a_rail_that_does_not_answer_is_in_trouble_until_it_does(market: Market, mtn: Mtn) -> None:
    mtn.wallets.faults.errors = 100
    for ending in range(LEAST_TRIES - 1):
        try_once(market, ending)
    market.clock.pass_by(minutes=1)
    assert troubled(market) == set()
    try_once(market, LEAST_TRIES)
    market.clock.pass_by(minutes=1)
    assert troubled(market) == {"mtn-momo"}
    market.clock.at += timedelta(minutes=20)
    assert troubled(market) == set()


def test_what_people_do_with_their_prompts_is_no_trouble(market: Market, mtn: Mtn) -> None:
    for ending in range(LEAST_TRIES + 1):
        try_once(market, ending)
    for prompt in mtn.wallets.all():
        mtn.wallets.refuse(prompt.reference)
    market.after(minutes=1)
    assert troubled(market) == set()


def test_it_is_looked_up_once_in_a_while(market: Market, mtn: Mtn) -> None:
    assert troubled(market) == set()
    mtn.wallets.faults.errors = 100
    for ending in range(LEAST_TRIES):
        market.prompted(market.order(), f"+25677200{ending:04d}")
        market.clock.pass_by(seconds=1)
    assert troubled(market) == set()
    market.clock.at += timedelta(seconds=31) + GOOD_FOR
    assert troubled(market) == {"mtn-momo"}
