"""A rider takes the last step back."""

from flows.happenings import StepUndone
from flows.ports.orders import DeliveryStatus, OrderStatus
from store.actor import Actor
from store.dispatch.jobs import UNTAKEN, step
from store.dispatch.starting import offer_to_riders
from store.dispatch.waves import answered_no
from store.models import DeliveryRow, OrderRow
from store.orders.moving import move_back
from store.orders.views import view
from store.scope import Scope


def take_back(
    scope: Scope, order: OrderRow, delivery: DeliveryRow, to: DeliveryStatus, actor: Actor
) -> None:
    """Put a delivery that this rider has back to `to`. An acceptance taken back is a NO: the delivery
    is offered to the others again."""
    if delivery.status == DeliveryStatus.PICKED_UP and order.status == OrderStatus.SHIPPED:
        move_back(scope, order, OrderStatus.PROCESSING, actor)
    if to not in UNTAKEN:
        step(scope, delivery, to, actor, "undone")
        scope.tell(StepUndone(view(order)))
        return
    if delivery.rider is not None:
        answered_no(scope, delivery, delivery.rider)
    step(scope, delivery, DeliveryStatus.WAITING, actor, "undone")
    delivery.rider_id = delivery.rider = None
    scope.tell(StepUndone(view(order)))
    offer_to_riders(scope, order, delivery)
