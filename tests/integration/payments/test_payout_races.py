"""Payouts with many threads at once on PostgreSQL, and with a process that dies between any two steps."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from flows.ports.refusals import NotEnough
from flows.ports.wallet import Payout
from payments.approving import NotWaitingError, approve, refuse
from payments.sending.payouts import poll_payout, submit_payout
from payments.world import World
from store.models import PayoutRow, PersonRow, PostingRow
from store.payouts import begin
from store.scope import Scope
from tests.fakes.banking import AVAILABLE, OWNER, Bank, ugx
from tests.fakes.paying import Mtn


class CrashError(Exception):
    """The process is gone."""


def dying(world: World, at: int) -> World:
    """The same, but the process dies as it begins its transaction number `at`."""
    begun = [0]

    def scope(session: Session, shop_id: UUID) -> Scope:
        begun[0] += 1
        if begun[0] == at:
            raise CrashError
        return world.scope(session, shop_id)

    return replace(world, scope=scope)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_process_that_dies_on_the_way_sends_nothing_twice(bank: Bank, mtn: Mtn, at: int) -> None:
    """Before it has it in hand, after it knows the wallet's name, and after the money has left."""
    bank.give(AVAILABLE, 50_000)
    payout_id = bank.begun(30_000)
    with pytest.raises(CrashError):
        submit_payout(dying(bank.market.world, at), payout_id)
    assert len(mtn.wallets.payouts()) == (1 if at == 3 else 0)
    for _ in range(6):
        bank.after(seconds=60)
    assert bank.row(payout_id).status == "paid"
    (sent,) = mtn.wallets.payouts()
    assert (sent.reference, sent.amount) == (str(payout_id), "30000")
    assert bank.unbalanced() == 0
    assert postings(bank, payout_id) == 2


def test_a_process_that_dies_before_it_writes_what_it_was_told_asks_again(
    bank: Bank, mtn: Mtn
) -> None:
    bank.give(AVAILABLE, 50_000)
    payout_id = bank.sent(30_000)
    bank.market.clock.pass_by(seconds=10)
    with pytest.raises(CrashError):
        poll_payout(dying(bank.market.world, 2), payout_id)
    bank.after(seconds=60)
    assert bank.row(payout_id).status == "paid"
    assert postings(bank, payout_id) == 2


@pytest.mark.postgres
def test_many_workers_send_one_payout(bank_on_postgres: Bank, mtn: Mtn) -> None:
    bank = bank_on_postgres
    bank.give(AVAILABLE, 50_000)
    payout_id = bank.begun(30_000)
    at_once(12, lambda _: submit_payout(bank.market.world, payout_id))
    (sent,) = mtn.wallets.payouts()
    assert sent.requests == 1
    bank.market.clock.pass_by(seconds=10)
    at_once(12, lambda _: poll_payout(bank.market.world, payout_id))
    assert bank.row(payout_id).status == "paid"
    assert postings(bank, payout_id) == 2
    assert bank.unbalanced() == 0


@pytest.mark.postgres
def test_one_code_sent_back_by_many_threads_pays_out_once(bank_on_postgres: Bank) -> None:
    bank = bank_on_postgres
    bank.give(AVAILABLE, 90_000)
    bank.ask(30_000)
    code = bank.code()

    def confirm(_: int) -> object:
        return bank.market.at_shop(lambda scope: bank.till(scope).confirm(code))

    assert sum(isinstance(answer, Payout) for answer in at_once(10, confirm)) == 1
    assert bank.has(AVAILABLE) == 60_000


@pytest.mark.postgres
def test_forty_payouts_at_once_of_a_balance_for_ten(bank_on_postgres: Bank) -> None:
    bank = bank_on_postgres
    bank.give(AVAILABLE, 100_000)

    def take(_: int) -> object:
        return bank.market.at_shop(lambda scope: out(bank, scope))

    answers = at_once(40, take)
    assert sum(isinstance(answer, PayoutRow) for answer in answers) == 10
    assert sum(isinstance(answer, NotEnough) for answer in answers) == 30
    assert bank.has(AVAILABLE) == 0
    assert bank.unbalanced() == 0


@pytest.mark.postgres
def test_of_two_who_decide_at_once_one_is_heard(bank_on_postgres: Bank, mtn: Mtn) -> None:
    bank = bank_on_postgres
    bank.give(AVAILABLE, 50_000)
    mtn.wallets.names[OWNER] = "SSEMAKULA DENIS"
    payout_id = bank.sent(30_000)

    def decide(turn: int) -> object:
        try:
            if turn % 2:
                return bank.market.at_shop(lambda scope: approve(scope, payout_id, "grace").status)
            return bank.market.at_shop(lambda scope: refuse(scope, payout_id, "otim", "no").status)
        except NotWaitingError:
            return None

    assert sum(answer is not None for answer in at_once(8, decide)) == 1
    for _ in range(3):
        bank.after(seconds=30)
    sent, row = len(mtn.wallets.payouts()), bank.row(payout_id)
    assert (row.status, sent, bank.has(AVAILABLE)) in (("paid", 1, 20_000), ("dropped", 0, 50_000))
    assert bank.unbalanced() == 0


def at_once(threads: int, work: Callable[[int], object]) -> list[object]:
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, range(threads)))


def out(bank: Bank, scope: Scope) -> object:
    """What a confirmed payout does, without the code that only one at a time can wait for."""
    person = scope.session.get_one(PersonRow, bank.owner)
    return begin(
        scope,
        AVAILABLE,
        person,
        rail="mtn-momo",
        amount=ugx(10_000),
        fee=ugx(0),
        expected=None,
    )


def postings(bank: Bank, payout_id: UUID) -> int:
    """Set aside, and settled: two."""
    mine = PostingRow.key.startswith(f"payout:{payout_id}:")
    query = select(func.count()).select_from(PostingRow).where(mine)
    return bank.market.world.read(lambda session: session.scalar(query)) or 0
