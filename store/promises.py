"""By when goods are to be there, as it was said: kept with the order, and with whoever took it on."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flows.eta import longest
from flows.ports.delivery import Fulfilment
from store.hours import open_for, read_week
from store.models import DeliveryRow, OrderRow
from store.scope import Scope

CASH = "cash"
DAY = timedelta(days=1)


def promise_customer(scope: Scope, order: OrderRow) -> None:
    """When the order begins to stand: what is paid at the door has waited for the seller since it was
    placed, what is paid before is promised from the payment on."""
    begun = order.created_at if order.rail == CASH else scope.now
    order.promised_at = _due(scope, order, begun)


def promise_of_rider(scope: Scope, order: OrderRow, delivery: DeliveryRow) -> None:
    """When a rider takes it: as long as was said, from then on."""
    delivery.bring_by = _due(scope, order, scope.now)


def promise_elsewhere(scope: Scope, order: OrderRow) -> None:
    """Its customer sends it to another area: as long as was said for that one, from now on, to them and to
    the rider who has taken it. What was promised to nobody yet is so later."""
    if order.promised_at is not None:
        order.promised_at = _due(scope, order, scope.now)
    delivery = order.delivery
    if delivery is not None and delivery.bring_by is not None:
        promise_of_rider(scope, order, delivery)


def _due(scope: Scope, order: OrderRow, begun: datetime) -> datetime | None:
    """The end of the window that was chosen, else the most that was said; while the shop is closed no
    hours pass. None where nothing was promised, or the customer fetches it."""
    if order.fulfilment == Fulfilment.PICKUP:
        return None
    if order.slot_until is not None and order.slot_until > begun:
        return order.slot_until
    most = longest(order.eta) if order.eta else None
    if most is None or most >= DAY:
        return begun + most if most is not None else None
    return open_for(read_week(scope.shop.hours), ZoneInfo(scope.shop.timezone), begun, most)
