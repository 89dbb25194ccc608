"""Money that came: for an order, into a wallet, too late."""

from uuid import UUID

from flows.money import Money
from store.ledger import Account, Kind, post, posted
from store.models import AttemptRow, OrderRow
from store.postings.pending import credited, shares_of
from store.scope import Scope

REFUNDS = Account(Kind.REFUNDS)


def attempt_key(attempt_id: UUID) -> str:
    """Of the one posting by which an attempt's money came in."""
    return f"attempt:{attempt_id}"


def wallet_key(order_id: UUID) -> str:
    """Of the payment of an order out of a wallet."""
    return f"wallet:{order_id}"


def came(scope: Scope, attempt: AttemptRow) -> bool:
    """Whether the ledger knows of the attempt's money."""
    return posted(scope, attempt_key(attempt.id))


def excess(order: OrderRow, attempt: AttemptRow) -> Money:
    """What the attempt brought beyond what the order costs by now."""
    return Money(max(attempt.amount - order.total, 0), attempt.currency)


def payment_received(scope: Scope, order: OrderRow, attempt: AttemptRow) -> bool:
    """The order was paid by a rail. What the attempt brought beyond the total is owed back."""
    amounts = {
        Account(Kind.RAIL, attempt.rail): attempt.amount,
        **credited(shares_of(order)),
        REFUNDS: order.total - attempt.amount,
    }
    key = attempt_key(attempt.id)
    return post(scope, key, "payment", amounts, attempt.currency, order_id=order.id)


def paid_from_wallet(scope: Scope, order: OrderRow, person_id: UUID) -> bool:
    """The order was paid out of its customer's wallet. Raises OverdrawnError."""
    amounts = {
        Account(Kind.WALLET, str(person_id)): order.total,
        **credited(shares_of(order)),
    }
    key = wallet_key(order.id)
    return post(scope, key, "wallet-payment", amounts, order.currency, order_id=order.id)


def topped_up(scope: Scope, attempt: AttemptRow) -> bool:
    """The payer put money into their wallet."""
    amounts = {
        Account(Kind.RAIL, attempt.rail): attempt.amount,
        Account(Kind.WALLET, str(attempt.person_id)): -attempt.amount,
    }
    return post(scope, attempt_key(attempt.id), "top-up", amounts, attempt.currency)


def late_money(scope: Scope, attempt: AttemptRow) -> bool:
    """Money came that no order takes any more: it is owed back."""
    amounts = {Account(Kind.RAIL, attempt.rail): attempt.amount, REFUNDS: -attempt.amount}
    key = attempt_key(attempt.id)
    return post(scope, key, "late-money", amounts, attempt.currency, order_id=attempt.order_id)
