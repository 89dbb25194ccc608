"""The customer sends the parcel elsewhere, until it is picked up."""

from flows.happenings import AddressChanged
from flows.ports.delivery import Area, Fulfilment
from flows.ports.orders import DeliveryStatus, Order, OrderStatus
from flows.ports.refusals import DearerArea, NotCovered, Refusal, TooLate
from store.actor import Actor
from store.delivery import ShopDelivery
from store.models import OrderRow
from store.orders.moving import note, wrong_step
from store.orders.views import view
from store.scope import Scope

BEFORE_PICK_UP = (OrderStatus.PENDING, OrderStatus.CONFIRMED, OrderStatus.PROCESSING)


def change_address(
    scope: Scope,
    order: OrderRow,
    delivery: ShopDelivery,
    area: Area,
    landmark: str | None,
    actor: Actor,
) -> Order | Refusal:
    """The fee stays as it was agreed. An area that costs more is refused, paid or not: nobody's total
    changes without a yes."""
    if order.fulfilment == Fulfilment.PICKUP or order.status not in BEFORE_PICK_UP:
        return TooLate(order.number) if order.status == OrderStatus.SHIPPED else wrong_step(order)
    if order.delivery is not None and order.delivery.status == DeliveryStatus.PICKED_UP:
        return TooLate(order.number)
    fee = delivery.fee(Fulfilment(order.fulfilment), area)
    if not delivery.covers(area):
        return NotCovered(area.name)
    if fee.minor > order.delivery_fee:
        return DearerArea(area.name, fee)
    note(
        scope,
        order,
        "address",
        _said(order.area, order.landmark),
        _said(area.name, landmark),
        actor,
    )
    order.area, order.zone, order.landmark = area.name, area.zone, landmark
    order.eta = delivery.eta(Fulfilment(order.fulfilment), area)
    changed = view(order)
    scope.tell(AddressChanged(changed))
    return changed


def _said(area: str | None, landmark: str | None) -> str:
    return ", ".join(part for part in (area, landmark) if part)
