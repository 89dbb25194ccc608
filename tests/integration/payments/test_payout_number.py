"""The number that a shop's money goes to: proposed, named by its rail, proved, and then held."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import func, select

from flows.happenings import PayoutNumberChanged, PayoutNumberNamed
from flows.ports.payout_number import Naming, PayoutNumber, ProposedNumber
from flows.ports.refusals import (
    BadCode,
    CodeOver,
    NoCodeWanted,
    NoPhone,
    NoRailFor,
    NotAllowed,
    PayoutsHeld,
    Refusal,
    TooManyNumbers,
)
from flows.ports.wallet import CodeSent, Payout
from payments.due import numbers_due
from payments.mtn_momo import MtnMomo
from payments.people.payout_number import ShopPayoutNumber
from payments.rail import Rails
from payments.sending.payouts import submit_payout
from store.ids import new_id
from store.models import PayoutNumberRow, PersonRow, StaffRow
from store.scope import Scope
from tests.fakes.banking import AVAILABLE, KEY, OWNER, Bank
from tests.fakes.paying import Mtn

NEW, OTHER = "+256772444555", "+256772666777"
HOLD = 24 * 3600


@pytest.fixture(autouse=True)
def _wallets(mtn: Mtn) -> None:
    mtn.wallets.names.update({NEW: "WAMBUI NJERI", OTHER: "SSEMAKULA DENIS"})


def port(bank: Bank, scope: Scope, person: UUID | None = None) -> ShopPayoutNumber:
    staff = scope.session.scalars(
        select(StaffRow).where(StaffRow.person_id == (person or bank.owner))
    ).one()
    who = scope.session.get_one(PersonRow, staff.person_id)
    return ShopPayoutNumber(scope, who, staff, bank.market.world.rails, KEY)


def propose(bank: Bank, phone: str, person: UUID | None = None) -> ProposedNumber | Refusal:
    return bank.market.at_shop(lambda scope: port(bank, scope, person).propose(phone))


def named(bank: Bank, phone: str, person: UUID | None = None) -> ProposedNumber:
    """Proposed, and the rail was asked."""
    proposed = propose(bank, phone, person)
    assert isinstance(proposed, ProposedNumber), proposed
    numbers_due(bank.market.world)
    found = bank.market.at_shop(lambda scope: port(bank, scope, person).proposed())
    return found or bank.market.heard(PayoutNumberNamed)[-1].proposed


def agreed(bank: Bank, phone: str, person: UUID | None = None) -> str:
    """The code for it."""
    proposed = named(bank, phone, person)
    sent = bank.market.at_shop(lambda scope: port(bank, scope, person).agree(proposed.id))
    assert isinstance(sent, CodeSent), sent
    return bank.code()


def confirm(bank: Bank, code: str, person: UUID | None = None) -> PayoutNumber | Refusal:
    return bank.market.at_shop(lambda scope: port(bank, scope, person).confirm(code))


def changed(bank: Bank, phone: str) -> PayoutNumber:
    done = confirm(bank, agreed(bank, phone))
    assert isinstance(done, PayoutNumber), done
    return done


def another_owner(bank: Bank) -> UUID:
    person = new_id()

    def write(scope: Scope) -> None:
        scope.session.add(PersonRow(id=person, phone="+256772999888", created_at=scope.now))
        scope.session.flush()
        shop = bank.market.shop_id
        scope.session.add(
            StaffRow(id=new_id(), shop_id=shop, person_id=person, name="Ann", role="owner")
        )

    bank.market.at_shop(write)
    return person


def in_force(bank: Bank) -> list[str]:
    wanted = select(PayoutNumberRow.phone).where(
        PayoutNumberRow.set_at.is_not(None), PayoutNumberRow.ended_at.is_(None)
    )
    return bank.market.world.read(lambda session: list(session.scalars(wanted)))


def test_the_owner_sees_whose_it_is_before_a_code_is_sent(bank: Bank) -> None:
    proposed = propose(bank, NEW)
    assert isinstance(proposed, ProposedNumber)
    assert (proposed.naming, proposed.holder) == (Naming.ASKED, None)
    early = bank.market.at_shop(lambda scope: port(bank, scope).agree(proposed.id))
    assert early == CodeOver()
    numbers_due(bank.market.world)
    (told,) = bank.market.heard(PayoutNumberNamed)
    assert (told.person, told.proposed.holder) == (str(bank.owner), "WAMBUI N")


def test_money_goes_there_a_day_after_the_code(bank: Bank, mtn: Mtn) -> None:
    bank.give(AVAILABLE, 50_000)
    done = changed(bank, NEW)
    assert (done.phone, done.rail) == ("+256****555", "mtn-momo")
    (told,) = bank.market.heard(PayoutNumberChanged)
    assert (told.owners, told.old, told.phone) == ((str(bank.owner),), None, "+256****555")
    assert bank.ask(30_000) == PayoutsHeld(told.held_until)
    bank.market.clock.pass_by(seconds=HOLD - 1)
    assert isinstance(bank.ask(30_000), PayoutsHeld)
    bank.market.clock.pass_by(seconds=2)
    sent = bank.ask(30_000)
    assert isinstance(sent, CodeSent)
    assert (sent.phone, sent.payee) == (OWNER, NEW)
    code = bank.code()
    payout = bank.market.at_shop(lambda scope: bank.till(scope).confirm(code))
    assert isinstance(payout, Payout)
    submit_payout(bank.market.world, UUID(payout.id))
    bank.after(seconds=10)
    (left,) = mtn.wallets.payouts()
    assert (left.payee, left.amount) == (NEW, "30000")
    assert bank.unbalanced() == 0


def test_a_code_for_money_is_worth_nothing_after_the_number_has_changed(bank: Bank) -> None:
    """Neither within the hold, nor where the number changed back and the hold is none."""
    bank.give(AVAILABLE, 50_000)
    other = another_owner(bank)
    bank.ask(30_000)
    money = bank.code()
    assert isinstance(confirm(bank, agreed(bank, NEW, other), other), PayoutNumber)
    held = bank.market.at_shop(lambda scope: bank.till(scope).confirm(money))
    assert isinstance(held, PayoutsHeld)
    bank.market.clock.pass_by(seconds=HOLD + 1)
    bank.ask(30_000)
    money = bank.code()

    def without_hold(scope: Scope) -> object:
        scope = replace(scope, rules=replace(scope.rules, payout_hold=timedelta(0)))
        return bank.till(scope).confirm(money)

    assert isinstance(confirm(bank, agreed(bank, OTHER, other), other), PayoutNumber)
    assert bank.market.at_shop(without_hold) == CodeOver()
    assert bank.has(AVAILABLE) == 50_000


def test_only_an_owner_with_a_number_and_only_where_money_can_go(bank: Bank) -> None:
    def role(scope: Scope, role: str) -> None:
        scope.session.get_one(StaffRow, bank.staff).role = role

    bank.market.at_shop(lambda scope: role(scope, "seller"))
    assert propose(bank, NEW) == NotAllowed("owner")
    assert confirm(bank, "123456") == NotAllowed("owner")
    bank.market.at_shop(lambda scope: role(scope, "owner"))
    assert propose(bank, "+254712345678") == NoRailFor("+254712345678")

    def hide(scope: Scope) -> None:
        scope.session.get_one(PersonRow, bank.owner).phone = None

    bank.market.at_shop(hide)
    assert propose(bank, NEW) == NoPhone()


def test_a_number_without_a_wallet_is_left(bank: Bank, mtn: Mtn) -> None:
    mtn.wallets.names[NEW] = None
    proposed = named(bank, NEW)
    assert proposed.naming is Naming.NOBODY
    sent = bank.market.at_shop(lambda scope: port(bank, scope).agree(proposed.id))
    assert sent == CodeOver()


def test_a_code_is_not_found_by_trying(bank: Bank) -> None:
    code = agreed(bank, NEW)
    wrong = "000000" if code != "000000" else "111111"
    assert [confirm(bank, wrong) for _ in range(3)] == [BadCode(2), BadCode(1), CodeOver()]
    assert confirm(bank, code) == NoCodeWanted()
    assert in_force(bank) == []


def test_a_code_counts_for_its_own_number_only(bank: Bank) -> None:
    old = agreed(bank, NEW)
    assert isinstance(propose(bank, OTHER), ProposedNumber)
    assert confirm(bank, old) == NoCodeWanted()
    other = another_owner(bank)
    theirs = agreed(bank, OTHER)
    assert isinstance(propose(bank, NEW, other), ProposedNumber)
    assert confirm(bank, theirs) == CodeOver()
    assert in_force(bank) == []


def test_numbers_are_not_named_without_end(bank: Bank) -> None:
    """Or the shop would be a way to learn whose any number is."""
    for _ in range(3):
        assert isinstance(propose(bank, NEW), ProposedNumber)
    assert isinstance(propose(bank, NEW), TooManyNumbers)


def test_who_got_the_money_before_hears_of_it_and_an_owner_who_leaves_takes_it_along(
    bank: Bank,
) -> None:
    other = another_owner(bank)
    changed(bank, NEW)
    bank.market.clock.pass_by(seconds=700)
    assert isinstance(confirm(bank, agreed(bank, OTHER, other), other), PayoutNumber)
    told = bank.market.heard(PayoutNumberChanged)[-1]
    assert told.old == NEW
    assert set(told.owners) == {str(bank.owner), str(other)}

    def leave(scope: Scope) -> None:
        theirs = select(StaffRow).where(StaffRow.person_id == other)
        scope.session.scalars(theirs).one().active = False

    bank.market.at_shop(leave)
    there = bank.market.at_shop(lambda scope: port(bank, scope).current())
    assert isinstance(there, PayoutNumber)
    assert (there.phone, there.rail) == ("+256****222", None)


@pytest.mark.postgres
def test_two_owners_at_once_change_it_once(bank_on_postgres: Bank) -> None:
    bank = bank_on_postgres
    people = [bank.owner, another_owner(bank)]
    start = Barrier(2)

    def both(person: UUID, phone: str) -> ProposedNumber | Refusal:
        start.wait()
        return propose(bank, phone, person)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(both, people, (NEW, OTHER)))
    open_ = select(func.count()).where(
        PayoutNumberRow.set_at.is_(None), PayoutNumberRow.ended_at.is_(None)
    )
    assert bank.market.world.read(lambda session: session.scalar(open_)) == 1
    code = agreed(bank, NEW)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: confirm(bank, code), range(2)))
    assert sum(isinstance(each, PayoutNumber) for each in done) == 1
    assert in_force(bank) == [NEW]


def test_a_rail_that_is_away_is_asked_again_and_at_last_the_owner_alone(
    bank: Bank, mtn: Mtn
) -> None:
    """Nobody listens on port 9."""
    away = MtnMomo(
        replace(mtn.settings, api_url="http://127.0.0.1:9"),
        public_url="http://127.0.0.1:9",
        clock=bank.market.clock.seconds,
    )
    world = replace(bank.market.world, rails=Rails({"mtn-momo": away}))
    assert isinstance(propose(bank, NEW), ProposedNumber)
    for _ in range(4):
        numbers_due(world)
        bank.market.clock.pass_by(seconds=61)
    assert not bank.market.heard(PayoutNumberNamed)
    numbers_due(world)
    (told,) = bank.market.heard(PayoutNumberNamed)
    assert told.proposed.naming is Naming.UNNAMED
