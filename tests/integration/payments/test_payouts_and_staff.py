"""Payouts that wait for a person, and those that only a person can end; on both databases."""

from uuid import UUID

import pytest

from flows.happenings import PayoutMoved
from flows.ports.wallet import PayoutStatus
from payments.approving import NotWaitingError, approve, ask_again, refuse, settle
from store.models import ReviewRow
from tests.fakes.banking import AVAILABLE, OWNER, Bank
from tests.fakes.paying import Mtn


@pytest.fixture
def held(bank: Bank, mtn: Mtn) -> UUID:
    """A payout whose wallet is in another name."""
    bank.give(AVAILABLE, 50_000)
    mtn.wallets.names[OWNER] = "SSEMAKULA DENIS"
    return bank.sent(30_000)


@pytest.fixture
def stuck(bank: Bank, mtn: Mtn) -> UUID:
    """A payout of which the provider said nothing for a day."""
    bank.give(AVAILABLE, 50_000)
    mtn.wallets.faults.slow_sending = True
    payout_id = bank.sent(30_000)
    for _ in range(60):
        bank.after(minutes=30)
    assert bank.row(payout_id).status == "stuck"
    return payout_id


def last_told(bank: Bank) -> PayoutMoved:
    return [each for each in bank.market.told if isinstance(each, PayoutMoved)][-1]


def open_reviews(bank: Bank) -> int:
    return bank.market.world.read(
        lambda session: session.query(ReviewRow).filter(ReviewRow.closed_at.is_(None)).count()
    )


def test_what_staff_approve_leaves(bank: Bank, mtn: Mtn, held: UUID) -> None:
    bank.market.at_shop(lambda scope: approve(scope, held, "grace"))
    bank.after(seconds=1)
    bank.after(seconds=10)
    row = bank.row(held)
    assert (row.status, row.by) == ("paid", "grace")
    assert len(mtn.wallets.payouts()) == 1
    assert bank.unbalanced() == 0


def test_what_staff_refuse_is_back_and_says_why(bank: Bank, mtn: Mtn, held: UUID) -> None:
    bank.market.at_shop(lambda scope: refuse(scope, held, "grace", "not your number"))
    bank.after(hours=1)
    assert bank.row(held).status == "dropped"
    assert bank.has(AVAILABLE) == 50_000
    told = last_told(bank)
    assert (told.payout.status, told.reason) == (PayoutStatus.DROPPED, "not your number")
    assert not mtn.wallets.payouts()
    assert bank.unbalanced() == 0


def test_of_two_who_decide_the_first_counts(bank: Bank, held: UUID) -> None:
    bank.market.at_shop(lambda scope: refuse(scope, held, "grace", "no"))
    with pytest.raises(NotWaitingError):
        bank.market.at_shop(lambda scope: approve(scope, held, "otim"))
    assert bank.row(held).by == "grace"


def test_a_stuck_one_can_be_asked_about_again(bank: Bank, mtn: Mtn, stuck: UUID) -> None:
    mtn.wallets.settle(str(stuck))
    bank.market.at_shop(lambda scope: ask_again(scope, stuck, "grace"))
    bank.after(seconds=1)
    assert bank.row(stuck).status == "paid"
    assert open_reviews(bank) == 0
    assert len(mtn.wallets.payouts()) == 1
    assert bank.unbalanced() == 0


@pytest.mark.parametrize(
    ("arrived", "status", "left"), [(True, "paid", 20_000), (False, "failed", 50_000)]
)
def test_or_ended_by_what_was_seen_at_the_provider(
    bank: Bank, stuck: UUID, arrived: bool, status: str, left: int
) -> None:
    assert open_reviews(bank) == 1
    bank.market.at_shop(lambda scope: settle(scope, stuck, "grace", arrived=arrived))
    assert (bank.row(stuck).status, bank.has(AVAILABLE)) == (status, left)
    assert open_reviews(bank) == 0
    assert bank.unbalanced() == 0


def test_nobody_settles_what_is_still_under_way(bank: Bank, mtn: Mtn) -> None:
    bank.give(AVAILABLE, 50_000)
    mtn.wallets.faults.slow_sending = True
    payout_id = bank.sent(30_000)
    with pytest.raises(NotWaitingError):
        bank.market.at_shop(lambda scope: settle(scope, payout_id, "grace", arrived=False))
    assert bank.row(payout_id).status == "pending"
