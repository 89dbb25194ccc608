"""A delivery's way, whoever carries it: forward only, each step with what follows from it."""

from flows.happenings import DeliveryFailed, OrderDelivered, OrderShipped
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, OrderStatus, PaymentStatus
from flows.ports.refusals import Refusal
from store.actor import Actor
from store.dispatch import codes
from store.dispatch.jobs import note_back, step
from store.loyalty.earning import earn
from store.models import DeliveryRow, OrderRow
from store.orders.moving import move, move_back, move_payment, wrong_step
from store.orders.transitions import may_move
from store.orders.views import view
from store.postings import cash_collected, door_cash_collected, released
from store.ratings import due_at
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
    delivery = order.delivery
    if delivery is not None and delivery.status != DeliveryStatus.CANCELLED:
        step(scope, delivery, DeliveryStatus.DELIVERED, actor)
        if delivery.rider is not None:
            delivery.rider.last_zone, delivery.rider.last_at = order.zone, scope.now
    # Before the ledger, as everywhere: points and balances are locked in one order.
    earned = earn(scope, order)
    if order.payment_status in (PaymentStatus.PENDING, PaymentStatus.FAILED):
        move_payment(scope, order, PaymentStatus.PAID, actor, "cash on delivery")
        cash_collected(scope, order)
    else:
        released(scope, order)
        if order.due_at_door:
            door_cash_collected(scope, order)
    order.rating_at = None if order.repair_of else due_at(scope)
    scope.tell(OrderDelivered(view(order), earned.points, earned.balance))
    return None


def fail(scope: Scope, order: OrderRow, delivery: DeliveryRow, actor: Actor, reason: str) -> None:
    """It could not be delivered; what happens next is the seller's to say. What the seller brought is back
    with it."""
    step(scope, delivery, DeliveryStatus.FAILED, actor, reason)
    delivery.again_wanted = False
    if delivery.rider_id is None and order.status == OrderStatus.SHIPPED:
        move_back(scope, order, OrderStatus.PROCESSING, actor)
        note_back(scope, delivery, None, actor)
    scope.tell(DeliveryFailed(view(order), reason, actor.role))
