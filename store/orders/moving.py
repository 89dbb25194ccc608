"""The one place where an order's status changes, each change with its history."""

from flows.ports.delivery import Fulfilment
from flows.ports.orders import OrderStatus, PaymentStatus, Role
from flows.ports.refusals import WrongStep
from store.actor import Actor
from store.errors import StoreError
from store.late import put_down
from store.models import OrderHistoryRow, OrderRow
from store.orders.transitions import PAYMENT_TRANSITIONS, may_move, may_undo
from store.scope import Scope


class TransitionError(StoreError):
    """Our own code tried a step that the tables do not have."""


def note(
    scope: Scope,
    order: OrderRow,
    field: str,
    before: str | None,
    after: str | None,
    actor: Actor,
    reason: str | None = None,
) -> None:
    """Write down that a field of an order changed."""
    order.updated_at = scope.now
    history = {
        "shop_id": scope.shop.id,
        "order_id": order.id,
        "field": field,
        "before": before,
        "after": after,
        "by": actor.label,
        "reason": reason,
        "at": scope.now,
    }
    put_down(scope.session, OrderHistoryRow, history)


def wrong_step(order: OrderRow) -> WrongStep:
    return WrongStep(order.number, order.status)


def move(
    scope: Scope, order: OrderRow, to: OrderStatus, actor: Actor, reason: str | None = None
) -> WrongStep | None:
    """Take a locked order to `to`; None when done. What leaves pending neither
    lapses nor is reminded about; when its seller answered and when it arrived is written down."""
    before = OrderStatus(order.status)
    if not may_move(before, to, actor.role, Fulfilment(order.fulfilment)):
        return wrong_step(order)
    _write(scope, order, to, actor, reason)
    if before is OrderStatus.PENDING and actor.role is Role.SELLER:
        order.answered_at = scope.now
    if to is OrderStatus.DELIVERED:
        order.delivered_at = scope.now
    order.remind_at = order.held_until = None
    return None


def move_back(scope: Scope, order: OrderRow, to: OrderStatus, actor: Actor) -> None:
    """Undo a step, or have the goods back. Raises TransitionError for one that cannot be undone."""
    if not may_undo(OrderStatus(order.status), to, actor.role):
        raise TransitionError(f"no way back from {order.status} to {to}")
    _write(scope, order, to, actor, "undone or brought back")


def _write(
    scope: Scope, order: OrderRow, to: OrderStatus, actor: Actor, reason: str | None
) -> None:
    note(scope, order, "status", order.status, to.value, actor, reason)
    order.status = to.value


def move_payment(
    scope: Scope, order: OrderRow, to: PaymentStatus, actor: Actor, reason: str | None = None
) -> None:
    """Take a locked order's payment to `to`. Raises TransitionError where the table has no such step."""
    before = PaymentStatus(order.payment_status)
    if to is before:
        return
    if to not in PAYMENT_TRANSITIONS[before]:
        raise TransitionError(f"payment of order {order.id}: no way from {before} to {to}")
    note(scope, order, "payment_status", before.value, to.value, actor, reason)
    order.payment_status = to.value
