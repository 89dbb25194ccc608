"""Whether an order may still be paid, by whichever way."""

from flows.ports.orders import OrderStatus, PaymentStatus
from flows.ports.refusals import AlreadyPaid, PromptOpen, Refusal, WrongStep
from payments.taking.opening import prompt_open
from store.models import OrderRow
from store.orders.settlement import taking_attempt
from store.scope import Scope

UNPAID = (PaymentStatus.PENDING, PaymentStatus.FAILED)
GONE = (OrderStatus.CANCELLED, OrderStatus.RETURNED)


def unpayable(order: OrderRow) -> Refusal | None:
    """Why nobody can pay this order any more."""
    if order.payment_status not in UNPAID:
        return AlreadyPaid(order.number)
    if order.status in GONE:
        return WrongStep(order.number, order.status)
    return None


def taken_up(scope: Scope, order: OrderRow) -> PromptOpen | None:
    """The attempt that may take the order's money, or whose money is looked at. The partial unique index
    says the same of open attempts; this one can say who was asked."""
    attempt = taking_attempt(scope, order.id)
    return prompt_open(attempt) if attempt is not None else None
