"""Codes sent to a person's own phone: each is good once, for one person at one shop, and not for long."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from market import SHOP, Market
from sqlalchemy import func, select

from flows.happenings import CodeIssued
from flows.money import Money
from flows.ports.refusals import BadCode, CodeOver, NoCodeWanted, NoPhone, Refusal, TooManyCodes
from flows.ports.wallet import CodeSent
from store.challenges import GOOD_FOR, TRIES, Challenge, Challenges
from store.models import ChallengeRow
from store.people import upsert_person
from store.scope import Scope

KEY, PHONE = b"a server's secret", "+256772123456"
AMOUNT, FEE = Money(50_000, "UGX"), Money(0, "UGX")
MINE = frozenset({"payout"})


def codes(
    scope: Scope, phone: str | None = PHONE, purposes: frozenset[str] = MINE, key: bytes = KEY
) -> Challenges:
    user = None if phone else "UG.no-number"
    person = upsert_person(scope.session, phone, user, scope.now)
    return Challenges(scope, person, key, purposes)


@pytest.fixture
def other_market(market: Market) -> Market:
    """Another shop in the same books."""
    text = SHOP.replace('"njeri"', '"okello"').replace("NJERI", "OKELLO")
    return Market(market.sessions, slug="okello").open(text)


def ask(market: Market, phone: str | None = PHONE, amount: Money = AMOUNT) -> CodeSent | Refusal:
    return market.do(
        lambda scope: codes(scope, phone).send(
            "payout", {"rail": "mtn-momo"}, amount, FEE, "seller"
        )
    )


def asked(market: Market, phone: str = PHONE) -> str:
    """The code that was sent."""
    sent = ask(market, phone)
    assert isinstance(sent, CodeSent), sent
    return told(market).code


def told(market: Market) -> CodeIssued:
    issued = [happening for happening in market.told if isinstance(happening, CodeIssued)]
    return issued[-1]


def answer(
    market: Market, code: str, phone: str = PHONE, purposes: frozenset[str] = MINE
) -> Challenge | Refusal:
    return market.do(lambda scope: codes(scope, phone, purposes).redeem(code))


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_code_opens_what_waited_for_it_once(market: Market) -> None:
    code = asked(market)
    assert len(code) == 6
    done = answer(market, f" {code} ")
    assert done == Challenge("payout", {"rail": "mtn-momo"}, AMOUNT, FEE)
    assert answer(market, code) == NoCodeWanted()


def test_the_code_is_nowhere_in_the_books(market: Market) -> None:
    code = asked(market)
    columns = ChallengeRow.__table__.columns
    (row,) = market.do(lambda scope: scope.session.execute(select(*columns)).all())
    kept = [str(value) for value in row]
    assert not any(code in value for value in kept)


def test_three_wrong_guesses_end_it(market: Market) -> None:
    code = asked(market)
    wrong = other_than(code)
    answers = [answer(market, wrong) for _ in range(TRIES)]
    assert answers == [BadCode(2), BadCode(1), CodeOver()]
    assert answer(market, code) == NoCodeWanted()


def test_after_five_minutes_it_is_over(market: Market) -> None:
    code = asked(market)
    market.now += GOOD_FOR
    assert answer(market, code) == CodeOver()
    assert answer(market, code) == NoCodeWanted()


def test_just_before_that_it_is_good(market: Market) -> None:
    code = asked(market)
    market.now += GOOD_FOR - timedelta(seconds=1)
    assert isinstance(answer(market, code), Challenge)


def test_another_person_cannot_use_it(market: Market) -> None:
    code = asked(market)
    assert answer(market, code, "+256701999999") == NoCodeWanted()
    assert isinstance(answer(market, code), Challenge)


def test_another_shop_cannot_use_it(market: Market, other_market: Market) -> None:
    code = asked(market)
    assert answer(other_market, code) == NoCodeWanted()
    assert isinstance(answer(market, code), Challenge)


def test_what_another_machine_asked_for_stays_its_own(market: Market) -> None:
    code = asked(market)
    assert answer(market, code, purposes=frozenset({"withdrawal"})) == NoCodeWanted()
    assert isinstance(answer(market, code), Challenge)


def test_a_new_code_takes_the_place_of_the_old(market: Market) -> None:
    old, new = asked(market), asked(market)
    if old != new:
        assert answer(market, old) == BadCode(2)
    assert isinstance(answer(market, new), Challenge)


def test_the_digest_is_worth_nothing_to_another_key(market: Market) -> None:
    code = asked(market)
    done = market.do(lambda scope: codes(scope, key=b"another").redeem(code))
    assert isinstance(done, BadCode)


def test_only_so_many_are_sent(market: Market) -> None:
    sent = [ask(market) for _ in range(3)]
    assert all(isinstance(each, CodeSent) for each in sent)
    assert ask(market) == TooManyCodes(market.now + timedelta(minutes=10))
    market.now += timedelta(minutes=10)
    assert isinstance(ask(market), CodeSent)


def test_and_in_a_day_no_more_than_ten(market: Market) -> None:
    start = market.now
    for _ in range(10):
        assert isinstance(ask(market), CodeSent)
        market.now += timedelta(minutes=5)
    assert ask(market) == TooManyCodes(start + timedelta(hours=24))


def test_without_a_phone_of_ones_own_there_is_none(market: Market) -> None:
    assert ask(market, None) == NoPhone()


def test_what_waits_is_told(market: Market) -> None:
    sent = ask(market)
    others = frozenset({"withdrawal"})
    assert market.do(lambda scope: codes(scope).waiting()) == sent
    assert market.do(lambda scope: codes(scope, purposes=others).waiting()) is None
    market.now += GOOD_FOR
    assert market.do(lambda scope: codes(scope).waiting()) is None


@pytest.mark.postgres
def test_guesses_at_once_have_three_tries_together(busy_market: Market) -> None:
    code = asked(busy_market)
    wrong = [f"{(int(code) + step) % 10**6:06d}" for step in range(1, 13)]
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda guess: answer(busy_market, guess), wrong))
    assert sum(isinstance(each, BadCode) for each in answers) == TRIES - 1
    assert sum(isinstance(each, CodeOver) for each in answers) == 1


@pytest.mark.postgres
def test_a_code_sent_back_twice_at_once_opens_once(busy_market: Market) -> None:
    code = asked(busy_market)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: answer(busy_market, code), range(8)))
    assert sum(isinstance(each, Challenge) for each in answers) == 1


@pytest.mark.postgres
def test_of_codes_asked_for_at_once_one_stays_open(busy_market: Market) -> None:
    busy_market.do(lambda scope: upsert_person(scope.session, PHONE, None, scope.now))
    with ThreadPoolExecutor(6) as pool:
        sent = list(pool.map(lambda _: ask(busy_market), range(6)))
    assert sum(isinstance(each, CodeSent) for each in sent) == 3
    still_open = select(func.count()).where(ChallengeRow.closed_at.is_(None))
    assert busy_market.do(lambda scope: scope.session.scalar(still_open)) == 1
