"""A seller who does not say what becomes of a delivery that nobody took is reminded once. Riders are asked
once more, and the customer may choose instead."""

from uuid import UUID

from flows.happenings import StillNobody
from flows.ports.delivery import Fulfilment
from flows.ports.orders import OrderStatus
from flows.ports.refusals import Refusal, WrongStep
from store.actor import Actor
from store.dispatch.choices import become_pickup
from store.dispatch.coming_back import came_back
from store.dispatch.starting import offer_to_riders
from store.dispatch.waves import untaken
from store.models import OrderRow
from store.orders.views import nobody_brings, view
from store.scope import Scope
from store.terms import terms_of

IN_THE_SHOP = (OrderStatus.CONFIRMED, OrderStatus.PROCESSING)


def remind_of_answer(scope: Scope, delivery_id: UUID) -> None:
    """Who was asked what now is asked once more, at every phone. Does nothing where it is no longer due.

    What is in the shop, and was never brought in vain, is its customer's to decide on too from now on; they
    hear so once, and riders are asked once more. The seller hears again if nobody takes it then."""
    order, delivery = untaken(scope, delivery_id)
    if order is None or delivery is None:
        return
    if delivery.answer_by is None or delivery.answer_by > scope.now:
        return
    delivery.answer_by = None
    delivery.customer_chooses = _theirs_to_choose(scope, order)
    scope.tell(StillNobody(view(order), fetched=has_pickup(scope)))
    if delivery.customer_chooses:
        offer_to_riders(scope, order, delivery)


def _theirs_to_choose(scope: Scope, order: OrderRow) -> bool:
    """Nobody but the shop keeps the goods from them."""
    if order.status not in IN_THE_SHOP or order.delivery is None:
        return False
    return order.delivery.holder_id is None and not came_back(scope, order)


def has_pickup(scope: Scope) -> bool:
    """Whether people may come to the shop for their goods."""
    return terms_of(scope.shop).road(Fulfilment.PICKUP) is not None


def fetch_it(scope: Scope, order: OrderRow, actor: Actor) -> Refusal | None:
    """The customer comes for what nobody brings. The order's row must be locked."""
    delivery = order.delivery
    if delivery is None or not nobody_brings(order) or not has_pickup(scope):
        return WrongStep(order.number, delivery.status if delivery else order.status)
    return become_pickup(scope, order, actor)
