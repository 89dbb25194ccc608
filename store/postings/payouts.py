"""Money that leaves for somebody's own Mobile Money."""

from uuid import UUID

from flows.money import Money
from store.ledger import Account, Amounts, Kind, balance, post, post_by
from store.models import PayoutRow
from store.postings.owing import AVAILABLE, OWES
from store.scope import Scope

PAYOUTS = Account(Kind.PAYOUTS)
FEES = Account(Kind.FEES)


def spendable(scope: Scope, account: Account, currency: str) -> Money:
    """What can be paid out of an account: of the seller's own less what the seller owes."""
    there = balance(scope, account, currency)
    if account == AVAILABLE:
        there -= balance(scope, OWES, currency)
    return Money(max(there.minor, 0), currency)


def payout_key(payout_id: UUID, step: str) -> str:
    return f"payout:{payout_id}:{step}"


def payout_reserved(scope: Scope, payout: PayoutRow) -> bool:
    """The amount and its fee are set aside; what the seller owes is taken off before. Raises
    OverdrawnError where they are not there."""
    account = Account.named(payout.account)
    out = {PAYOUTS: -payout.amount, FEES: -payout.fee}
    whole = payout.amount + payout.fee
    key = payout_key(payout.id, "reserved")
    if account != AVAILABLE:
        return post(scope, key, "payout-reserved", {account: whole, **out}, payout.currency)

    def less_debts(there: Amounts) -> Amounts:
        owed = there.get(OWES, 0)
        return {**out, AVAILABLE: whole + owed, OWES: -owed}

    accounts = (AVAILABLE, OWES)
    return post_by(scope, key, "payout-reserved", accounts, less_debts, payout.currency)


def payout_paid(scope: Scope, payout: PayoutRow) -> bool:
    """It arrived."""
    amounts = {PAYOUTS: payout.amount, Account(Kind.RAIL, payout.rail): -payout.amount}
    return post(scope, payout_key(payout.id, "settled"), "payout-paid", amounts, payout.currency)


def payout_returned(scope: Scope, payout: PayoutRow) -> bool:
    """It cannot arrive: all of it is back where it came from, with its fee."""
    whole = payout.amount + payout.fee
    amounts = {
        PAYOUTS: payout.amount,
        FEES: payout.fee,
        Account.named(payout.account): -whole,
    }
    key = payout_key(payout.id, "settled")
    return post(scope, key, "payout-returned", amounts, payout.currency)
