"""A job that was taken goes to somebody else, before the goods have left the shop."""

from flows.happenings import RiderAssigned, RiderOff
from flows.ports.orders import DeliveryStatus, Role
from flows.ports.refusals import Refusal, WrongStep
from store.actor import Actor
from store.dispatch.coming_back import want_back
from store.dispatch.jobs import UNTAKEN, step
from store.dispatch.starting import offer_to_riders
from store.dispatch.waves import answered_no, forget_offers, withdraw
from store.models import DeliveryRow, OrderRow, RiderRow
from store.orders.moving import wrong_step
from store.orders.views import view
from store.promises import promise_of_rider
from store.scope import Scope

# Where a seller may say who brings it: nobody has the goods, or who has them could not deliver.
ASSIGNABLE = UNTAKEN | {DeliveryStatus.ACCEPTED, DeliveryStatus.FAILED}


def pass_on(
    scope: Scope, order: OrderRow, delivery: DeliveryRow, actor: Actor, reason: str
) -> None:
    """Whoever took it does not bring it, and will not be asked again; the others are. The order's row must
    be locked."""
    rider = delivery.rider
    step(scope, delivery, DeliveryStatus.WAITING, actor, reason)
    if rider is not None:
        answered_no(scope, delivery, rider)
        scope.tell(RiderOff(view(order), str(rider.id), rider.name, actor.role))
    delivery.rider_id = delivery.rider = None
    offer_to_riders(scope, order, delivery)


def assign(scope: Scope, order: OrderRow, rider: RiderRow, actor: Actor) -> Refusal | None:
    """The seller says who brings it, whoever had it or was asked. The order's row must be locked."""
    delivery = order.delivery
    if delivery is None:
        return wrong_step(order)
    taken = delivery.status == DeliveryStatus.ACCEPTED
    if taken and delivery.rider_id == rider.id:
        return None
    if delivery.status not in ASSIGNABLE:
        return WrongStep(order.number, delivery.status)
    before = delivery.rider
    if taken and before is not None:
        scope.tell(RiderOff(view(order), str(before.id), before.name, Role.SELLER))
    withdraw(scope, order, delivery, keep=rider.id)
    forget_offers(scope, delivery)
    delivery.rider, delivery.rider_id = rider, rider.id
    delivery.by_seller = False
    delivery.next_offer_at = delivery.give_up_at = None
    promise_of_rider(scope, order, delivery)
    step(scope, delivery, DeliveryStatus.ACCEPTED, actor, "assigned")
    scope.tell(RiderAssigned(view(order), Role.SELLER))
    if delivery.holder_id != rider.id:
        want_back(scope, order)
    return None
