"""Riders who took a delivery and do not fetch it: asked once, and then it is offered to others."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from flows.happenings import PickUpLate
from flows.ports.orders import DeliveryStatus
from store.actor import SYSTEM
from store.dispatch.jobs import expect_pick_up
from store.dispatch.reassigning import pass_on
from store.models import DeliveryRow
from store.orders.views import locked, view
from store.rules import Rules
from store.scope import Scope
from store.terms import terms_of


def not_fetched(
    session: Session, rules: Rules, now: datetime, limit: int
) -> Sequence[tuple[UUID, UUID]]:
    """Deliveries whose pick-up is late."""
    rows = session.execute(
        select(DeliveryRow.shop_id, DeliveryRow.id)
        .where(DeliveryRow.pick_up_by <= now, DeliveryRow.status == DeliveryStatus.ACCEPTED)
        .order_by(DeliveryRow.pick_up_by)
        .limit(limit)
    )
    return [(shop, delivery) for shop, delivery in rows]


def hurry(scope: Scope, delivery_id: UUID) -> None:
    """Ask the rider; who was asked before loses it. Does nothing where it is no longer due."""
    order_id = scope.session.scalar(
        select(DeliveryRow.order_id).where(
            DeliveryRow.shop_id == scope.shop.id, DeliveryRow.id == delivery_id
        )
    )
    order = locked(scope, order_id=order_id) if order_id else None
    delivery = order.delivery if order else None
    if order is None or delivery is None or delivery.status != DeliveryStatus.ACCEPTED:
        return
    if delivery.pick_up_by is None or delivery.pick_up_by > scope.now:
        return
    if delivery.pick_up_asked:
        pass_on(scope, order, delivery, SYSTEM, "not fetched")
        return
    grace = timedelta(minutes=terms_of(scope.shop).dispatch.pass_on_minutes)
    delivery.pick_up_by = scope.now + grace
    delivery.pick_up_asked = True
    scope.tell(PickUpLate(view(order), delivery.pick_up_by))


def still_coming(scope: Scope, delivery: DeliveryRow) -> None:
    """The rider who was asked says yes once more: the time begins anew."""
    if delivery.status == DeliveryStatus.ACCEPTED and delivery.pick_up_asked:
        expect_pick_up(scope, delivery)
