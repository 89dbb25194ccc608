"""The shares of an order that wait for its delivery."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select

from store.ledger import Account, Kind
from store.models import EntryRow, OrderRow, PostingRow
from store.scope import Scope
from store.splits import Split, split_of

SELLER = Account(Kind.SELLER_PENDING)
COMMISSION = Account(Kind.COMMISSION_PENDING)
DELIVERY = Account(Kind.DELIVERY_PENDING)
PENDING = frozenset(
    {Kind.SELLER_PENDING, Kind.SUPPLIER_PENDING, Kind.COMMISSION_PENDING, Kind.DELIVERY_PENDING}
)


def shares_of(order: OrderRow) -> dict[Account, int]:
    """What waits for whom while the order is paid and not delivered, as it is written now."""
    split: Split = split_of(order)
    shares = {SELLER: split.seller, COMMISSION: split.commission, DELIVERY: split.delivery}
    for key, share in split.suppliers.items():
        shares[Account(Kind.SUPPLIER_PENDING, key)] = share
    return shares


def credited(shares: Mapping[Account, int]) -> dict[Account, int]:
    """As a posting writes them."""
    return {account: -share for account, share in shares.items()}


def stands(scope: Scope, order_id: UUID) -> dict[Account, int]:
    """What the order's postings have put into each account, by its normal side; nothing where it has
    none."""
    rows = scope.session.execute(
        select(EntryRow.account, func.sum(EntryRow.amount).label("amount"))
        .join(PostingRow, PostingRow.id == EntryRow.posting_id)
        .where(PostingRow.order_id == order_id)
        .group_by(EntryRow.account)
    )
    found = {}
    for row in rows:
        account = Account.named(row.account)
        found[account] = account.normal * int(row.amount)
    return found


def pending(there: Mapping[Account, int]) -> dict[Account, int]:
    """Of what `stands`, that which waits for the delivery."""
    return {account: share for account, share in there.items() if account.kind in PENDING}
