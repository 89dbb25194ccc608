"""Money that goes back to the customer: what is owed becomes a row, the payments send it."""

from uuid import UUID

from sqlalchemy import func, select

from flows.happenings import RefundDone, RefundStuck
from flows.money import Money
from flows.ports.orders import OrderStatus, PaymentStatus
from store.actor import SYSTEM
from store.models import AttemptRow, OrderRow, RefundRow
from store.models.payments import TO_WALLET
from store.orders.moving import move_payment
from store.orders.views import locked, view
from store.postings import adopt, refund_of_wallet, refund_owed, refund_sent, refund_to_wallet
from store.postings.payments import came
from store.scope import Scope

DONE = "succeeded"
WALLET = "wallet"
# More came than the order costs: sending that back takes nothing of what paid it.
MORE_THAN_DUE, PAID_MORE = "more_than_due", "paid_more"
BEYOND = frozenset({MORE_THAN_DUE, PAID_MORE})
# What was paid for goods that were not there: all that stays of the order is paid.
LACKING = "lacking:"
CLOSED = (OrderStatus.CANCELLED, OrderStatus.RETURNED)


def lacking_cause(step: int) -> str:
    """Of the refund for what was taken out of an order after `step` others."""
    return f"{LACKING}{step}"


def give_back(
    scope: Scope, order: OrderRow, amount: Money, cause: str, commission: int | None = None
) -> bool:
    """A part of what paid a locked order goes back the way it came: by its rail, or into the wallet at
    once. `commission` is the platform's part of goods that came back, in minor units. False where there is
    nothing to send: cash, or an amount of zero."""
    if amount.minor <= 0:
        return False
    if order.paid_by is None and order.rail == WALLET:
        refund_of_wallet(scope, order, amount, cause, commission)
        if cause.startswith(LACKING):
            return True
        whole = order.status in CLOSED and amount.minor >= order.total
        to = PaymentStatus.REFUNDED if whole else PaymentStatus.PARTIAL
        move_payment(scope, order, to, SYSTEM, cause)
        return True
    refund = owe_refund(scope, order.id, amount, cause)
    if refund is None:
        return False
    refund_owed(scope, order, refund, commission)
    return True


def owe_refund(
    scope: Scope,
    order_id: UUID | None,
    amount: Money,
    cause: str,
    attempt_id: UUID | None = None,
) -> RefundRow | None:
    """Have `amount` of what attempt `attempt_id` (default: the one that paid the order) brought sent back;
    the posting is the caller's. `order_id` is None for a top-up. None when there is nothing to send by a
    rail: cash, or an amount of zero."""
    if attempt_id is None and order_id is not None:
        attempt_id = scope.session.scalar(
            select(OrderRow.paid_by).where(
                OrderRow.shop_id == scope.shop.id, OrderRow.id == order_id
            )
        )
    if attempt_id is None or amount.minor <= 0:
        return None
    refund = RefundRow(
        shop_id=scope.shop.id,
        order_id=order_id,
        attempt_id=attempt_id,
        amount=amount.minor,
        currency=amount.currency,
        cause=cause,
        status="created",
        next_poll_at=scope.now,
        created_at=scope.now,
    )
    scope.session.add(refund)
    scope.session.flush()
    scope.woken.refunds.add(refund.id)
    return refund


def refund_settled(scope: Scope, refund_id: UUID, *, done: bool) -> None:
    """The rail sent a refund (its row already says so), or cannot. Told either way; the order is
    refunded when all that its attempt brought went back, else partial."""
    refund = scope.session.get(RefundRow, refund_id)
    if refund is None or refund.shop_id != scope.shop.id:
        return
    order = locked(scope, order_id=refund.order_id)
    if order is None:
        return
    if done:
        _post_sent(scope, order, refund)
    amount = Money(refund.amount, refund.currency)
    if not done:
        scope.tell(RefundStuck(view(order), amount))
        return
    if refund.attempt_id == order.paid_by and not _beyond(order, refund):
        _mark(scope, order, refund)
    scope.tell(RefundDone(view(order), amount))


def _beyond(order: OrderRow, refund: RefundRow) -> bool:
    """Whether an order is paid as before, though this went back."""
    lacking = refund.cause.startswith(LACKING) and order.status not in CLOSED
    return lacking or refund.cause in BEYOND


def into_wallet(scope: Scope, order: OrderRow, refund: RefundRow) -> None:
    """The customer keeps it here: its row already says that it is done."""
    refund.to = TO_WALLET
    refund_to_wallet(scope, refund, order.person_id)
    if refund.attempt_id == order.paid_by:
        _mark(scope, order, refund)


def _post_sent(scope: Scope, order: OrderRow, refund: RefundRow) -> None:
    attempt = scope.session.get_one(AttemptRow, refund.attempt_id)
    if not came(scope, attempt):
        # Paid before there was a ledger.
        adopt(scope, order)
    refund_sent(scope, refund, attempt.rail)


def _mark(scope: Scope, order: OrderRow, refund: RefundRow) -> None:
    brought = scope.session.scalar(
        select(AttemptRow.amount).where(AttemptRow.id == refund.attempt_id)
    )
    others = scope.session.scalar(
        select(func.coalesce(func.sum(RefundRow.amount), 0)).where(
            RefundRow.attempt_id == refund.attempt_id,
            RefundRow.status == DONE,
            RefundRow.id != refund.id,
            RefundRow.cause.not_in(BEYOND),
        )
    )
    whole = int(others or 0) + refund.amount >= int(brought or 0)
    to = PaymentStatus.REFUNDED if whole else PaymentStatus.PARTIAL
    if order.payment_status != PaymentStatus.REFUNDED:
        move_payment(scope, order, to, SYSTEM, refund.cause)
