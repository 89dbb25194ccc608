"""Ending an order early: the stock goes back, offers are withdrawn, money that came is owed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from flows.happenings import OrderCancelled
from flows.money import Money
from flows.ports.orders import DeliveryStatus, Order, OrderStatus, PaymentStatus
from flows.ports.refusals import Refusal, TooLate
from store import stock
from store.actor import SYSTEM, Actor
from store.dispatch.starting import call_off
from store.models import AttemptRow, OrderRow
from store.orders.moving import move, wrong_step
from store.orders.refunds import give_back
from store.orders.settlement import OPEN_ATTEMPTS
from store.orders.views import locked, view
from store.postings import paid_for
from store.rules import Rules
from store.scope import Scope

# Work had begun: a part of the money is kept.
BEGUN = (OrderStatus.PROCESSING, OrderStatus.SHIPPED)


def within_window(order: OrderRow, rules: Rules, now: datetime) -> bool:
    """May the customer still cancel, by the clock?"""
    return now - order.created_at <= rules.cancel_window


def cancel_for_customer(
    scope: Scope, order: OrderRow, actor: Actor, reason: str
) -> Order | Refusal:
    """Within the window and before processing."""
    if order.status not in (OrderStatus.PENDING, OrderStatus.CONFIRMED):
        return wrong_step(order)
    if not within_window(order, scope.rules, scope.now) and not _seller_is_silent(scope, order):
        return TooLate(order.number)
    return end(scope, order, OrderStatus.CANCELLED, actor, reason)


def _seller_is_silent(scope: Scope, order: OrderRow) -> bool:
    """Nobody answered until the last reminder, at which the customer was offered to cancel."""
    return (
        order.status == OrderStatus.PENDING
        and order.reminders >= len(scope.rules.seller_reminders) > 0
    )


def refuse(scope: Scope, order: OrderRow, actor: Actor, reason: str) -> Order | Refusal:
    """By the seller, before the goods are on their way; after a failed delivery they come back."""
    failed = order.delivery is not None and order.delivery.status == DeliveryStatus.FAILED
    if order.status == OrderStatus.SHIPPED and failed:
        return end(scope, order, OrderStatus.RETURNED, actor, reason)
    return end(scope, order, OrderStatus.CANCELLED, actor, reason)


def end(
    scope: Scope, order: OrderRow, to: OrderStatus, actor: Actor, reason: str
) -> Order | Refusal:
    """Take a locked order to cancelled or returned, with all that follows from it."""
    before = OrderStatus(order.status)
    refusal = move(scope, order, to, actor, reason)
    if refusal is not None:
        return refusal
    stock.release(scope, order.id)
    stock.put_back(scope, order, actor)
    call_off(scope, order, actor)
    refund = _refund(scope, order, before)
    ended = view(order)
    scope.tell(OrderCancelled(ended, actor.role, reason, refund))
    return ended


def _refund(scope: Scope, order: OrderRow, before: OrderStatus) -> Money | None:
    if order.payment_status not in (PaymentStatus.PAID, PaymentStatus.PARTIAL):
        return None
    amount = paid_for(scope, order)
    if before in BEGUN:
        amount -= amount.percent(scope.rules.late_refund_keeps)
    return amount if give_back(scope, order, amount, "cancelled") else None


def expire(scope: Scope, order_id: UUID) -> None:
    """Cancel an unpaid order that is no longer held. Does nothing when it is not due: paid meanwhile,
    on cash, or with an attempt that may still take the money or is being looked at."""
    order = locked(scope, order_id=order_id)
    if order is None or order.status != OrderStatus.PENDING:
        return
    if order.held_until is None or order.held_until > scope.now:
        return
    if order.payment_status not in (PaymentStatus.PENDING, PaymentStatus.FAILED):
        return
    trying = scope.session.scalar(
        select(AttemptRow.id).where(
            AttemptRow.order_id == order.id, AttemptRow.status.in_((*OPEN_ATTEMPTS, "review"))
        )
    )
    if trying is None:
        end(scope, order, OrderStatus.CANCELLED, SYSTEM, "not_paid")
