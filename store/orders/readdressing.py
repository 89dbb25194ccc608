"""The customer sends the parcel elsewhere, until it is picked up or when it could not be delivered."""

from flows.happenings import AddressChanged
from flows.money import Money
from flows.ports.delivery import Area, Fulfilment
from flows.ports.orders import DeliveryStatus, Order, OrderStatus, PaymentStatus
from flows.ports.refusals import (
    AddressCosts,
    DearerArea,
    NotCovered,
    Refusal,
    TooLate,
)
from store.actor import Actor
from store.delivery import ShopDelivery
from store.models import OrderRow
from store.orders.lessening import ordered
from store.orders.moving import note, wrong_step
from store.orders.settlement import attempted, taking_attempt
from store.orders.views import view
from store.scope import Scope
from store.spots import degrees, point_of

# What could not be delivered is SHIPPED too, and often it is the address that was wrong.
NOT_ON_THE_WAY = (
    OrderStatus.PENDING,
    OrderStatus.CONFIRMED,
    OrderStatus.PROCESSING,
    OrderStatus.SHIPPED,
)
UNPAID = (PaymentStatus.PENDING, PaymentStatus.FAILED)


def change_address(
    scope: Scope,
    order: OrderRow,
    delivery: ShopDelivery,
    area: Area,
    landmark: str | None,
    agreed: Money | None,
    actor: Actor,
) -> Order | Refusal:
    """The fee of an unpaid order follows the place by what both cost on a usual day, and is never raised
    without a yes to that very sum. What has been paid stays as it was agreed."""
    carried = order.delivery is not None and order.delivery.status == DeliveryStatus.PICKED_UP
    if carried:
        return TooLate(order.number)
    if order.fulfilment == Fulfilment.PICKUP or order.status not in NOT_ON_THE_WAY:
        return wrong_step(order)
    if not delivery.covers(area):
        return NotCovered(area.name)
    more = _difference(scope, order, delivery, area)
    if isinstance(more, Refusal):
        return more
    if more.minor > 0 and more != agreed:
        total = Money(order.total, order.currency) + more
        return AddressCosts(order.number, area.name, more, total)
    before, after = _said(order.area, order.landmark), _said(area.name, landmark)
    note(scope, order, "address", before, after, actor)
    if more:
        fee = order.delivery_fee + more.minor
        note(scope, order, "delivery_fee", str(order.delivery_fee), str(fee), actor, "address")
        order.delivery_fee = fee
        order.total += more.minor
    order.area, order.zone, order.landmark = area.name, area.zone, landmark
    order.latitude, order.longitude = degrees(area.at)
    order.eta = delivery.eta(Fulfilment(order.fulfilment), area)
    changed = view(order)
    scope.tell(AddressChanged(changed, more if more else None))
    return changed


def _difference(
    scope: Scope, order: OrderRow, delivery: ShopDelivery, area: Area
) -> Money | Refusal:
    """What is to be paid more, or below zero: less. Money that has come or was asked for is never too little
    for its order, nor what is asked for at this moment too much."""
    goods = Money(ordered(order), order.currency)
    before = Area(order.area or "", order.zone, point_of(order))
    kind = Fulfilment(order.fulfilment)
    more = delivery.difference(kind, before, area, goods)
    paid = order.payment_status not in UNPAID
    dearer = delivery.dearer(kind, before, area, goods)
    if dearer is not None:
        fixed = paid or attempted(scope, order.id)
        return DearerArea(area.name, dearer) if fixed else more
    if paid or taking_attempt(scope, order.id) is not None:
        return Money.zero(order.currency)
    return max(more, Money(-order.delivery_fee, order.currency))


def _said(area: str | None, landmark: str | None) -> str:
    return ", ".join(part for part in (area, landmark) if part)
