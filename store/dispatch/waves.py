"""Offers in waves: one rider at a time, the likeliest first, and then all who are left at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from flows.happenings import DeliveryOffered, NobodyAccepted, OfferWithdrawn
from flows.ports.orders import DeliveryStatus
from store.actor import SYSTEM
from store.dispatch.carriers import Candidate, along_with, candidates, takes
from store.dispatch.jobs import UNTAKEN, job, step
from store.hours import open_for, read_week
from store.models import DeliveryRow, OfferRow, OrderRow, RiderRow
from store.orders.views import locked, view
from store.scope import Scope


def next_wave(scope: Scope, order: OrderRow, delivery: DeliveryRow) -> None:
    """Let what was not answered lapse, and offer to the next. The order's row must be locked."""
    offers = _offers(scope, delivery)
    make_wave(scope, order, delivery, offers, candidates(scope, order))


def make_wave(
    scope: Scope,
    order: OrderRow,
    delivery: DeliveryRow,
    offers: Sequence[OfferRow],
    riders: Sequence[Candidate],
) -> None:
    """`offers` are those made before, `riders` the shop's, in the order in which they are asked."""
    _lapse(scope, offers)
    known = {offer.rider_id: offer for offer in offers}
    last = delivery.give_up_at is None or scope.now + scope.rules.rider_offer >= delivery.give_up_at
    delivery.wave += 1
    delivery.next_offer_at = None if last else scope.now + scope.rules.rider_offer
    fit = [each for each in riders if takes(scope, each, order)]
    chosen, everybody = _choose(fit, order.zone, known, everybody=last)
    until = scope.now + scope.rules.rider_offer
    if everybody and delivery.give_up_at is not None:
        # Nobody is left to be asked after them, so they need not be asked again either.
        until = max(until, delivery.give_up_at)
    made = [_offer(scope, delivery, c.rider, known.get(c.rider.id), until) for c in chosen]
    waiting = bool(made) or any(offer.status == "open" for offer in offers)
    to = DeliveryStatus.OFFERED if waiting else DeliveryStatus.WAITING
    if delivery.status != to:
        step(scope, delivery, to, SYSTEM)
    scope.session.flush()
    for candidate, offer in zip(chosen, made, strict=True):
        along = along_with(scope, candidate.rider, order) if candidate.along else ()
        told = replace(job(scope, order, delivery, offer), along=along)
        scope.tell(DeliveryOffered(view(order), str(offer.rider_id), told))


def _choose(
    riders: Sequence[Candidate],
    zone: str | None,
    known: Mapping[UUID, OfferRow],
    *,
    everybody: bool,
) -> tuple[Sequence[Candidate], bool]:
    """The next who was not asked yet; everybody who may be asked when there is none, or no time. And
    whether it is everybody."""
    fit = [c for c in riders if _rides(c.rider, zone) and _may_be_asked(c.rider, known)]
    untried = [c for c in fit if c.rider.id not in known]
    return (untried[:1], False) if untried and not everybody else (fit, True)


def _rides(rider: RiderRow, zone: str | None) -> bool:
    """On duty, and for this zone."""
    return rider.on_duty and (not rider.zones or zone is None or zone in rider.zones)


def _may_be_asked(rider: RiderRow, known: Mapping[UUID, OfferRow]) -> bool:
    """Not who has it open before them, and not who said no."""
    offer = known.get(rider.id)
    return offer is None or offer.status not in ("open", "declined")


def _offers(scope: Scope, delivery: DeliveryRow) -> Sequence[OfferRow]:
    scope.session.flush()
    return scope.session.scalars(
        select(OfferRow).where(OfferRow.delivery_id == delivery.id).with_for_update()
    ).all()


def _lapse(scope: Scope, offers: Sequence[OfferRow]) -> None:
    for offer in offers:
        if offer.status == "open" and offer.expires_at <= scope.now:
            offer.status = "lapsed"


def _offer(
    scope: Scope, delivery: DeliveryRow, rider: RiderRow, old: OfferRow | None, until: datetime
) -> OfferRow:
    offer = old
    if offer is None:
        offer = OfferRow(shop_id=scope.shop.id, delivery_id=delivery.id, rider_id=rider.id)
        scope.session.add(offer)
    offer.status = "open"
    offer.wave = delivery.wave
    offer.offered_at = scope.now
    offer.expires_at = until
    return offer


def withdraw(scope: Scope, order: OrderRow, delivery: DeliveryRow, *, keep: UUID | None) -> None:
    """Take back every open offer but the one of rider `keep`, and tell those riders."""
    for offer in _offers(scope, delivery):
        if offer.status == "open" and offer.rider_id != keep:
            offer.status = "withdrawn"
            scope.tell(OfferWithdrawn(view(order), str(offer.rider_id)))


def offer_due(scope: Scope, delivery_id: UUID) -> None:
    """The next wave, when it is due; none once the time for all of them is over."""
    order, delivery = untaken(scope, delivery_id)
    if not (order and delivery and delivery.next_offer_at and delivery.next_offer_at <= scope.now):
        return
    if delivery.give_up_at is None or delivery.give_up_at > scope.now:
        next_wave(scope, order, delivery)


def give_up(scope: Scope, delivery_id: UUID) -> None:
    """Nobody took it in time: the offers lapse, and the seller is asked what now, once."""
    order, delivery = untaken(scope, delivery_id)
    if not (order and delivery and delivery.give_up_at and delivery.give_up_at <= scope.now):
        return
    delivery.give_up_at = delivery.next_offer_at = None
    delivery.answer_by = None if delivery.customer_chooses else _answer_by(scope)
    withdraw(scope, order, delivery, keep=None)
    if delivery.status != DeliveryStatus.WAITING:
        step(scope, delivery, DeliveryStatus.WAITING, SYSTEM, "nobody accepted")
    scope.tell(NobodyAccepted(view(order)))


def _answer_by(scope: Scope) -> datetime:
    """When the seller is asked again, and the customer told; while the shop is closed no time passes."""
    week, zone = read_week(scope.shop.hours), ZoneInfo(scope.shop.timezone)
    return open_for(week, zone, scope.now, scope.rules.no_rider_told)


def untaken(scope: Scope, delivery_id: UUID) -> tuple[OrderRow | None, DeliveryRow | None]:
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


def answered_no(scope: Scope, delivery: DeliveryRow, rider: RiderRow) -> None:
    """This rider, who may never have been asked, will not be asked about this delivery again."""
    known = {offer.rider_id: offer for offer in _offers(scope, delivery)}
    offer = _offer(scope, delivery, rider, known.get(rider.id), scope.now)
    offer.status = "declined"


def forget_offers(scope: Scope, delivery: DeliveryRow) -> None:
    """Begin as if nobody had been asked; the delivery's history still knows."""
    for offer in _offers(scope, delivery):
        scope.session.delete(offer)
    scope.session.flush()
