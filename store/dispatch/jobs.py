"""Deliveries as riders see them, and the history that every step leaves."""

from datetime import timedelta
from uuid import UUID

from flows.money import Money
from flows.ports.orders import DeliveryStatus
from flows.ports.trade import Job
from store.actor import Actor
from store.late import put_down
from store.models import DeliveryHistoryRow, DeliveryRow, OfferRow, OrderRow
from store.orders.at_the_door import to_collect
from store.scope import Scope
from store.splits import worth_of_bringing
from store.spots import point_of
from store.supply.views import to_fetch
from store.terms import terms_of

# Where nothing moves any more, unless the seller offers a failed one again.
ENDED = frozenset({DeliveryStatus.DELIVERED, DeliveryStatus.FAILED, DeliveryStatus.CANCELLED})
UNTAKEN = frozenset({DeliveryStatus.WAITING, DeliveryStatus.OFFERED})
# In the history of a delivery: the shop has again what could not be delivered.
GOODS_BACK = "goods back"
CARRIED = frozenset({DeliveryStatus.ACCEPTED, DeliveryStatus.PICKED_UP})


def job(
    scope: Scope,
    order: OrderRow,
    delivery: DeliveryRow,
    offer: OfferRow | None = None,
    *,
    holds: bool = False,
) -> Job:
    """What a rider must know; `offer` when it is still to be answered. Who only `holds` the goods of a
    delivery that is not theirs any more has failed it, wherever it is by now."""
    still_offered = offer is not None and offer.status == "open"
    return Job(
        number=order.number,
        shop=scope.shop.name,
        status=DeliveryStatus.FAILED if holds else DeliveryStatus(delivery.status),
        fulfilment_area=order.area,
        landmark=order.landmark,
        at=point_of(order),
        customer_phone=order.phone,
        collect=Money(to_collect(order), order.currency),
        fee=Money(worth_of_bringing(order) + order.due_at_door, order.currency),
        offered_until=offer.expires_at if offer and still_offered else None,
        holds=holds or delivery.holder_id is not None,
        fetch=to_fetch(scope, order),
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
    if to not in UNTAKEN:
        delivery.answer_by, delivery.customer_chooses = None, False
    expect_pick_up(scope, delivery)
    _goods_go(delivery, before, to)
    delivery.updated_at = scope.now
    _write(scope, delivery, before, delivery.rider_id, actor, reason)


def note_back(scope: Scope, delivery: DeliveryRow, rider_id: UUID | None, actor: Actor) -> None:
    """Write that this rider, or the seller, brought the goods back; the delivery stays where it is."""
    _write(scope, delivery, delivery.status, rider_id, actor, GOODS_BACK)


def _write(
    scope: Scope,
    delivery: DeliveryRow,
    before: str,
    rider_id: UUID | None,
    actor: Actor,
    reason: str | None,
) -> None:
    history = {
        "shop_id": scope.shop.id,
        "delivery_id": delivery.id,
        "before": before,
        "after": delivery.status,
        "rider_id": rider_id,
        "by": actor.label,
        "reason": reason,
        "at": scope.now,
    }
    put_down(scope.session, DeliveryHistoryRow, history)


def expect_pick_up(scope: Scope, delivery: DeliveryRow) -> None:
    """From now on a rider who has taken it has so long to pick it up; elsewhere nobody is waited for."""
    waits = delivery.status == DeliveryStatus.ACCEPTED
    span = timedelta(minutes=terms_of(scope.shop).dispatch.pick_up_minutes)
    delivery.pick_up_by = scope.now + span if waits else None
    delivery.pick_up_asked = False


def _goods_go(delivery: DeliveryRow, before: str, to: DeliveryStatus) -> None:
    """Who picks the goods up has them until they are delivered, or brought back."""
    undone = before == DeliveryStatus.PICKED_UP and to is DeliveryStatus.ACCEPTED
    if to is DeliveryStatus.PICKED_UP:
        delivery.holder_id = delivery.rider_id
        delivery.again_wanted = False
    elif to is DeliveryStatus.DELIVERED or undone:
        delivery.holder_id = None
