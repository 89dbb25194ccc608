"""Ending an order early: the stock goes back, offers are withdrawn, money that came is owed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from flows.happenings import CancelAsked, OrderCancelled
from flows.money import Money
from flows.ports.orders import DeliveryStatus, Order, OrderStatus, PaymentStatus
from flows.ports.refusals import Refusal, SellerCancels
from store import stock
from store.actor import SYSTEM, Actor
from store.dispatch.coming_back import came_back, want_back
from store.dispatch.starting import call_off
from store.loyalty.earning import take_back
from store.models import AttemptRow, OrderRow
from store.orders.at_the_door import nothing_due
from store.orders.moving import move, note, wrong_step
from store.orders.refunds import give_back
from store.orders.settlement import OPEN_ATTEMPTS
from store.orders.views import locked, nobody_brings, view
from store.postings import paid_for
from store.quoting import claiming
from store.rules import Rules
from store.scope import Scope
from store.supply.asking import call_suppliers_off
from store.supply.views import UNDER_WAY
from store.terms import terms_of

# Work had begun: a part of the money is kept of what the customer calls off.
BEGUN = (OrderStatus.PROCESSING, OrderStatus.SHIPPED)


def within_window(order: OrderRow, rules: Rules, now: datetime) -> bool:
    """May the customer still cancel, by the clock?"""
    return now - order.created_at <= rules.cancel_window


def may_cancel_alone(scope: Scope, order: OrderRow) -> bool:
    """Whether its customer need not ask the seller."""
    if order.status not in (OrderStatus.PENDING, OrderStatus.CONFIRMED):
        return False
    return within_window(order, scope.rules, scope.now) or _seller_is_silent(scope, order)


def cancel_for_customer(
    scope: Scope, order: OrderRow, actor: Actor, reason: str
) -> Order | Refusal:
    """Within the window and before processing, or when nobody brings it; later the seller is asked to."""
    if nobody_brings(order):
        return end(scope, order, OrderStatus.CANCELLED, actor, reason, whole=True)
    if order.status == OrderStatus.PROCESSING:
        return _ask_seller(scope, order, actor, reason)
    if order.status not in (OrderStatus.PENDING, OrderStatus.CONFIRMED):
        return wrong_step(order)
    if not may_cancel_alone(scope, order):
        return _ask_seller(scope, order, actor, reason)
    return end(scope, order, OrderStatus.CANCELLED, actor, reason)


def _ask_seller(scope: Scope, order: OrderRow, actor: Actor, reason: str) -> Refusal:
    """Only the seller can cancel it now, and hears of the wish once."""
    keeps = _kept(scope, order, OrderStatus(order.status), asked=True)
    if order.cancel_asked_at is None:
        note(scope, order, "cancel_asked", None, "yes", actor, reason or None)
        order.cancel_asked_at = scope.now
        scope.tell(CancelAsked(view(order), reason, keeps))
    return SellerCancels(order.number, keeps)


def _seller_is_silent(scope: Scope, order: OrderRow) -> bool:
    """Nobody answered until the last reminder, at which the customer was offered to cancel."""
    return (
        order.status == OrderStatus.PENDING
        and order.reminders >= len(scope.rules.seller_reminders) > 0
    )


def refuse(scope: Scope, order: OrderRow, actor: Actor, reason: str) -> Order | Refusal:
    """By the seller, while nobody is on the way with the goods; what could not be delivered comes back."""
    delivery = order.delivery
    carried = delivery is not None and delivery.status == DeliveryStatus.PICKED_UP
    if order.status == OrderStatus.SHIPPED and not carried:
        return end(scope, order, OrderStatus.RETURNED, actor, reason)
    return end(scope, order, OrderStatus.CANCELLED, actor, reason)


def end(
    scope: Scope,
    order: OrderRow,
    to: OrderStatus,
    actor: Actor,
    reason: str,
    *,
    whole: bool = False,
) -> Order | Refusal:
    """Take a locked order to cancelled or returned, with all that follows from it. `whole`: the shop keeps
    nothing of the money, whatever work has begun."""
    before = OrderStatus(order.status)
    refusal = move(scope, order, to, actor, reason)
    if refusal is not None:
        return refusal
    stock.release(scope, order.id)
    if order.delivery is None or order.delivery.holder_id is None:
        stock.put_back(scope, order, actor)
    call_off(scope, order, actor)
    want_back(scope, order)
    claiming.give_back(scope, order)
    if before in UNDER_WAY:
        call_suppliers_off(scope, order)
    if before is OrderStatus.DELIVERED:
        take_back(scope, order)
    else:
        nothing_due(scope, order, actor, to.value)
    refund = _refund(scope, order, before, whole=whole)
    ended = view(order)
    scope.tell(OrderCancelled(ended, actor.role, reason, refund))
    return ended


def _refund(scope: Scope, order: OrderRow, before: OrderStatus, *, whole: bool) -> Money | None:
    if not PaymentStatus(order.payment_status).came:
        return None
    asked = order.cancel_asked_at is not None
    amount = paid_for(scope, order)
    kept = None if whole else _kept(scope, order, before, asked=asked)
    if kept is not None:
        amount -= kept
    return amount if give_back(scope, order, amount, "cancelled") else None


def _kept(scope: Scope, order: OrderRow, before: OrderStatus, *, asked: bool) -> Money | None:
    """What stays with the shop of an order on which work had begun: the usual part where its customer
    `asked` for the end or could not be found, and what the shop keeps at its own no; None for nothing."""
    if before not in BEGUN:
        return None
    terms = terms_of(scope.shop).after_sale
    theirs = asked or before is OrderStatus.SHIPPED or came_back(scope, order)
    usual = scope.rules.late_refund_keeps
    part = terms.kept_of_cancelled(usual) if theirs else terms.kept_of_refused
    kept = (
        paid_for(scope, order).percent(part) if PaymentStatus(order.payment_status).came else None
    )
    return kept or None


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
