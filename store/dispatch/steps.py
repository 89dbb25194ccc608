"""A delivery's way, whoever carries it: forward only, each step with what follows from it."""

from flows.happenings import DeliveryFailed, OrderDelivered, OrderShipped
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, OrderStatus, PaymentStatus
from flows.ports.refusals import Refusal
from store.actor import Actor
from store.dispatch import codes
from store.dispatch.jobs import step
from store.models import DeliveryRow, OrderRow
from store.orders.moving import move, move_payment, wrong_step
from store.orders.transitions import may_move
from store.orders.views import view
from store.postings import cash_collected, released
from store.scope import Scope


def pick_up(scope: Scope, order: OrderRow, delivery: DeliveryRow, actor: Actor) -> Refusal | None:
    """The goods leave the shop; the customer gets the code. Writes the steps that were skipped."""
    if order.status == OrderStatus.CONFIRMED:
        move(scope, order, OrderStatus.PROCESSING, actor)
    if order.status != OrderStatus.SHIPPED:
        refusal = move(scope, order, OrderStatus.SHIPPED, actor)
        if refusal is not None:
            return refusal
    step(scope, delivery, DeliveryStatus.PICKED_UP, actor)
    scope.tell(OrderShipped(view(order)))
    return None


def hand_over(scope: Scope, order: OrderRow, code: str, actor: Actor) -> Refusal | None:
    """The customer has the goods, and their code proves it. Cash has then been paid."""
    before, fulfilment = OrderStatus(order.status), Fulfilment(order.fulfilment)
    if not may_move(before, OrderStatus.DELIVERED, actor.role, fulfilment):
        return wrong_step(order)
    refusal = codes.check(scope, order, code, actor)
    if refusal is not None:
        return refusal
    move(scope, order, OrderStatus.DELIVERED, actor)
    if order.delivery is not None and order.delivery.status != DeliveryStatus.CANCELLED:
        step(scope, order.delivery, DeliveryStatus.DELIVERED, actor)
    if order.payment_status in (PaymentStatus.PENDING, PaymentStatus.FAILED):
        move_payment(scope, order, PaymentStatus.PAID, actor, "cash on delivery")
        cash_collected(scope, order)
    else:
        released(scope, order)
    scope.tell(OrderDelivered(view(order)))
    return None


def fail(scope: Scope, order: OrderRow, delivery: DeliveryRow, actor: Actor, reason: str) -> None:
    """It could not be delivered; what happens next is the seller's to say."""
    step(scope, delivery, DeliveryStatus.FAILED, actor, reason)
    scope.tell(DeliveryFailed(view(order), reason))
