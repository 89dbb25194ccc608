"""A payout from the code that came back to the phone that has the money, on both databases."""

from dataclasses import replace
from uuid import UUID

import pytest

from flows.happenings import PayoutMoved
from flows.ports.refusals import (
    BadAmount,
    CodeOver,
    NoCodeWanted,
    NotAllowed,
    NotEnough,
    OutsideLimits,
    RailUnavailable,
)
from flows.ports.wallet import CodeSent, PayoutStatus
from payments.cash import Cash
from payments.due import anything_due, payouts_due
from payments.rail import Rails
from payments.sending.payouts import poll_payout, submit_payout
from store.discipline import acting
from store.models import ReviewRow, RiderRow, StaffRow
from store.payout_terms import PayoutTerms
from store.scope import Scope
from tests.fakes.banking import AVAILABLE, OWES, OWNER, Bank, ugx
from tests.fakes.paying import Mtn


def told(bank: Bank) -> list[PayoutStatus]:
    moved = [each for each in bank.market.told if isinstance(each, PayoutMoved)]
    return [each.payout.status for each in moved]


def arrived(mtn: Mtn) -> list[tuple[str, str]]:
    return [(sent.payee, sent.amount) for sent in mtn.wallets.payouts() if sent.status == "taken"]


def test_money_leaves_for_the_owners_phone_and_the_owner_hears_of_it(bank: Bank, mtn: Mtn) -> None:
    bank.give(AVAILABLE, 50_000)
    payout_id = bank.sent(30_000)
    assert bank.row(payout_id).status == "pending"
    assert bank.has(AVAILABLE) == 20_000
    assert bank.unbalanced() == 0
    bank.after(seconds=10)
    row = bank.row(payout_id)
    assert (row.status, row.holder) == ("paid", "WAMBUI NJERI MARY")
    assert arrived(mtn) == [(OWNER, "30000")]
    assert told(bank) == [PayoutStatus.PAID]
    assert bank.market.told[-1].left == ugx(20_000)
    assert bank.unbalanced() == 0


def test_nothing_leaves_before_the_code_is_back(bank: Bank, mtn: Mtn) -> None:
    bank.give(AVAILABLE, 50_000)
    assert isinstance(bank.ask(30_000), CodeSent)
    bank.after(minutes=10)
    assert not mtn.wallets.payouts()
    assert bank.has(AVAILABLE) == 50_000
    done = bank.market.at_shop(lambda scope: bank.till(scope).confirm(bank.code()))
    assert done == CodeOver()


def test_without_an_amount_all_of_it_goes_less_what_is_owed(bank: Bank, mtn: Mtn) -> None:
    bank.give(AVAILABLE, 50_000)
    bank.owe(4_000)
    payout_id = bank.sent()
    assert bank.row(payout_id).amount == 46_000
    assert (bank.has(AVAILABLE), bank.has(OWES)) == (0, 0)
    bank.after(seconds=10)
    assert arrived(mtn) == [(OWNER, "46000")]
    assert bank.unbalanced() == 0


def test_more_than_there_is_is_refused_with_what_there_is(bank: Bank) -> None:
    bank.give(AVAILABLE, 50_000)
    bank.owe(4_000)
    assert bank.ask(46_001) == NotEnough(ugx(46_000), ugx(46_001))


def test_amounts_that_are_none_are_refused(bank: Bank) -> None:
    bank.give(AVAILABLE, 50_000)
    for amount in (0, -5_000, 10**16):
        assert isinstance(bank.ask(amount), BadAmount)


def test_an_empty_till_pays_nothing(bank: Bank) -> None:
    assert isinstance(bank.ask(), NotEnough | OutsideLimits)


def test_only_the_owner_takes_money_out(bank: Bank) -> None:
    bank.give(AVAILABLE, 50_000)

    def demote(scope: object) -> None:
        scope.session.get_one(StaffRow, bank.staff).role = "seller"  # type: ignore[attr-defined]

    bank.market.at_shop(demote)
    assert bank.ask(30_000) == NotAllowed("owner")


def test_a_code_confirms_once(bank: Bank, mtn: Mtn) -> None:
    bank.give(AVAILABLE, 90_000)
    bank.begun(30_000)
    again = bank.market.at_shop(lambda scope: bank.till(scope).confirm(bank.code()))
    assert again == NoCodeWanted()
    assert bank.has(AVAILABLE) == 60_000


def test_what_was_spent_meanwhile_is_not_there(bank: Bank) -> None:
    bank.give(AVAILABLE, 50_000)
    assert isinstance(bank.ask(30_000), CodeSent)
    bank.owe(25_000)
    done = bank.market.at_shop(lambda scope: bank.till(scope).confirm(bank.code()))
    assert done == NotEnough(ugx(25_000), ugx(30_000))
    assert bank.has(AVAILABLE) == 50_000
    assert bank.unbalanced() == 0


def test_a_refusal_brings_the_money_back_with_its_fee(bank: Bank, mtn: Mtn) -> None:
    charge(bank, PayoutTerms(fee_percent=2, fee_least=50))
    bank.give(AVAILABLE, 51_000)
    mtn.wallets.faults.payout_reason = "NOT_ALLOWED"
    payout_id = bank.sent()
    assert (bank.row(payout_id).amount, bank.row(payout_id).fee) == (50_000, 1_000)
    assert bank.has(AVAILABLE) == 0
    bank.after(seconds=10)
    assert bank.row(payout_id).status == "failed"
    assert bank.has(AVAILABLE) == 51_000
    assert told(bank) == [PayoutStatus.FAILED]
    assert bank.unbalanced() == 0


def test_a_lost_answer_is_asked_about_and_never_sent_as_new(bank: Bank, mtn: Mtn) -> None:
    bank.give(AVAILABLE, 50_000)
    payout_id = bank.begun(30_000)
    mtn.wallets.faults.dropped = 1
    at_transfer(mtn)
    submit_payout(bank.market.world, payout_id)
    assert bank.row(payout_id).status == "unknown"
    bank.after(seconds=10)
    assert bank.row(payout_id).status == "paid"
    assert arrived(mtn) == [(OWNER, "30000")]


def test_what_never_arrived_is_sent_again_by_the_same_reference(bank: Bank, mtn: Mtn) -> None:
    bank.give(AVAILABLE, 50_000)
    payout_id = bank.begun(30_000)
    submit_payout(bank.market.world, payout_id)
    assert len(mtn.wallets.payouts()) == 1
    forget = mtn.wallets._sent.pop(str(payout_id))
    assert forget.reference == str(payout_id)
    bank.after(seconds=10)
    bank.after(seconds=20)
    assert bank.row(payout_id).status == "paid"
    (sent,) = mtn.wallets.payouts()
    assert sent.reference == str(payout_id)


def test_jobs_delivered_twice_send_once(bank: Bank, mtn: Mtn) -> None:
    bank.give(AVAILABLE, 50_000)
    payout_id = bank.sent(30_000)
    submit_payout(bank.market.world, payout_id)
    poll_payout(bank.market.world, payout_id)
    payouts_due(bank.market.world)
    (sent,) = mtn.wallets.payouts()
    assert sent.requests == 1


def test_a_wallet_in_another_name_waits_for_staff(bank: Bank, mtn: Mtn) -> None:
    bank.give(AVAILABLE, 50_000)
    mtn.wallets.names[OWNER] = "SSEMAKULA DENIS"
    payout_id = bank.sent(30_000)
    row = bank.row(payout_id)
    assert (row.status, row.reason_code) == ("approval", "other-name")
    assert not mtn.wallets.payouts()
    assert told(bank) == [PayoutStatus.APPROVAL]
    bank.after(hours=3)
    assert not mtn.wallets.payouts()


def test_a_number_without_a_wallet_brings_the_money_back(bank: Bank, mtn: Mtn) -> None:
    bank.give(AVAILABLE, 50_000)
    mtn.wallets.names[OWNER] = None
    payout_id = bank.sent(30_000)
    assert (bank.row(payout_id).status, bank.has(AVAILABLE)) == ("failed", 50_000)
    assert not mtn.wallets.payouts()


def test_a_large_one_waits_for_staff(bank: Bank, mtn: Mtn) -> None:
    charge(bank, PayoutTerms(approval_above=40_000))
    bank.give(AVAILABLE, 90_000)
    small, large = bank.sent(40_000), bank.sent(40_001)
    assert bank.row(small).status == "pending"
    assert (bank.row(large).status, bank.row(large).reason_code) == ("approval", "above-limit")


def test_small_ones_of_one_day_are_added_up(bank: Bank) -> None:
    """Who has somebody's phone, and the codes that come to it, takes no more by taking it in parts."""
    charge(bank, PayoutTerms(approval_above=40_000))
    bank.give(AVAILABLE, 200_000)
    first, second = bank.sent(30_000), bank.sent(10_000)
    assert {bank.row(first).status, bank.row(second).status} == {"pending"}
    third = bank.sent(1_000)
    assert (bank.row(third).status, bank.row(third).reason_code) == (
        "approval",
        "above-limit-together",
    )
    bank.after(hours=25)
    assert bank.row(bank.sent(40_000)).status == "pending"


def test_what_staff_have_seen_or_what_came_back_is_not_added_up(bank: Bank, mtn: Mtn) -> None:
    charge(bank, PayoutTerms(approval_above=40_000))
    bank.give(AVAILABLE, 200_000)
    assert bank.row(bank.sent(50_000)).status == "approval"
    name, mtn.wallets.names[OWNER] = mtn.wallets.names[OWNER], None
    assert bank.row(bank.sent(40_000)).status == "failed"
    mtn.wallets.names[OWNER] = name
    bank.after(minutes=11)
    assert bank.row(bank.sent(40_000)).status == "pending"


def test_a_suspended_shop_takes_nothing_out_that_nobody_has_seen(bank: Bank) -> None:
    """Its customers may have to get their money back; who is paid out of other accounts is paid."""
    bank.give(AVAILABLE, 50_000)
    bank.give(bank.earnings, 20_000)
    bank.market.at_shop(lambda scope: acting.suspend(scope, None, "sent stones", "root", None))
    payout_id = bank.sent(30_000)
    row = bank.row(payout_id)
    assert (row.status, row.reason_code) == ("approval", "shop-suspended")
    asked = bank.market.at_shop(lambda scope: bank.purse(scope).payout(None))
    assert isinstance(asked, CodeSent)
    code = bank.code()
    rides = bank.market.at_shop(lambda scope: bank.purse(scope).confirm(code))
    submit_payout(bank.market.world, UUID(rides.id))
    assert bank.row(UUID(rides.id)).status == "pending"


def test_a_suspended_riders_earnings_wait_for_staff(bank: Bank) -> None:
    """Who kept cash of the shop's does not take earnings besides before anybody has looked."""
    bank.give(bank.earnings, 20_000)
    bank.carry(30_000)

    def kept_cash(scope: Scope) -> None:
        acting.suspend(scope, scope.session.get_one(RiderRow, bank.rider), "kept it", "root", None)

    bank.market.at_shop(kept_cash)
    assert isinstance(bank.market.at_shop(lambda scope: bank.purse(scope).payout(None)), CodeSent)
    code = bank.code()
    payout = bank.market.at_shop(lambda scope: bank.purse(scope).confirm(code))
    submit_payout(bank.market.world, UUID(payout.id))
    row = bank.row(UUID(payout.id))
    assert (row.status, row.reason_code) == ("approval", "rider-suspended")


def test_too_small_a_one_is_refused_with_the_limit(bank: Bank) -> None:
    charge(bank, PayoutTerms(least=1_000))
    bank.give(AVAILABLE, 50_000)
    refused = bank.ask(999)
    assert isinstance(refused, OutsideLimits)
    assert refused.least == ugx(1_000)


def test_without_a_rail_that_pays_out_there_is_none(bank: Bank) -> None:
    bank.give(AVAILABLE, 50_000)
    bank.market.world = replace(bank.market.world, rails=Rails({"cash": Cash()}))
    assert bank.ask(30_000) == RailUnavailable("")


def test_a_rail_that_is_gone_before_it_left_brings_the_money_back(bank: Bank) -> None:
    bank.give(AVAILABLE, 50_000)
    payout_id = bank.begun(30_000)
    submit_payout(replace(bank.market.world, rails=Rails({"cash": Cash()})), payout_id)
    assert (bank.row(payout_id).status, bank.has(AVAILABLE)) == ("failed", 50_000)


def test_a_day_without_an_answer_ends_with_a_person(bank: Bank, mtn: Mtn) -> None:
    bank.give(AVAILABLE, 50_000)
    mtn.wallets.faults.slow_sending = True
    payout_id = bank.sent(30_000)
    for _ in range(70):
        bank.after(minutes=30)
    assert bank.row(payout_id).status == "stuck"
    assert told(bank) == [PayoutStatus.STUCK]
    assert bank.has(AVAILABLE) == 20_000
    assert reviews(bank, payout_id) == 1
    assert bank.unbalanced() == 0


def test_what_waits_is_found_by_the_clock(bank: Bank, mtn: Mtn) -> None:
    bank.give(AVAILABLE, 50_000)
    payout_id = bank.begun(30_000)
    world = bank.market.world
    assert world.read(lambda session: anything_due(session, world.now()))
    bank.after(seconds=1)
    bank.after(seconds=10)
    assert bank.row(payout_id).status == "paid"
    assert not world.read(lambda session: anything_due(session, world.now()))


def charge(bank: Bank, terms: PayoutTerms) -> None:
    """From now on payouts of the market cost this."""
    world = bank.market.world

    def scope(session, shop_id):  # type: ignore[no-untyped-def]
        made = world.scope(session, shop_id)
        return replace(made, rules=replace(made.rules, payouts={"UGX": terms}))

    bank.market.world = replace(world, scope=scope)


def at_transfer(mtn: Mtn) -> None:
    """The fault is spent on the transfer, not on the token before it."""
    mtn.rail.holder_name(OWNER)


def reviews(bank: Bank, payout_id: UUID) -> int:
    def count(session) -> int:  # type: ignore[no-untyped-def]
        return session.query(ReviewRow).filter_by(payout_id=payout_id, kind="payout-stuck").count()

    return bank.market.world.read(count)


@pytest.mark.parametrize(
    ("there", "most"), [(51_000, 50_000), (50, 0), (1_049, 999), (1_050, 1_000), (2_575, 2_524)]
)
def test_the_most_that_leaves_its_fee(there: int, most: int) -> None:
    terms = PayoutTerms(fee_percent=2, fee_least=50)
    found = terms.most(ugx(there))
    assert found == ugx(most)
    assert found + terms.fee(found) <= ugx(there)
