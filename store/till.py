"""A shop's own money in the books: what can be paid out, what waits, what riders hold."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from flows.money import Money
from flows.ports.till import CashHeld, TillBalance
from store.ledger import Account, Kind
from store.models import BalanceRow, PersonRow, RiderRow
from store.payouts import under_way
from store.scope import Scope

AVAILABLE = Account(Kind.SELLER_AVAILABLE)
PENDING = Account(Kind.SELLER_PENDING)
OWES = Account(Kind.SELLER_OWES)


def till_balance(scope: Scope) -> TillBalance:
    """In two statements."""
    there = _balances(scope)
    currency = scope.shop.currency
    carried = sum(
        minor for account, minor in there.items() if account.kind is Kind.RIDER_CASH and minor > 0
    )
    return TillBalance(
        available=Money(there.get(AVAILABLE, 0), currency),
        pending=Money(max(there.get(PENDING, 0), 0), currency),
        under_way=under_way(scope, AVAILABLE, currency),
        with_riders=Money(carried, currency),
        owed=Money(there.get(OWES, 0), currency),
    )


def cash_held(scope: Scope) -> Sequence[CashHeld]:
    """What each rider of the shop holds, most first."""
    there = _balances(scope)
    riders = scope.session.execute(
        select(RiderRow.id, RiderRow.name, PersonRow.phone)
        .join(PersonRow, PersonRow.id == RiderRow.person_id)
        .where(RiderRow.shop_id == scope.shop.id)
    )
    held = [
        CashHeld(str(rider), name, phone or "", Money(minor, scope.shop.currency))
        for rider, name, phone in riders
        if (minor := there.get(cash_of(rider), 0)) > 0
    ]
    return sorted(held, key=lambda each: (-each.amount.minor, each.name))


def cash_of(rider_id: UUID | str) -> Account:
    """What a rider holds for the shop."""
    return Account(Kind.RIDER_CASH, str(rider_id))


def earnings_of(rider_id: UUID | str) -> Account:
    """What a rider has earned with the shop's deliveries."""
    return Account(Kind.RIDER_EARNINGS, str(rider_id))


def _balances(scope: Scope) -> Mapping[Account, int]:
    """What stands in the accounts of the seller and of riders; not in customers' wallets, of which there
    may be many."""
    kinds = BalanceRow.account.in_([AVAILABLE.name, PENDING.name, OWES.name])
    riders = BalanceRow.account.startswith(f"{Kind.RIDER_CASH}:")
    rows = scope.session.execute(
        select(BalanceRow.account, BalanceRow.balance).where(
            BalanceRow.shop_id == scope.shop.id,
            BalanceRow.currency == scope.shop.currency,
            kinds | riders,
        )
    )
    return {Account.named(name): minor for name, minor in rows}
