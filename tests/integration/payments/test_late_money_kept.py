"""Money that comes too late, at a shop that keeps wallets: the customer says where it goes."""

from collections.abc import Iterator

import pytest

from flows.happenings import LateMoney, RefundDone
from flows.money import Money
from flows.ports.refusals import NothingPaid, Refusal
from payments.people.wallets import CustomerWallet
from payments.rail import Rails
from store.models import PersonRow
from store.proof import prove
from store.scope import Scope
from store.transaction import Sessions
from tests.fakes.paying import Clock, Market, Mtn, make_market

CAME = Money(48_000, "UGX")


@pytest.fixture
def market(sessions: Sessions, clock: Clock, rails: Rails) -> Iterator[Market]:
    yield make_market(sessions, clock, rails, takes=("mtn-momo", "wallet"))
    assert prove(sessions.kw["bind"]).finding is None


def too_late(market: Market, mtn: Mtn) -> int:
    """An order that was cancelled before its money came, and whose goods are gone."""
    number = market.order(stock=1)
    attempt_id = market.prompted(number)
    market.change_order(number, status="cancelled")
    mtn.wallets.approve(str(attempt_id))
    market.after(seconds=10)
    (told,) = market.heard(LateMoney)
    assert isinstance(told, LateMoney)
    assert (told.refund, told.choice) == (CAME, True)
    return number


def said(market: Market, number: int, *, keep: bool) -> Money | Refusal:
    def say(scope: Scope) -> Money | Refusal:
        person = scope.session.get_one(PersonRow, market.person_id)
        world = market.world
        wallet = CustomerWallet(scope, person, "sms", world.rails, world.schedule, b"key")
        return wallet.late(number, keep=keep)

    return market.at_shop(say)


def test_it_is_kept_in_the_wallet(market: Market, mtn: Mtn) -> None:
    number = too_late(market, mtn)
    assert said(market, number, keep=True) == CAME
    assert market.wallet() == 48_000
    market.after(minutes=11)
    market.after(minutes=1)
    assert mtn.wallets.refunds() == []
    assert said(market, number, keep=True) == NothingPaid()
    assert market.wallet() == 48_000


def test_it_is_sent_back_at_once(market: Market, mtn: Mtn) -> None:
    number = too_late(market, mtn)
    assert said(market, number, keep=False) == CAME
    market.after(seconds=1)
    market.after(seconds=30)
    assert len(market.heard(RefundDone)) == 1
    assert said(market, number, keep=True) == NothingPaid()
    assert market.wallet() == market.account("rail:mtn-momo") == 0


def test_who_says_nothing_gets_it_back(market: Market, mtn: Mtn) -> None:
    too_late(market, mtn)
    market.after(minutes=9)
    assert mtn.wallets.refunds() == []
    market.after(minutes=2)
    market.after(minutes=1)
    assert [refund.status for refund in market.refunds()] == ["succeeded"]


def test_nobody_moves_another_persons_money(market: Market, mtn: Mtn) -> None:
    number = too_late(market, mtn)
    owner, market.person_id = market.person_id, stranger(market)
    assert said(market, number, keep=True) == NothingPaid()
    market.person_id = owner
    assert said(market, number, keep=True) == CAME


def stranger(market: Market):  # type: ignore[no-untyped-def]
    person = PersonRow(phone="+256772555555", created_at=market.clock.now())
    market.at_shop(lambda scope: scope.session.add(person))
    return person.id
