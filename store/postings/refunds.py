"""Money that is owed back to a customer, and how it went."""

from collections.abc import Mapping
from uuid import UUID

from flows.money import Money
from flows.ports.orders import OrderStatus
from store.ledger import Account, Amounts, Kind, post, post_by
from store.models import OrderRow, RefundRow
from store.postings.owing import AVAILABLE, OWES, taken
from store.postings.payments import REFUNDS
from store.postings.pending import SELLER, pending, shares_of
from store.scope import Scope

CLOSED = (OrderStatus.CANCELLED, OrderStatus.RETURNED)
COMMISSION = Account(Kind.COMMISSION)


def owed_key(refund_id: UUID) -> str:
    return f"refund:{refund_id}:owed"


def sent_key(refund_id: UUID) -> str:
    """Of the one posting by which a refund left, whichever way."""
    return f"refund:{refund_id}:sent"


def owe(
    scope: Scope,
    order: OrderRow,
    refund: RefundRow,
    there: Mapping[Account, int],
    commission: int | None = None,
) -> bool:
    """Of what `there` stands for the order, a part goes back to whoever paid. `commission` is the platform's
    part of the goods that came back; None: all of it where the order has ended."""
    amount = Money(refund.amount, refund.currency)
    return _give(
        scope, owed_key(refund.id), "refund-owed", order, REFUNDS, amount, there, commission
    )


def returned_to_wallet(
    scope: Scope,
    order: OrderRow,
    amount: Money,
    cause: str,
    there: Mapping[Account, int],
    commission: int | None = None,
) -> bool:
    """A part of what was paid from a wallet is in it again; once for each `cause`."""
    wallet = Account(Kind.WALLET, str(order.person_id))
    key = f"wallet:{order.id}:{cause}"
    return _give(scope, key, "returned-to-wallet", order, wallet, amount, there, commission)


def _give(
    scope: Scope,
    key: str,
    cause: str,
    order: OrderRow,
    to: Account,
    amount: Money,
    there: Mapping[Account, int],
    of_goods: int | None,
) -> bool:
    waiting = pending(there)
    if any(waiting.values()):
        amounts = {**_out_of_pending(order, amount.minor, waiting), to: -amount.minor}
        return post(scope, key, cause, amounts, amount.currency, order_id=order.id)
    # A return gives the commission back; whatever else is wanted is the seller's to bear.
    ours = there.get(COMMISSION, 0)
    returned = min(of_goods, ours) if of_goods is not None else ours * (order.status in CLOSED)
    commission = min(returned, amount.minor)

    def bear(there: Amounts) -> Amounts:
        seller = taken(there, amount.minor - commission)
        return {to: -amount.minor, COMMISSION: commission, **seller}

    accounts = (AVAILABLE, OWES)
    return post_by(scope, key, cause, accounts, bear, amount.currency, order_id=order.id)


def _out_of_pending(
    order: OrderRow, minor: int, waiting: Mapping[Account, int]
) -> dict[Account, int]:
    """Shares that waited are undone: all of them where the order has ended or everything goes back, and
    what of them is kept is the seller's at once; else as far as the order now says less."""
    closed = order.status in CLOSED
    whole = closed or minor >= sum(waiting.values())
    stays = {} if whole else shares_of(order)
    amounts = {a: waiting.get(a, 0) - stays.get(a, 0) for a in {*waiting, *stays}}
    kept = sum(amounts.values()) - minor
    keeper = AVAILABLE if closed else SELLER
    amounts[keeper] = amounts.get(keeper, 0) - kept
    return amounts


def returned_in_hand(scope: Scope, order: OrderRow, cause: str, commission: int) -> bool:
    """The seller gave cash back by hand, as they had it; the platform's part of it is theirs again."""

    def give(there: Amounts) -> Amounts:
        return {COMMISSION: commission, **taken(there, -commission)}

    key, accounts = f"cash:{order.id}:{cause}", (AVAILABLE, OWES)
    return post_by(
        scope, key, "returned-in-hand", accounts, give, order.currency, order_id=order.id
    )


def refund_sent(scope: Scope, refund: RefundRow, rail: str) -> bool:
    """The rail gave it back."""
    amounts = {REFUNDS: refund.amount, Account(Kind.RAIL, rail): -refund.amount}
    key = sent_key(refund.id)
    return post(scope, key, "refund-sent", amounts, refund.currency, order_id=refund.order_id)


def refund_to_wallet(scope: Scope, refund: RefundRow, person_id: UUID) -> bool:
    """It went into the customer's wallet instead."""
    wallet = Account(Kind.WALLET, str(person_id))
    amounts = {REFUNDS: refund.amount, wallet: -refund.amount}
    key = sent_key(refund.id)
    return post(scope, key, "refund-to-wallet", amounts, refund.currency, order_id=refund.order_id)
