"""How a delivery begins, and how it is called off with its order."""

from datetime import datetime, timedelta

from flows.happenings import OfferWithdrawn
from flows.ports.orders import DeliveryStatus
from store.actor import Actor
from store.dispatch.carriers import candidates
from store.dispatch.jobs import CARRIED, ENDED, step
from store.dispatch.waves import make_wave, next_wave, withdraw
from store.ids import new_id
from store.models import DeliveryRow, OrderRow
from store.orders.views import view
from store.scope import Scope
from store.terms import terms_of


def start(scope: Scope, order: OrderRow) -> None:
    """A confirmed order is to be brought: by a rider, or by the seller of a shop without riders."""
    riders = candidates(scope, order)
    begins = _begins(scope, order)
    delivery = DeliveryRow(
        id=new_id(),
        shop_id=scope.shop.id,
        order_id=order.id,
        status=DeliveryStatus.WAITING.value,
        by_seller=not riders,
        wave=0,
        next_offer_at=begins if riders and begins > scope.now else None,
        give_up_at=begins + scope.rules.riders_give_up if riders else None,
        created_at=scope.now,
        updated_at=scope.now,
        rider=None,
    )
    order.delivery = delivery
    if riders and begins <= scope.now:
        make_wave(scope, order, delivery, (), riders)


def _begins(scope: Scope, order: OrderRow) -> datetime:
    """When riders are asked: now, or so long before the window in which it is wanted."""
    slots = terms_of(scope.shop).slots
    if order.slot_from is None or slots is None:
        return scope.now
    return max(order.slot_from - timedelta(minutes=slots.ahead), scope.now)


def offer_to_riders(scope: Scope, order: OrderRow, delivery: DeliveryRow) -> None:
    """Begin the waves again."""
    delivery.wave, delivery.answer_by = 0, None
    delivery.give_up_at = scope.now + scope.rules.riders_give_up
    next_wave(scope, order, delivery)


def call_off(scope: Scope, order: OrderRow, actor: Actor) -> None:
    """The order is gone: offers are withdrawn, and who had taken it is told. The order's row must be
    locked; a delivery that has ended stays as it ended."""
    delivery = order.delivery
    if delivery is None or delivery.status in ENDED:
        return
    withdraw(scope, order, delivery, keep=None)
    carried_by = delivery.rider_id if delivery.status in CARRIED else None
    delivery.next_offer_at = delivery.give_up_at = delivery.answer_by = None
    step(scope, delivery, DeliveryStatus.CANCELLED, actor)
    if carried_by is not None:
        scope.tell(OfferWithdrawn(view(order), str(carried_by)))
