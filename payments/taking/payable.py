"""Whether an order may still be paid, by whichever way."""

from sqlalchemy import select

from flows.ports.orders import OrderStatus, PaymentStatus
from flows.ports.payments import AttemptStatus
from flows.ports.refusals import AlreadyPaid, PromptOpen, Refusal, WrongStep
from payments.taking.opening import prompt_open
from payments.taking.steps import OPEN
from store.models import AttemptRow, OrderRow
from store.scope import Scope

UNPAID = (PaymentStatus.PENDING, PaymentStatus.FAILED)
GONE = (OrderStatus.CANCELLED, OrderStatus.RETURNED)
# Somebody's money is there, or may come: no second way.
TAKEN_UP = tuple(status.value for status in (*OPEN, AttemptStatus.REVIEW))


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
    attempt = scope.session.scalar(
        select(AttemptRow)
        .where(
            AttemptRow.shop_id == scope.shop.id,
            AttemptRow.order_id == order.id,
            AttemptRow.status.in_(TAKEN_UP),
        )
        .limit(1)
    )
    return prompt_open(attempt) if attempt is not None else None
