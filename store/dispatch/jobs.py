"""Deliveries as riders see them, and the history that every step leaves."""

from flows.money import Money
from flows.ports.orders import DeliveryStatus, PaymentStatus
from flows.ports.trade import Job
from store.actor import Actor
from store.late import put_down
from store.models import DeliveryHistoryRow, DeliveryRow, OfferRow, OrderRow
from store.scope import Scope

# Where nothing moves any more, unless the seller offers a failed one again.
ENDED = frozenset({DeliveryStatus.DELIVERED, DeliveryStatus.FAILED, DeliveryStatus.CANCELLED})
UNTAKEN = frozenset({DeliveryStatus.WAITING, DeliveryStatus.OFFERED})
CARRIED = frozenset({DeliveryStatus.ACCEPTED, DeliveryStatus.PICKED_UP})


def job(scope: Scope, order: OrderRow, delivery: DeliveryRow, offer: OfferRow | None = None) -> Job:
    """What a rider must know; `offer` when it is still to be answered."""
    paid = order.payment_status == PaymentStatus.PAID
    still_offered = offer is not None and offer.status == "open"
    return Job(
        number=order.number,
        shop=scope.shop.name,
        status=DeliveryStatus(delivery.status),
        fulfilment_area=order.area,
        landmark=order.landmark,
        customer_phone=order.phone,
        collect=Money.zero(order.currency) if paid else Money(order.total, order.currency),
        fee=Money(order.delivery_fee, order.currency),
        offered_until=offer.expires_at if offer and still_offered else None,
    )


def step(
    scope: Scope,
    delivery: DeliveryRow,
    to: DeliveryStatus,
    actor: Actor,
    reason: str | None = None,
) -> None:
    """Write that a delivery went to `to`. The order's row must be locked."""
    before = delivery.status
    delivery.status = to.value
    delivery.updated_at = scope.now
    history = {
        "shop_id": scope.shop.id,
        "delivery_id": delivery.id,
        "before": before,
        "after": to.value,
        "rider_id": delivery.rider_id,
        "by": actor.label,
        "reason": reason,
        "at": scope.now,
    }
    put_down(scope.session, DeliveryHistoryRow, history)
