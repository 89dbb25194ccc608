"""A shop's till and a rider's purse, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import UUID

import pytest

from flows.happenings import CashReceived
from flows.ports.refusals import BadAmount, NoCodeWanted, NotEnough
from flows.ports.till import CashHeld, Received, TillBalance
from flows.ports.wallet import CodeSent, Payout
from payments.people.purses import RiderPurse
from payments.sending.payouts import submit_payout
from store.ledger import Account, Kind, post
from store.models import PersonRow, RiderRow
from store.scope import Scope
from store.till import cash_of
from tests.fakes.banking import AVAILABLE, KEY, OWES, RIDER, Bank, ugx
from tests.fakes.paying import Mtn

PENDING = Account(Kind.SELLER_PENDING)


def hand_over(bank: Bank, amount: int | None) -> object:
    wanted = None if amount is None else Decimal(amount)
    return bank.market.at_shop(lambda scope: bank.till(scope).handed_over(str(bank.rider), wanted))


def test_the_balance_has_every_part_of_it(bank: Bank) -> None:
    bank.give(AVAILABLE, 80_000)
    bank.give(PENDING, 45_000)
    bank.carry(20_000)
    bank.begun(30_000)
    bank.owe(4_000)
    balance = bank.market.at_shop(lambda scope: bank.till(scope).balance())
    assert balance == TillBalance(ugx(50_000), ugx(45_000), ugx(30_000), ugx(20_000), ugx(4_000))


def test_cash_that_was_handed_over_is_no_longer_the_riders(bank: Bank) -> None:
    bank.carry(95_000)
    held = CashHeld(str(bank.rider), "Moses Okello", RIDER, ugx(95_000))
    assert bank.market.at_shop(lambda scope: bank.till(scope).cash()) == [held]
    left = hand_over(bank, 50_000)
    assert left == Received("Moses Okello", ugx(50_000), ugx(45_000))
    assert bank.has(cash_of(bank.rider)) == 45_000
    (told,) = bank.market.heard(CashReceived)
    assert told == CashReceived(str(bank.rider), ugx(50_000), ugx(45_000))
    hand_over(bank, None)
    assert bank.market.at_shop(lambda scope: bank.till(scope).cash()) == []
    assert bank.unbalanced() == 0


def test_nobody_hands_over_more_than_they_hold(bank: Bank) -> None:
    bank.carry(20_000)
    assert hand_over(bank, 20_001) == NotEnough(ugx(20_000), ugx(20_001))
    for amount in (0, -5_000):
        assert isinstance(hand_over(bank, amount), BadAmount)
    assert bank.has(cash_of(bank.rider)) == 20_000


def test_what_of_the_cash_is_not_the_sellers_is_owed(bank: Bank) -> None:
    """A rider took 20,000 of which the seller's share is 18,000."""
    bank.carry(18_000)
    bank.market.at_shop(lambda scope: commission(bank, scope))
    hand_over(bank, None)
    assert bank.has(OWES) == 2_000
    assert bank.unbalanced() == 0


def commission(bank: Bank, scope: Scope) -> None:
    amounts = {cash_of(bank.rider): 2_000, Account(Kind.COMMISSION): -2_000}
    post(scope, "seed:commission", "seed", amounts, "UGX")


@pytest.mark.postgres
def test_two_hand_overs_at_once_are_never_more_than_there_was(bank_on_postgres: Bank) -> None:
    bank = bank_on_postgres
    bank.carry(50_000)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: hand_over(bank, 20_000), range(8)))
    assert sum(isinstance(answer, Received) for answer in answers) == 2
    assert bank.has(cash_of(bank.rider)) == 10_000
    assert bank.unbalanced() == 0


def test_a_rider_takes_the_earnings_out_and_not_the_shops_cash(bank: Bank, mtn: Mtn) -> None:
    bank.give(bank.earnings, 12_000)
    bank.carry(95_000)
    balance = bank.market.at_shop(lambda scope: bank.purse(scope).balance())
    assert (balance.earned, balance.holds) == (ugx(12_000), ugx(95_000))
    refused = bank.market.at_shop(lambda scope: bank.purse(scope).payout(Decimal(12_001)))
    assert refused == NotEnough(ugx(12_000), ugx(12_001))
    asked = bank.market.at_shop(lambda scope: bank.purse(scope).payout(None))
    assert isinstance(asked, CodeSent)
    done = bank.market.at_shop(lambda scope: bank.purse(scope).confirm(bank.code()))
    assert isinstance(done, Payout)
    submit_payout(bank.market.world, UUID(done.id))
    bank.after(seconds=10)
    (sent,) = mtn.wallets.payouts()
    assert (sent.payee, sent.amount) == (RIDER, "12000")
    assert bank.has(cash_of(bank.rider)) == 95_000
    assert bank.unbalanced() == 0


def test_a_sellers_code_opens_no_riders_money(bank: Bank) -> None:
    """The same person may sell and ride; what one machine asked for the other does not hear of."""
    bank.give(AVAILABLE, 50_000)
    bank.ask(30_000)
    code = bank.code()

    def as_rider(scope: Scope) -> object:
        person = scope.session.get_one(PersonRow, bank.owner)
        rider = scope.session.get_one(RiderRow, bank.rider)
        return RiderPurse(scope, person, rider, bank.market.world.rails, KEY).confirm(code)

    assert bank.market.at_shop(as_rider) == NoCodeWanted()
    assert isinstance(bank.market.at_shop(lambda scope: bank.till(scope).confirm(code)), Payout)
