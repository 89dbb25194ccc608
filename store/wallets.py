"""A customer's wallet in the books: what is in it, and what moved it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from flows.money import Money
from flows.ports.wallet import Move, WalletMove
from store.ledger import Account, Kind
from store.models import EntryRow, OrderRow, PostingRow
from store.scope import Scope

# By the posting's cause.
MOVES: Mapping[str, Move] = {
    "top-up": Move.TOP_UP,
    "accepted": Move.TOP_UP,
    "wallet-payment": Move.PAID,
    "returned-to-wallet": Move.REFUND,
    "refund-to-wallet": Move.REFUND,
    "payout-reserved": Move.WITHDRAWN,
    "payout-returned": Move.GIVEN_BACK,
}


def wallet_of(person_id: UUID) -> Account:
    return Account(Kind.WALLET, str(person_id))


def moves(scope: Scope, account: Account, most: int) -> Sequence[WalletMove]:
    """The newest first."""
    rows = scope.session.execute(
        select(PostingRow.cause, PostingRow.at, EntryRow.amount, OrderRow.number)
        .join(PostingRow, PostingRow.id == EntryRow.posting_id)
        .outerjoin(OrderRow, OrderRow.id == PostingRow.order_id)
        .where(
            EntryRow.shop_id == scope.shop.id,
            EntryRow.account == account.name,
            EntryRow.currency == scope.shop.currency,
        )
        .order_by(EntryRow.id.desc())
        .limit(most)
    )
    return [
        WalletMove(
            MOVES.get(cause, Move.OTHER),
            Money(account.normal * int(amount), scope.shop.currency),
            at,
            number,
        )
        for cause, at, amount, number in rows
    ]
