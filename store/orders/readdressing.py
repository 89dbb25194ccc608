"""The customer sends the parcel elsewhere, until it is picked up or when it could not be delivered."""

from dataclasses import dataclass

from flows.happenings import AddressChanged
from flows.money import Money
from flows.ports.delivery import Area, Fulfilment
from flows.ports.orders import DeliveryStatus, Order, OrderStatus, PaymentStatus
from flows.ports.refusals import (
    AddressCosts,
    DearerArea,
    DoorCosts,
    NotCovered,
    Refusal,
    TooLate,
)
from store.actor import Actor
from store.delivery import ShopDelivery
from store.models import OrderRow
from store.orders.at_the_door import CASH, Door, door_of, paid_before, set_door
from store.orders.lessening import ordered
from store.orders.moving import note, wrong_step
from store.orders.settlement import attempted, taking_attempt
from store.orders.views import view
from store.promises import promise_elsewhere
from store.scope import Scope
from store.spots import degrees, point_of
from store.terms import terms_of

# What could not be delivered is SHIPPED too, and often it is the address that was wrong.
NOT_ON_THE_WAY = (
    OrderStatus.PENDING,
    OrderStatus.CONFIRMED,
    OrderStatus.PROCESSING,
    OrderStatus.SHIPPED,
)
UNPAID = (PaymentStatus.PENDING, PaymentStatus.FAILED)


@dataclass(frozen=True, slots=True)
class Agreed:
    """So much more the customer has said yes to, to be paid with the order or `at_door`."""

    more: Money
    at_door: bool = False


@dataclass(frozen=True, slots=True)
class _Dues:
    """What changes with the address: the `fee` of an unpaid order by so much, or what is due at the `door` of
    a paid one."""

    fee: int = 0
    door: Door | None = None


def change_address(
    scope: Scope,
    order: OrderRow,
    delivery: ShopDelivery,
    area: Area,
    landmark: str | None,
    agreed: Agreed | None,
    actor: Actor,
) -> Order | Refusal:
    """What it costs follows the place by what both cost on a usual day, and is never raised without a yes to
    that very sum: the fee of an unpaid order, and what is due at the door of one that is paid. What has been
    paid stays as it was agreed."""
    carried = order.delivery is not None and order.delivery.status == DeliveryStatus.PICKED_UP
    if carried:
        return TooLate(order.number)
    if order.fulfilment == Fulfilment.PICKUP or order.status not in NOT_ON_THE_WAY:
        return wrong_step(order)
    if not delivery.covers(area):
        return NotCovered(area.name)
    dues = _dues(scope, order, delivery, area)
    if isinstance(dues, Refusal):
        return dues
    refusal = _unsaid(order, area, dues, agreed)
    if refusal is not None:
        return refusal
    more, due = _charge(scope, order, dues, actor)
    before, after = _said(order.area, order.landmark), _said(area.name, landmark)
    note(scope, order, "address", before, after, actor)
    elsewhere = order.area != area.name
    order.area, order.zone, order.landmark = area.name, area.zone, landmark
    order.latitude, order.longitude = degrees(area.at)
    order.eta = delivery.eta(Fulfilment(order.fulfilment), area)
    if elsewhere:
        promise_elsewhere(scope, order)
    changed = view(order)
    scope.tell(AddressChanged(changed, more, due))
    return changed


def _dues(scope: Scope, order: OrderRow, delivery: ShopDelivery, area: Area) -> _Dues | Refusal:
    """Money that has come or was asked for is never too little for its order, nor what is asked for at this
    moment too much."""
    goods = Money(ordered(order), order.currency)
    before = Area(order.area or "", order.zone, point_of(order))
    kind = Fulfilment(order.fulfilment)
    more = delivery.difference(kind, before, area, goods).minor
    if paid_before(order):
        door = door_of(order).farther(more)
        if door.due <= order.due_at_door or _takes_cash(scope, order):
            return _Dues(door=door)
    paid = order.payment_status not in UNPAID
    dearer = delivery.dearer(kind, before, area, goods)
    if dearer is not None:
        fixed = paid or attempted(scope, order.id)
        return DearerArea(area.name, dearer) if fixed else _Dues(more)
    if paid or taking_attempt(scope, order.id) is not None:
        return _Dues()
    return _Dues(max(more, -order.delivery_fee))


def _takes_cash(scope: Scope, order: OrderRow) -> bool:
    """At the door of a paid order: not while more of its money may come, or a person looks at it."""
    in_cash = CASH in terms_of(scope.shop).rails
    return in_cash and taking_attempt(scope, order.id) is None


def _unsaid(order: OrderRow, area: Area, dues: _Dues, agreed: Agreed | None) -> Refusal | None:
    """What would be asked for without a yes to it."""
    at_door = dues.door is not None
    due = dues.door.due if dues.door is not None else 0
    more = Money(due - order.due_at_door if at_door else dues.fee, order.currency)
    if more.minor <= 0 or agreed == Agreed(more, at_door=at_door):
        return None
    if at_door:
        return DoorCosts(order.number, area.name, more, Money(due, order.currency))
    return AddressCosts(order.number, area.name, more, Money(order.total, order.currency) + more)


def _charge(
    scope: Scope, order: OrderRow, dues: _Dues, actor: Actor
) -> tuple[Money | None, Money | None]:
    """What is more of the fee, below zero: less, and what is due at the door; None where that stays."""
    if dues.door is not None:
        before = order.due_at_door
        set_door(scope, order, dues.door, actor, "address")
        same = dues.door.due == before
        return None, None if same else Money(dues.door.due, order.currency)
    if not dues.fee:
        return None, None
    fee = order.delivery_fee + dues.fee
    note(scope, order, "delivery_fee", str(order.delivery_fee), str(fee), actor, "address")
    order.delivery_fee = fee
    order.total += dues.fee
    return Money(dues.fee, order.currency), None


def _said(area: str | None, landmark: str | None) -> str:
    return ", ".join(part for part in (area, landmark) if part)
