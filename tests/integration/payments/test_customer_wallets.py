"""A customer's wallet: paying, withdrawing, and whatever else happens to the order meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from flows.happenings import OrderPaid
from flows.ports.orders import OrderStatus, Role
from flows.ports.refusals import (
    AlreadyPaid,
    BadAmount,
    BadCode,
    NoCodeWanted,
    NotEnough,
    PromptOpen,
    Refusal,
    UnknownOrder,
    WrongStep,
)
from flows.ports.wallet import CodeSent, Move, OrderPaidByWallet, Payout
from payments.sending.payouts import submit_payout
from store.actor import Actor
from store.ledger import OverdrawnError
from store.models import OrderRow
from store.orders.cancelling import end
from store.orders.settlement import receive_from_wallet
from store.orders.views import locked
from tests.fakes.banking import Bank, ugx
from tests.fakes.paying import PAYER, Mtn


def test_an_order_is_paid_out_of_the_wallet(bank: Bank) -> None:
    bank.give(bank.wallet_account, 60_000)
    number = bank.market.order(48_000)
    assert bank.paid(number) == OrderPaidByWallet(number, ugx(48_000), ugx(12_000))
    order = bank.market.order_row(number)
    assert (order.payment_status, order.status, order.rail) == ("paid", "confirmed", "wallet")
    assert order.paid_by is None
    (told,) = bank.market.heard(OrderPaid)
    assert told.order.number == number
    assert bank.unbalanced() == 0


def test_a_code_pays_one_order_once(bank: Bank) -> None:
    bank.give(bank.wallet_account, 96_000)
    number = bank.market.order(48_000)
    bank.paid(number)
    again = bank.market.at_shop(lambda scope: bank.wallet(scope).confirm(bank.code()))
    assert again == NoCodeWanted()
    assert bank.paid(number) == AlreadyPaid(number)
    assert bank.has(bank.wallet_account) == 48_000


def test_a_wrong_code_pays_nothing(bank: Bank) -> None:
    bank.give(bank.wallet_account, 60_000)
    number = bank.market.order(48_000)
    bank.market.at_shop(lambda scope: bank.wallet(scope).pay(number))
    wrong = f"{(int(bank.code()) + 1) % 10**6:06d}"
    done = bank.market.at_shop(lambda scope: bank.wallet(scope).confirm(wrong))
    assert done == BadCode(2)
    assert bank.market.order_row(number).payment_status == "pending"


def test_too_little_is_said_before_a_code_is_sent(bank: Bank) -> None:
    bank.give(bank.wallet_account, 40_000)
    number = bank.market.order(48_000)
    assert bank.paid(number) == NotEnough(ugx(40_000), ugx(48_000))


def test_another_persons_order_is_unknown(bank: Bank) -> None:
    bank.give(bank.wallet_account, 60_000)
    number = bank.market.order(48_000)
    bank.market.change_order(number, person_id=bank.owner)
    assert bank.paid(number) == UnknownOrder(number)


def test_while_a_prompt_is_open_the_wallet_waits(bank: Bank) -> None:
    bank.give(bank.wallet_account, 60_000)
    number = bank.market.order(48_000)
    bank.market.prompted(number)
    refused = bank.paid(number)
    assert isinstance(refused, PromptOpen)
    assert refused.payer == PAYER


def test_a_prompt_that_opens_after_the_code_was_sent_keeps_the_wallet_out(bank: Bank) -> None:
    bank.give(bank.wallet_account, 60_000)
    number = bank.market.order(48_000)
    bank.market.at_shop(lambda scope: bank.wallet(scope).pay(number))
    code = bank.code()
    bank.market.prompted(number)
    done = bank.market.at_shop(lambda scope: bank.wallet(scope).confirm(code))
    assert isinstance(done, PromptOpen)
    assert bank.has(bank.wallet_account) == 60_000


def test_late_money_of_an_order_paid_from_the_wallet_goes_back(bank: Bank, mtn: Mtn) -> None:
    bank.give(bank.wallet_account, 60_000)
    number = bank.market.order(48_000)
    attempt_id = bank.market.prompted(number)
    mtn.wallets.faults.pending_for_ever = True
    mtn.wallets.approve(str(attempt_id))
    bank.market.after(minutes=6)
    assert bank.market.attempt(attempt_id).status == "expired"
    assert isinstance(bank.paid(number), OrderPaidByWallet)
    mtn.wallets.faults.pending_for_ever = False
    for _ in range(4):
        bank.market.after(minutes=30)
    (refund,) = bank.market.refunds()
    assert (refund.amount, refund.cause) == (48_000, "paid_twice")
    assert bank.market.order_row(number).rail == "wallet"
    assert bank.unbalanced() == 0


def test_a_cancelled_order_is_not_paid(bank: Bank) -> None:
    bank.give(bank.wallet_account, 60_000)
    number = bank.market.order(48_000)
    bank.market.at_shop(lambda scope: bank.wallet(scope).pay(number))
    code = bank.code()
    cancel(bank, number)
    done = bank.market.at_shop(lambda scope: bank.wallet(scope).confirm(code))
    assert isinstance(done, WrongStep)
    assert bank.has(bank.wallet_account) == 60_000


def test_what_was_paid_from_the_wallet_goes_back_into_it_at_once(bank: Bank) -> None:
    bank.give(bank.wallet_account, 60_000)
    number = bank.market.order(48_000)
    bank.paid(number)
    cancel(bank, number)
    assert bank.has(bank.wallet_account) == 60_000
    assert bank.market.order_row(number).payment_status == "refunded"
    assert not bank.market.refunds()
    newest = bank.market.at_shop(lambda scope: bank.wallet(scope).moves())
    assert [(each.move, each.amount.minor, each.order_number) for each in newest[:2]] == [
        (Move.REFUND, 48_000, number),
        (Move.PAID, -48_000, number),
    ]
    assert bank.unbalanced() == 0


def test_a_withdrawal_goes_to_the_customers_own_number(bank: Bank, mtn: Mtn) -> None:
    bank.give(bank.wallet_account, 60_000)
    payout = withdrawn(bank, 20_000)
    submit_payout(bank.market.world, UUID(payout.id))
    bank.after(seconds=10)
    (sent,) = mtn.wallets.payouts()
    assert (sent.payee, sent.amount) == (payout.phone, "20000")
    row = bank.row(UUID(payout.id))
    assert row.status == "paid"
    assert bank.has(bank.wallet_account) == 40_000
    latest = bank.market.at_shop(lambda scope: bank.wallet(scope).withdrawal())
    assert latest is not None
    assert latest.id == payout.id


def test_a_withdrawal_of_nothing_or_less_is_refused(bank: Bank) -> None:
    bank.give(bank.wallet_account, 60_000)
    for minor in (0, -5_000):
        refused = bank.market.at_shop(lambda scope, m=minor: bank.wallet(scope).withdraw(ugx(m)))
        assert isinstance(refused, BadAmount)


@pytest.mark.postgres
def test_fifty_payments_at_once_of_a_balance_for_ten(bank_on_postgres: Bank) -> None:
    bank = bank_on_postgres
    bank.give(bank.wallet_account, 100_000)
    numbers = [bank.market.order(10_000) for _ in range(50)]

    def pay(number: int) -> object:
        return bank.market.at_shop(lambda scope: take(bank, scope, number))

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(pay, numbers))
    assert sum(answer is True for answer in answers) == 10
    assert bank.has(bank.wallet_account) == 0
    paid = [n for n in numbers if bank.market.order_row(n).payment_status == "paid"]
    assert len(paid) == 10
    assert bank.unbalanced() == 0


@pytest.mark.postgres
def test_one_code_sent_back_by_many_threads_pays_once(bank_on_postgres: Bank) -> None:
    bank = bank_on_postgres
    bank.give(bank.wallet_account, 100_000)
    number = bank.market.order(48_000)
    bank.market.at_shop(lambda scope: bank.wallet(scope).pay(number))
    code = bank.code()

    def confirm(_: int) -> object:
        return bank.market.at_shop(lambda scope: bank.wallet(scope).confirm(code))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(confirm, range(8)))
    assert sum(isinstance(answer, OrderPaidByWallet) for answer in answers) == 1
    assert bank.has(bank.wallet_account) == 52_000


@pytest.mark.postgres
def test_withdrawals_and_payments_at_once_never_spend_twice(bank_on_postgres: Bank) -> None:
    bank = bank_on_postgres
    bank.give(bank.wallet_account, 50_000)
    numbers = [bank.market.order(30_000) for _ in range(4)]
    asked = bank.market.at_shop(lambda scope: bank.wallet(scope).withdraw(ugx(30_000)))
    assert isinstance(asked, CodeSent)
    code = bank.code()

    def act(number: int | None) -> object:
        if number is None:
            return bank.market.at_shop(lambda scope: bank.wallet(scope).confirm(code))
        return bank.market.at_shop(lambda scope: take(bank, scope, number))

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(act, [*numbers, None]))
    assert sum(answer is True or isinstance(answer, Payout) for answer in answers) == 1
    assert bank.has(bank.wallet_account) == 20_000
    assert bank.unbalanced() == 0


def take(bank: Bank, scope, number: int) -> object:  # type: ignore[no-untyped-def]
    """What a confirmed payment does, without the code that only one at a time can wait for."""
    order = locked(scope, number=number)
    assert order is not None
    try:
        receive_from_wallet(scope, order, bank.market.person_id)
    except OverdrawnError:
        return False
    return True


def cancel(bank: Bank, number: int) -> None:
    def work(scope) -> None:  # type: ignore[no-untyped-def]
        order: OrderRow | None = locked(scope, number=number)
        assert order is not None
        done = end(scope, order, OrderStatus.CANCELLED, Actor(Role.SELLER), "no rice")
        assert not isinstance(done, Refusal), done

    bank.market.at_shop(work)


def withdrawn(bank: Bank, minor: int) -> Payout:
    asked = bank.market.at_shop(lambda scope: bank.wallet(scope).withdraw(ugx(minor)))
    assert isinstance(asked, CodeSent), asked
    payout = bank.market.at_shop(lambda scope: bank.wallet(scope).confirm(bank.code()))
    assert isinstance(payout, Payout), payout
    return payout
