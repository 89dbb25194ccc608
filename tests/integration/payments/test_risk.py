"""Unusual payments: a person looks at them, if need be before anybody is asked for money."""

from collections.abc import Sequence
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from flows.happenings import PaymentHeld, RiskDecided
from flows.ports.payments import Attempt
from flows.ports.refusals import PaymentBlocked, PaymentOnHold
from payments.due import submit_due
from payments.rail import Rails
from payments.risk.deciding import CaseError, decide, waiting
from store.models import HoldRow, PersonRow, RiskCaseRow
from store.quiet import Quiet
from store.risk_terms import RiskTerms
from store.rules import Rules
from store.scope import Scope
from store.transaction import Sessions
from tests.fakes.paying import Clock, Market, Mtn, make_market

STRANGE = "+256772999999"
LARGE = 1_000_001


@pytest.fixture
def market(sessions: Sessions, clock: Clock, rails: Rails) -> Market:
    return make_market(sessions, clock, rails, takes=("mtn-momo", "wallet", "cash"))


def own(market: Market) -> str:
    """The customer's own number, which is MTN's from now on."""
    phone = f"+25677{market.shop_id.int % 10**7:07d}"

    def write(scope: Scope) -> None:
        scope.session.get_one(PersonRow, market.person_id).phone = phone

    market.at_shop(write)
    return phone


def cases(market: Market) -> Sequence[RiskCaseRow]:
    return market.world.read(
        lambda session: session.scalars(select(RiskCaseRow).order_by(RiskCaseRow.opened_at)).all()
    )


def at_night(market: Market) -> None:
    """01:00 at the shop, which is UTC+3."""
    market.clock.at = market.clock.at.replace(hour=22)


def quick(market: Market) -> None:
    """Five attempts within ten minutes, none of them so quick as to be refused, by different wallets."""
    for ending in range(5):
        market.opened(market.order(), f"+25677200000{ending}")
        market.clock.pass_by(seconds=30)


def test_a_usual_payment_is_nobodys_case(market: Market) -> None:
    assert isinstance(market.open(market.order()), Attempt)
    assert not cases(market)


def test_a_large_amount_at_night_goes_on_and_is_looked_at(market: Market) -> None:
    at_night(market)
    assert isinstance(market.open(market.order(LARGE), own(market)), Attempt)
    (case,) = cases(market)
    assert (case.verdict, case.score, case.signals) == ("review", 800, ["amount", "hour"])
    assert not market.heard(PaymentHeld)


@pytest.mark.parametrize(
    ("utc", "signals"), [(18, []), (19, ["amount", "hour"]), (1, ["amount", "hour"]), (2, [])]
)
def test_a_night_may_begin_before_midnight(
    sessions: Sessions, clock: Clock, rails: Rails, utc: int, signals: list[str]
) -> None:
    rules = Rules(risk=RiskTerms(night=Quiet(time(22), time(5))))
    market = make_market(sessions, clock, rails, rules=rules)
    clock.at = clock.at.replace(hour=utc, minute=0)
    market.opened(market.order(LARGE), own(market))
    assert [case.signals for case in cases(market)] == ([signals] if signals else [])


def test_exactly_a_million_is_not_large(market: Market) -> None:
    at_night(market)
    market.opened(market.order(1_000_000), own(market))
    assert not cases(market)


def test_too_quick_large_and_from_a_new_wallet_waits_for_a_person(market: Market, mtn: Mtn) -> None:
    quick(market)
    number = market.order(LARGE)
    assert isinstance(market.open(number, STRANGE), PaymentOnHold)
    held = [case for case in cases(market) if case.verdict == "hold"]
    assert [case.score for case in held] == [928]
    (told,) = market.heard(PaymentHeld)
    assert isinstance(told, PaymentHeld)
    assert told.order is not None
    assert told.order.number == number
    assert STRANGE not in {prompt.payer for prompt in mtn.wallets.all()}


def test_the_goods_are_kept_while_a_person_looks(market: Market) -> None:
    quick(market)
    number = market.order(LARGE)
    market.open(number, STRANGE)
    until = market.world.read(
        lambda s: s.scalar(select(HoldRow.expires_at).where(HoldRow.sku == f"rice-{number}"))
    )
    assert until == market.clock.now() + timedelta(hours=24)


def test_asking_again_opens_no_second_case(market: Market) -> None:
    quick(market)
    number = market.order(LARGE)
    for _ in range(3):
        assert isinstance(market.open(number, STRANGE), PaymentOnHold)
    assert len([case for case in cases(market) if case.verdict == "hold"]) == 1
    assert len(market.heard(PaymentHeld)) == 1


def test_everything_at_once_is_refused(market: Market) -> None:
    at_night(market)
    quick(market)
    assert isinstance(market.open(market.order(LARGE), STRANGE), PaymentBlocked)


@pytest.mark.parametrize("allowed", [True, False])
def test_a_person_decides_once(market: Market, allowed: bool) -> None:
    quick(market)
    number = market.order(LARGE)
    market.open(number, STRANGE)
    (case,) = (case for case in cases(market) if case.verdict == "hold")
    market.at_shop(lambda s: decide(s, case.id, allowed=allowed, by="root", note="called her"))
    (told,) = market.heard(RiskDecided)
    assert isinstance(told, RiskDecided)
    assert told.order is not None
    assert (told.order.number, told.allowed) == (number, allowed)
    with pytest.raises(CaseError, match="decided by root"):
        market.at_shop(lambda s: decide(s, case.id, allowed=True, by="root", note=None))
    assert case.id not in {c.id for c in market.world.read(waiting)}


def test_what_was_allowed_goes_on_and_no_more_than_that(market: Market) -> None:
    quick(market)
    number = market.order(LARGE)
    market.open(number, STRANGE)
    (case,) = (case for case in cases(market) if case.verdict == "hold")
    market.at_shop(lambda s: decide(s, case.id, allowed=True, by="root", note=None))
    larger = market.order(2 * LARGE)
    assert isinstance(market.open(larger, STRANGE), PaymentOnHold)
    assert isinstance(market.open(number, STRANGE), Attempt)


def test_what_was_allowed_yesterday_is_looked_at_again(market: Market) -> None:
    quick(market)
    number = market.order(LARGE)
    market.open(number, STRANGE)
    (case,) = (case for case in cases(market) if case.verdict == "hold")
    market.at_shop(lambda s: decide(s, case.id, allowed=True, by="root", note=None))
    market.clock.pass_by(hours=24, minutes=1)
    quick(market)
    assert isinstance(market.open(market.order(LARGE), STRANGE), PaymentOnHold)


def test_three_times_what_somebody_usually_pays_is_unusual(market: Market, mtn: Mtn) -> None:
    for _ in range(3):
        attempt = market.prompted(market.order(10_000), own(market))
        mtn.wallets.approve(str(attempt))
        market.after(minutes=11)
    at_night(market)
    market.clock.pass_by(days=1)
    market.opened(market.order(30_000), own(market))
    assert not cases(market)
    market.clock.pass_by(minutes=11)
    market.open(market.order(30_001), own(market))
    assert [case.signals for case in cases(market)] == [["amount", "hour"]]


def test_a_wallet_that_has_paid_before_is_not_new(market: Market, mtn: Mtn) -> None:
    attempt = market.prompted(market.order(), STRANGE)
    mtn.wallets.approve(str(attempt))
    market.after(minutes=1)
    market.clock.pass_by(minutes=30)
    quick(market)
    market.open(market.order(LARGE), STRANGE)
    (case,) = (c for c in cases(market) if c.payer == STRANGE)
    assert case.signals == ["amount", "velocity"]


def test_a_top_up_is_looked_at_like_any_payment(market: Market) -> None:
    quick(market)
    market.clock.pass_by(minutes=6)
    submit_due(market.world)
    assert isinstance(market.top_up(LARGE, STRANGE), PaymentOnHold)
    (case,) = (case for case in cases(market) if case.verdict == "hold")
    assert case.order_id is None
    market.at_shop(lambda s: decide(s, case.id, allowed=True, by="root", note=None))
    (told,) = market.heard(RiskDecided)
    assert isinstance(told, RiskDecided)
    assert told.order is None


def test_ones_own_number_is_never_new(market: Market) -> None:
    quick(market)
    market.open(market.order(LARGE), own(market))
    (case,) = (c for c in cases(market) if c.payer == own(market))
    assert "new-wallet" not in case.signals
