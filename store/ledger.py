"""The ledger: double entry, written once. What is to be posted is decided in store/postings.

An amount is positive for a debit and negative for a credit, in minor units of one currency; those of one
posting add up to zero. What we hold (money at a rail, cash with a rider) grows by debits, what we owe
(wallets, sellers' shares) and what we earn (commission, fees) by credits.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import insert, select

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
HELD = frozenset({Kind.SELLER_OWES, Kind.RIDER_CASH, Kind.RAIL})
# Of these a balance is kept, since somebody asks for it; of the others only the sum is ever wanted, and
# a row that every payment of the platform writes would be waited for by all.
KEPT = frozenset(kind for kind in Kind if kind.value.startswith(("wallet", "seller"))) | {
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

    @classmethod
    def named(cls, name: str) -> "Account":
        """By its `name`. Raises ValueError for a kind that there is not."""
        kind, _, owner = name.partition(":")
        return cls(Kind(kind), owner)

    @property
    def name(self) -> str:
        """As the tables call it."""
        return f"{self.kind}:{self.owner}" if self.owner else self.kind.value

    @property
    def normal(self) -> int:
        """1 where debits make it grow, -1 where credits do."""
        return 1 if self.kind in HELD else -1


class UnbalancedError(StoreError):
    """A posting that does not add up to zero, or says nothing: a fault of the program."""


class OverdrawnError(StoreError):
    """An account would fall below its floor; nothing was posted. `there` is what it has."""

    def __init__(self, account: Account, there: Money) -> None:
        super().__init__(f"{account.name} has only {there.minor} {there.currency}")
        self.account = account
        self.there = there


# Amounts by account, in minor units: of a posting, or what stands in accounts by their normal side.
Amounts = Mapping[Account, int]


def post(
    scope: Scope,
    key: str,
    cause: str,
    amounts: Amounts,
    currency: str,
    *,
    order_id: UUID | None = None,
) -> bool:
    """Post once: False, and nothing is changed, where `key` was posted before. Four statements at most.
    Raises OverdrawnError, after which nothing was written, and UnbalancedError."""
    falling = [a for a, minor in amounts.items() if a.kind in FLOORED and a.normal * minor < 0]
    there = _locked(scope, falling, currency) if falling else {}
    return _post(scope, _Head(key, cause, currency, order_id), amounts, there)


def post_by(
    scope: Scope,
    key: str,
    cause: str,
    accounts: Collection[Account],
    decide: Callable[[Amounts], Amounts],
    currency: str,
    *,
    order_id: UUID | None = None,
) -> bool:
    """Post what `decide` makes of what stands in `accounts`, which are locked before. It may change
    floored accounts only if they are among these."""
    there = _locked(scope, accounts, currency)
    return _post(scope, _Head(key, cause, currency, order_id), decide(there), there)


def balance(scope: Scope, account: Account, currency: str, *, lock: bool = False) -> Money:
    """What stands in an account of which a balance is kept. `lock` until the transaction ends."""
    query = select(BalanceRow.balance).where(
        BalanceRow.shop_id == scope.shop.id,
        BalanceRow.account == account.name,
        BalanceRow.currency == currency,
    )
    found = scope.session.scalar(query.with_for_update() if lock else query)
    return Money(found or 0, currency)


def posted(scope: Scope, key: str) -> bool:
    """Whether a posting of this key is there."""
    query = select(PostingRow.id).where(PostingRow.key == key)
    return scope.session.scalar(query) is not None


@dataclass(frozen=True, slots=True)
class _Head:
    key: str
    cause: str
    currency: str
    order_id: UUID | None


def _post(scope: Scope, head: _Head, amounts: Amounts, there: Amounts) -> bool:
    amounts = {account: minor for account, minor in amounts.items() if minor}
    if sum(amounts.values()) != 0:
        raise UnbalancedError(f"{head.key} is out by {sum(amounts.values())} {head.currency}")
    short = _overdrawn(amounts, there)
    if short is not None:
        if posted(scope, head.key):
            return False
        raise OverdrawnError(short, Money(there.get(short, 0), head.currency))
    posting = _begin(scope, head)
    if posting is None:
        return False
    if amounts:
        _move_balances(scope, amounts, there, head.currency)
        _enter(scope, posting, amounts, head.currency)
    return True


def _overdrawn(amounts: Amounts, there: Amounts) -> Account | None:
    for account, minor in amounts.items():
        change = account.normal * minor
        if account.kind in FLOORED and change < 0 and there.get(account, 0) + change < 0:
            return account
    return None


def _begin(scope: Scope, head: _Head) -> int | None:
    """The new posting's id. Waits for a transaction that is posting the same key."""
    insert_new = INSERTS[scope.session.get_bind().dialect.name]
    found: int | None = scope.session.scalar(
        insert_new(PostingRow)
        .values(
            key=head.key,
            cause=head.cause,
            shop_id=scope.shop.id,
            order_id=head.order_id,
            currency=head.currency,
            at=scope.now,
        )
        .on_conflict_do_nothing()
        .returning(PostingRow.id)
    )
    return found


def _enter(scope: Scope, posting: int, amounts: Amounts, currency: str) -> None:
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


def _move_balances(scope: Scope, amounts: Amounts, there: Amounts, currency: str) -> None:
    """All in one order by everybody, so that no two wait for each other. What falls was locked; of what
    rises only the change is known, and the whole where the row is new."""
    rows = [
        {
            "shop_id": scope.shop.id,
            "account": account.name,
            "currency": currency,
            "balance": there.get(account, 0) + account.normal * minor,
            "change": account.normal * minor,
            "floored": account.kind in FLOORED,
        }
        for account, minor in sorted(amounts.items(), key=lambda item: item[0].name)
        if account.kind in KEPT
    ]
    if not rows:
        return
    upsert = INSERTS[scope.session.get_bind().dialect.name](BalanceRow).values(rows)
    scope.session.execute(
        upsert.on_conflict_do_update(
            index_elements=[BalanceRow.shop_id, BalanceRow.account, BalanceRow.currency],
            # PostgreSQL holds the row that it would insert against the floor, before it finds the other.
            set_={
                "balance": BalanceRow.balance + upsert.excluded.change,
                "change": upsert.excluded.change,
            },
        )
    )


def _locked(scope: Scope, accounts: Collection[Account], currency: str) -> Amounts:
    """What stands in them, locked in the order of their names; one that nothing was posted to is left
    out."""
    by_name = {account.name: account for account in accounts}
    rows = scope.session.execute(
        select(BalanceRow.account, BalanceRow.balance)
        .where(
            BalanceRow.shop_id == scope.shop.id,
            BalanceRow.account.in_(sorted(by_name)),
            BalanceRow.currency == currency,
        )
        .order_by(BalanceRow.account)
        .with_for_update()
    )
    return {by_name[row.account]: row.balance for row in rows}
