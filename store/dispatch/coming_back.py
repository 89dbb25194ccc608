"""Goods that a rider could not deliver: they are wanted back, and they are back."""

from sqlalchemy import select

from flows.happenings import BringBack, GoodsBack, OrderReady
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, OrderStatus
from flows.ports.refusals import Refusal, WrongStep
from store import stock
from store.actor import Actor
from store.dispatch.jobs import GOODS_BACK, note_back
from store.models import DeliveryHistoryRow, OrderRow, RiderRow
from store.orders.moving import move_back
from store.orders.views import view
from store.scope import Scope

ENDED = (OrderStatus.CANCELLED, OrderStatus.RETURNED)


def want_back(scope: Scope, order: OrderRow) -> None:
    """Whoever still has the goods of a delivery that is not theirs any more is asked for them."""
    delivery = order.delivery
    if delivery is not None and delivery.holder_id is not None:
        scope.tell(BringBack(view(order), str(delivery.holder_id)))


def came_back(scope: Scope, order: OrderRow) -> bool:
    """Whether the goods had been on their way and are in the shop again, not delivered."""
    if order.delivery is None or order.delivery.holder_id is not None:
        return False
    history = select(DeliveryHistoryRow.id).where(
        DeliveryHistoryRow.shop_id == scope.shop.id,
        DeliveryHistoryRow.delivery_id == order.delivery.id,
        DeliveryHistoryRow.reason == GOODS_BACK,
    )
    return scope.session.scalar(history.limit(1)) is not None


def goods_back(scope: Scope, order: OrderRow, actor: Actor) -> Refusal | None:
    """The goods are in the shop again: those of an order that has ended count as stock, others wait packed
    for what the seller decides. Said again it changes nothing. The order's row must be locked."""
    delivery = order.delivery
    if delivery is None:
        return WrongStep(order.number, order.status)
    if delivery.status == DeliveryStatus.PICKED_UP:
        return WrongStep(order.number, delivery.status)
    if delivery.holder_id is None:
        return None
    holder = scope.session.get_one(RiderRow, delivery.holder_id)
    delivery.holder_id = None
    note_back(scope, delivery, holder.id, actor)
    if order.status in ENDED:
        stock.put_back(scope, order, actor)
    elif order.status == OrderStatus.SHIPPED:
        move_back(scope, order, OrderStatus.PROCESSING, actor)
        if order.fulfilment == Fulfilment.PICKUP:
            scope.tell(OrderReady(view(order)))
    scope.tell(GoodsBack(view(order), str(holder.id), holder.name, actor.role))
    return None
