"""Offers in waves: one rider at a time, the least loaded first, and then all who are left at once."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from flows.happenings import DeliveryOffered, NobodyAccepted, OfferWithdrawn
from flows.ports.orders import DeliveryStatus
from store.actor import SYSTEM
from store.dispatch.jobs import CARRIED, UNTAKEN, job, step
from store.models import DeliveryRow, OfferRow, OrderRow, RiderRow
from store.orders.views import locked, view
from store.scope import Scope


def riders_for(scope: Scope, zone: str | None) -> Sequence[RiderRow]:
    """Riders on duty for a zone, fewest open jobs first, then in the shop's own order."""
    jobs = (
        select(DeliveryRow.rider_id, func.count().label("open"))
        .where(DeliveryRow.shop_id == scope.shop.id, DeliveryRow.status.in_(CARRIED))
        .group_by(DeliveryRow.rider_id)
        .subquery()
    )
    rows = scope.session.scalars(
        select(RiderRow)
        .outerjoin(jobs, jobs.c.rider_id == RiderRow.id)
        .where(RiderRow.shop_id == scope.shop.id, RiderRow.active, RiderRow.on_duty)
        .order_by(func.coalesce(jobs.c.open, 0), RiderRow.position, RiderRow.id)
        .options(joinedload(RiderRow.person))
    )
    return [row for row in rows if not row.zones or zone is None or zone in row.zones]


def next_wave(scope: Scope, order: OrderRow, delivery: DeliveryRow) -> None:
    """Let what was not answered lapse, and offer to the next. The order's row must be locked."""
    offers = _offers(scope, delivery)
    _lapse(scope, offers)
    known = {offer.rider_id: offer for offer in offers}
    riders = [rider for rider in riders_for(scope, order.zone) if _may_be_asked(rider, known)]
    untried = [rider for rider in riders if rider.id not in known]
    last = delivery.give_up_at is None or scope.now + scope.rules.rider_offer >= delivery.give_up_at
    chosen = untried[:1] if untried and not last else riders
    delivery.wave += 1
    for rider in chosen:
        _offer(scope, order, delivery, rider, known.get(rider.id))
    waiting = any(offer.status == "open" for offer in offers) or bool(chosen)
    to = DeliveryStatus.OFFERED if waiting else DeliveryStatus.WAITING
    if delivery.status != to:
        step(scope, delivery, to, SYSTEM)
    delivery.next_offer_at = None if last else scope.now + scope.rules.rider_offer
    _tell(scope, order, delivery, chosen)


def _offers(scope: Scope, delivery: DeliveryRow) -> Sequence[OfferRow]:
    scope.session.flush()
    return scope.session.scalars(
        select(OfferRow).where(OfferRow.delivery_id == delivery.id).with_for_update()
    ).all()


def _lapse(scope: Scope, offers: Sequence[OfferRow]) -> None:
    for offer in offers:
        if offer.status == "open" and offer.expires_at <= scope.now:
            offer.status = "lapsed"


def _may_be_asked(rider: RiderRow, known: dict[UUID, OfferRow]) -> bool:
    """Not who has it open before them, and not who said no."""
    offer = known.get(rider.id)
    return offer is None or offer.status not in ("open", "declined")


def _offer(
    scope: Scope, order: OrderRow, delivery: DeliveryRow, rider: RiderRow, old: OfferRow | None
) -> None:
    offer = old
    if offer is None:
        offer = OfferRow(shop_id=scope.shop.id, delivery_id=delivery.id, rider_id=rider.id)
        scope.session.add(offer)
    offer.status = "open"
    offer.wave = delivery.wave
    offer.offered_at = scope.now
    offer.expires_at = scope.now + scope.rules.rider_offer
    scope.session.flush()


def _tell(scope: Scope, order: OrderRow, delivery: DeliveryRow, riders: Sequence[RiderRow]) -> None:
    if not riders:
        return
    seen = view(order)
    offers = {o.rider_id: o for o in _offers(scope, delivery)}
    for rider in riders:
        scope.tell(
            DeliveryOffered(seen, str(rider.id), job(scope, order, delivery, offers[rider.id]))
        )


def withdraw(scope: Scope, order: OrderRow, delivery: DeliveryRow, *, keep: UUID | None) -> None:
    """Take back every open offer but the one of rider `keep`, and tell those riders."""
    for offer in _offers(scope, delivery):
        if offer.status == "open" and offer.rider_id != keep:
            offer.status = "withdrawn"
            scope.tell(OfferWithdrawn(view(order), str(offer.rider_id)))


def offer_due(scope: Scope, delivery_id: UUID) -> None:
    """The next wave, when it is due."""
    order, delivery = _due(scope, delivery_id)
    if order and delivery and delivery.next_offer_at and delivery.next_offer_at <= scope.now:
        next_wave(scope, order, delivery)


def give_up(scope: Scope, delivery_id: UUID) -> None:
    """Nobody took it in time: the offers lapse, and the seller is told, once."""
    order, delivery = _due(scope, delivery_id)
    if not (order and delivery and delivery.give_up_at and delivery.give_up_at <= scope.now):
        return
    delivery.give_up_at = delivery.next_offer_at = None
    withdraw(scope, order, delivery, keep=None)
    if delivery.status != DeliveryStatus.WAITING:
        step(scope, delivery, DeliveryStatus.WAITING, SYSTEM, "nobody accepted")
    scope.tell(NobodyAccepted(view(order)))


def _due(scope: Scope, delivery_id: UUID) -> tuple[OrderRow | None, DeliveryRow | None]:
    """The order, locked, and its delivery while nobody has taken it."""
    order_id = scope.session.scalar(
        select(DeliveryRow.order_id).where(
            DeliveryRow.shop_id == scope.shop.id, DeliveryRow.id == delivery_id
        )
    )
    order = locked(scope, order_id=order_id) if order_id else None
    delivery = order.delivery if order else None
    if delivery is None or delivery.status not in UNTAKEN or delivery.by_seller:
        return None, None
    return order, delivery


def answered_no(scope: Scope, delivery: DeliveryRow, rider_id: UUID | None) -> None:
    """This rider will not be asked about this delivery again."""
    for offer in _offers(scope, delivery):
        if offer.rider_id == rider_id:
            offer.status = "declined"


def forget_offers(scope: Scope, delivery: DeliveryRow) -> None:
    """Begin as if nobody had been asked; the delivery's history still knows."""
    for offer in _offers(scope, delivery):
        scope.session.delete(offer)
    scope.session.flush()
