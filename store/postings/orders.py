"""What happens to an order's money later on, also where the payment is older than the ledger."""

from flows.money import Money
from store.models import OrderRow, RefundRow
from store.postings.adopting import adopt
from store.postings.deliveries import release
from store.postings.pending import pending, stands
from store.postings.refunds import owe, returned_to_wallet
from store.scope import Scope


def paid_for(scope: Scope, order: OrderRow) -> Money:
    """What waits for the delivery of a paid order: its total, unless the shop took less for it."""
    there = pending(stands(scope, order.id))
    waiting = sum(there.values()) if there else order.total
    return Money(min(waiting, order.total), order.currency)


def released(scope: Scope, order: OrderRow) -> bool:
    """A paid order was delivered: everybody can now have their share."""
    there = stands(scope, order.id)
    return release(scope, order, there) if there else adopt(scope, order) > 0


def refund_owed(
    scope: Scope, order: OrderRow, refund: RefundRow, commission: int | None = None
) -> bool:
    """A part of what paid the order is owed back, and is taken from whom it was kept for; `commission` of it
    from the platform, where goods came back. Money that no order took is owed back by `late_money`
    already."""
    there = stands(scope, order.id)
    return owe(scope, order, refund, there, commission) if there else adopt(scope, order) > 0


def refund_of_wallet(
    scope: Scope, order: OrderRow, amount: Money, cause: str, commission: int | None = None
) -> bool:
    """A part of what was paid out of the customer's wallet goes back into it at once."""
    return returned_to_wallet(scope, order, amount, cause, stands(scope, order.id), commission)
