"""What a seller decides when nobody took a delivery, or when one failed."""

from flows.happenings import BecamePickup, ShopBrings
from flows.money import Money
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, PaymentStatus
from flows.ports.refusals import Refusal, WrongStep
from store.actor import Actor
from store.dispatch.coming_back import want_back
from store.dispatch.jobs import UNTAKEN, step
from store.dispatch.starting import offer_to_riders
from store.dispatch.waves import forget_offers, withdraw
from store.models import DeliveryRow, OrderRow
from store.orders.at_the_door import nothing_due
from store.orders.moving import note, wrong_step
from store.orders.refunds import give_back
from store.orders.views import view
from store.scope import Scope
from store.terms import terms_of

OPEN_TO_CHOICE = UNTAKEN | {DeliveryStatus.FAILED}


def bring_it_yourself(scope: Scope, order: OrderRow, actor: Actor) -> Refusal | None:
    """The seller brings it; whoever was asked is told, and a customer who heard that nobody does."""
    delivery = order.delivery
    if delivery is None or delivery.status not in OPEN_TO_CHOICE:
        return _elsewhere(order)
    waited = delivery.customer_chooses
    _put_aside(scope, order, delivery, actor)
    want_back(scope, order)
    delivery.by_seller, delivery.customer_chooses = True, False
    if waited:
        scope.tell(ShopBrings(view(order)))
    return None


def offer_again(scope: Scope, order: OrderRow, actor: Actor) -> Refusal | None:
    """From the beginning, to everyone on duty for the zone."""
    delivery = order.delivery
    if delivery is None or delivery.status not in OPEN_TO_CHOICE:
        return _elsewhere(order)
    _put_aside(scope, order, delivery, actor)
    delivery.by_seller = False
    forget_offers(scope, delivery)
    offer_to_riders(scope, order, delivery)
    return None


def become_pickup(scope: Scope, order: OrderRow, actor: Actor) -> Refusal | None:
    """The customer is asked to come, or wants to; the fee for bringing it is theirs again."""
    delivery = order.delivery
    if delivery is None or delivery.status not in OPEN_TO_CHOICE:
        return _elsewhere(order)
    _put_aside(scope, order, delivery, actor)
    step(scope, delivery, DeliveryStatus.CANCELLED, actor, "became a pickup")
    want_back(scope, order)
    fee = Money(order.delivery_fee, order.currency)
    note(scope, order, "fulfilment", order.fulfilment, Fulfilment.PICKUP.value, actor)
    note(scope, order, "delivery_fee", str(order.delivery_fee), "0", actor)
    order.fulfilment = Fulfilment.PICKUP.value
    order.delivery_fee = 0
    order.total -= fee.minor
    road = terms_of(scope.shop).road(Fulfilment.PICKUP)
    order.eta = road.eta if road else None
    nothing_due(scope, order, actor, "became a pickup")
    paid = order.payment_status == PaymentStatus.PAID
    owed = paid and give_back(scope, order, fee, "became_pickup")
    scope.tell(BecamePickup(view(order), fee if owed else None, actor.role))
    return None


def _put_aside(scope: Scope, order: OrderRow, delivery: DeliveryRow, actor: Actor) -> None:
    """Nobody has it and nobody is being asked."""
    withdraw(scope, order, delivery, keep=None)
    delivery.next_offer_at = delivery.give_up_at = delivery.answer_by = None
    if delivery.status != DeliveryStatus.WAITING:
        step(scope, delivery, DeliveryStatus.WAITING, actor)
    delivery.rider_id = delivery.rider = None


def _elsewhere(order: OrderRow) -> Refusal:
    if order.delivery is None:
        return wrong_step(order)
    return WrongStep(order.number, order.delivery.status)
