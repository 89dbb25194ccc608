"""The ledger: double entry, written once. What is to be posted is decided in store/postings.

An amount is positive for a debit and negative for a credit, in minor units of one currency; those of one
posting add up to zero. What we hold (money at a rail, cash with a rider) grows by debits, what we owe
(wallets, sellers' shares) and what we earn (commission, fees) by credits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import insert, select, tuple_

from flows.money import Money
from store.errors import StoreError
from store.insertion import INSERTS
from store.models import BalanceRow, EntryRow, PostingRow
from store.scope import Scope


class Kind(StrEnum):
    """What an account is for. Those of sellers belong to the shop itself."""

    WALLET = "wallet"
    SELLER_PENDING = "seller-pending"
    SELLER_AVAILABLE = "seller-available"
    SELLER_CASH = "seller-cash"
    SELLER_OWES = "seller-owes"
    RESELLER_PENDING = "reseller-pending"
    RESELLER_AVAILABLE = "reseller-available"
    SUPPLIER_PENDING = "supplier-pending"
    SUPPLIER_AVAILABLE = "supplier-available"
    RIDER_EARNINGS = "rider-earnings"
    RIDER_CASH = "rider-cash"
    DELIVERY_PENDING = "delivery-pending"
    COMMISSION_PENDING = "commission-pending"
    COMMISSION = "commission"
    FEES = "fees"
    RAIL = "rail"
    PAYOUTS = "payouts"
    REFUNDS = "refunds"
    SUSPENSE = "suspense"


# What grows by debits.
_HELD = frozenset({Kind.SELLER_OWES, Kind.RIDER_CASH, Kind.RAIL})
# Of these a balance is kept, since somebody asks for it; of the others only the sum is ever wanted, and
# a row that every payment of the platform writes would be waited for by all.
KEPT = frozenset(
    kind for kind in Kind if kind.value.startswith(("wallet", "seller", "reseller"))
) | {
    Kind.SUPPLIER_PENDING,
    Kind.SUPPLIER_AVAILABLE,
    Kind.RIDER_EARNINGS,
    Kind.RIDER_CASH,
}
# Never below zero.
FLOORED = frozenset(
    {
        Kind.WALLET,
        Kind.SELLER_AVAILABLE,
        Kind.SELLER_OWES,
        Kind.RESELLER_AVAILABLE,
        Kind.SUPPLIER_AVAILABLE,
        Kind.RIDER_EARNINGS,
        Kind.RIDER_CASH,
    }
)


@dataclass(frozen=True, slots=True)
class Account:
    """An account of one shop. `owner` is a person's or rider's id, a supplier's key, a rail's name; ""
    where the kind has only one. There are no phone numbers and no secrets in it."""

    kind: Kind
    owner: str = ""

    @property
    def name(self) -> str:
        """As the tables call it."""
        return f"{self.kind}:{self.owner}" if self.owner else self.kind.value

    @property
    def normal(self) -> int:
        """1 where debits make it grow, -1 where credits do."""
        return 1 if self.kind in _HELD else -1


class UnbalancedError(StoreError):
    """A posting that does not add up to zero, or says nothing: a fault of the program."""


class OverdrawnError(StoreError):
    """An account would fall below its floor; nothing was posted. `there` is what it has."""

    def __init__(self, account: Account, there: Money) -> None:
        super().__init__(f"{account.name} has only {there.minor} {there.currency}")
        self.account = account
        self.there = there


def post(
    scope: Scope,
    key: str,
    cause: str,
    amounts: Mapping[Account, int],
    currency: str,
    *,
    order_id: UUID | None = None,
) -> bool:
    """Post once: False, and nothing is changed, where `key` was posted before. Four statements at most.
    Raises OverdrawnError and UnbalancedError."""
    amounts = {account: minor for account, minor in amounts.items() if minor}
    if sum(amounts.values()) != 0:
        raise UnbalancedError(f"{key} is out by {sum(amounts.values())} {currency}")
    posting = _begin(scope, key, cause, currency, order_id)
    if posting is None:
        return False
    if not amounts:
        return True
    _move_balances(scope, amounts, currency)
    rows = [
        {
            "posting_id": posting,
            "shop_id": scope.shop.id,
            "account": account.name,
            "currency": currency,
            "amount": minor,
        }
        for account, minor in amounts.items()
    ]
    scope.session.execute(insert(EntryRow).values(rows))
    return True


def balance(scope: Scope, account: Account, currency: str, *, lock: bool = False) -> Money:
    """What stands in an account of which a balance is kept. `lock` until the transaction ends."""
    query = select(BalanceRow.balance).where(
        BalanceRow.shop_id == scope.shop.id,
        BalanceRow.account == account.name,
        BalanceRow.currency == currency,
    )
    found = scope.session.scalar(query.with_for_update() if lock else query)
    return Money(found or 0, currency)


def _begin(scope: Scope, key: str, cause: str, currency: str, order_id: UUID | None) -> int | None:
    """The new posting's id. Waits for a transaction that is posting the same key."""
    insert_new = INSERTS[scope.session.get_bind().dialect.name]
    found: int | None = scope.session.scalar(
        insert_new(PostingRow)
        .values(
            key=key,
            cause=cause,
            shop_id=scope.shop.id,
            order_id=order_id,
            currency=currency,
            at=scope.now,
        )
        .on_conflict_do_nothing()
        .returning(PostingRow.id)
    )
    return found


def _move_balances(scope: Scope, amounts: Mapping[Account, int], currency: str) -> None:
    """All in one order by everybody, so that no two wait for each other."""
    changes = {
        account.name: (account, account.normal * minor)
        for account, minor in amounts.items()
        if account.kind in KEPT
    }
    if not changes:
        return
    names = sorted(changes)
    there = _locked(scope, names, currency)
    rows = []
    for name in names:
        account, change = changes[name]
        after = there.get(name, 0) + change
        if after < 0 and account.kind in FLOORED:
            raise OverdrawnError(account, Money(there.get(name, 0), currency))
        rows.append(
            {
                "shop_id": scope.shop.id,
                "account": name,
                "currency": currency,
                "balance": after,
                "change": change,
                "floored": account.kind in FLOORED,
            }
        )
    upsert = INSERTS[scope.session.get_bind().dialect.name](BalanceRow).values(rows)
    scope.session.execute(
        upsert.on_conflict_do_update(
            index_elements=[BalanceRow.shop_id, BalanceRow.account, BalanceRow.currency],
            # Another may have made the row since it was looked for.
            set_={
                "balance": BalanceRow.balance + upsert.excluded.change,
                "change": upsert.excluded.change,
            },
        )
    )


def _locked(scope: Scope, names: list[str], currency: str) -> Mapping[str, int]:
    keys = tuple_(BalanceRow.shop_id, BalanceRow.account, BalanceRow.currency)
    rows = scope.session.execute(
        select(BalanceRow.account, BalanceRow.balance)
        .where(keys.in_([(scope.shop.id, name, currency) for name in names]))
        .order_by(BalanceRow.account)
        .with_for_update()
    )
    return {row.account: row.balance for row in rows}
