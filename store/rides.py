"""What a rider may do by phone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select, update

from flows.happenings import CodeAsked, RiderAssigned
from flows.ports.orders import DeliveryStatus, Role
from flows.ports.refusals import AlreadyTaken, NoOffer, NothingToUndo, Refusal, TooLate, WrongStep
from flows.ports.trade import Job
from store.actor import Actor
from store.dispatch.jobs import CARRIED, UNTAKEN, job, step
from store.dispatch.steps import fail, hand_over, pick_up
from store.dispatch.undoing import take_back
from store.dispatch.waves import next_wave, withdraw
from store.models import DeliveryRow, OfferRow, OrderRow, RiderRow
from store.orders.views import locked, view
from store.scope import Scope


class ShopRides:
    """Implements flows.ports.trade.RidesPort. Every step locks the order first, so that of two riders
    who say YES at once exactly one gets it."""

    def __init__(self, scope: Scope, rider: RiderRow) -> None:
        self._scope = scope
        self._rider = rider
        self._actor = Actor(Role.RIDER, rider.person_id)

    def duty(self, *, on: bool) -> None:
        """A rider who comes on duty is offered what waits, by the next tick of the clock."""
        self._rider.on_duty = on
        if on:
            self._scope.session.execute(
                update(DeliveryRow)
                .where(
                    DeliveryRow.shop_id == self._scope.shop.id,
                    DeliveryRow.status == DeliveryStatus.WAITING,
                    DeliveryRow.give_up_at > self._scope.now,
                )
                .values(next_offer_at=self._scope.now)
                .execution_options(synchronize_session=False)
            )

    def jobs(self) -> Sequence[Job]:
        rows = self._scope.session.execute(
            select(OrderRow, DeliveryRow, OfferRow)
            .join(DeliveryRow, DeliveryRow.order_id == OrderRow.id)
            .outerjoin(
                OfferRow,
                and_(OfferRow.delivery_id == DeliveryRow.id, OfferRow.rider_id == self._rider.id),
            )
            .where(
                OrderRow.shop_id == self._scope.shop.id,
                or_(
                    and_(OfferRow.status == "open", DeliveryRow.status.in_(UNTAKEN)),
                    and_(DeliveryRow.rider_id == self._rider.id, DeliveryRow.status.in_(CARRIED)),
                ),
            )
            .order_by(OrderRow.number)
        ).all()
        found = [job(self._scope, order, delivery, offer) for order, delivery, offer in rows]
        return sorted(found, key=lambda each: each.offered_until is None)

    def accept(self, number: int) -> Job | Refusal:
        order, delivery, offer = self._offered(number)
        if order is None or delivery is None:
            return NoOffer(number)
        if self._mine(delivery):
            return job(self._scope, order, delivery)
        if offer is None:
            return NoOffer(number)
        if delivery.status not in UNTAKEN or offer.status != "open":
            return AlreadyTaken(number)
        offer.status = "accepted"
        delivery.rider = self._rider
        delivery.rider_id = self._rider.id
        delivery.next_offer_at = delivery.give_up_at = None
        self._step(delivery, DeliveryStatus.ACCEPTED)
        withdraw(self._scope, order, delivery, keep=self._rider.id)
        self._scope.tell(RiderAssigned(view(order)))
        return job(self._scope, order, delivery)

    def decline(self, number: int) -> Job | Refusal:
        order, delivery, offer = self._offered(number)
        if order is None or delivery is None or offer is None:
            return NoOffer(number)
        if self._mine(delivery):
            return WrongStep(number, delivery.status)
        if offer.status == "open":
            offer.status = "declined"
            if delivery.status in UNTAKEN and not self._others_asked(delivery):
                next_wave(self._scope, order, delivery)
        return job(self._scope, order, delivery)

    def picked(self, number: int) -> Job | Refusal:
        order, delivery = self._carried(number)
        if order is None or delivery is None:
            return NoOffer(number)
        if delivery.status == DeliveryStatus.ACCEPTED:
            refusal = pick_up(self._scope, order, delivery, self._actor)
            if refusal is not None:
                return refusal
            self._remember(delivery, DeliveryStatus.ACCEPTED)
        elif delivery.status not in (DeliveryStatus.PICKED_UP, DeliveryStatus.DELIVERED):
            return WrongStep(number, delivery.status)
        return job(self._scope, order, delivery)

    def delivered(self, number: int, code: str) -> Job | Refusal:
        order, delivery = self._carried(number)
        if order is None or delivery is None:
            return NoOffer(number)
        if delivery.status == DeliveryStatus.PICKED_UP:
            refusal = hand_over(self._scope, order, code, self._actor)
            if refusal is not None:
                return refusal
        elif delivery.status != DeliveryStatus.DELIVERED:
            return WrongStep(number, delivery.status)
        return job(self._scope, order, delivery)

    def failed(self, number: int, reason: str) -> Job | Refusal:
        order, delivery = self._carried(number)
        if order is None or delivery is None:
            return NoOffer(number)
        if delivery.status in CARRIED:
            before = DeliveryStatus(delivery.status)
            fail(self._scope, order, delivery, self._actor, reason)
            self._remember(delivery, before)
        elif delivery.status != DeliveryStatus.FAILED:
            return WrongStep(number, delivery.status)
        return job(self._scope, order, delivery)

    def resend_code(self, number: int) -> Job | Refusal:
        order, delivery = self._carried(number)
        if order is None or delivery is None:
            return NoOffer(number)
        if delivery.status != DeliveryStatus.PICKED_UP:
            return WrongStep(number, delivery.status)
        self._scope.tell(CodeAsked(view(order)))
        return job(self._scope, order, delivery)

    def undo(self) -> Job | Refusal:
        last = self._rider.undo
        if last is None:
            return NothingToUndo()
        order = locked(self._scope, number=last["number"])
        delivery = order.delivery if order else None
        if order is None or delivery is None or delivery.rider_id != self._rider.id:
            return NothingToUndo()
        if delivery.status != last["after"]:
            return NothingToUndo()
        if self._scope.now - datetime.fromisoformat(last["at"]) > self._scope.rules.undo_window:
            return TooLate(order.number)
        self._rider.undo = None
        take_back(self._scope, order, delivery, DeliveryStatus(last["before"]), self._actor)
        return job(self._scope, order, delivery)

    def _offered(self, number: int) -> tuple[OrderRow | None, DeliveryRow | None, OfferRow | None]:
        """The order, locked, its delivery, and this rider's offer of it."""
        order = locked(self._scope, number=number)
        delivery = order.delivery if order else None
        if delivery is None:
            return order, None, None
        offer = self._scope.session.scalar(
            select(OfferRow)
            .where(OfferRow.delivery_id == delivery.id, OfferRow.rider_id == self._rider.id)
            .execution_options(populate_existing=True)
        )
        return order, delivery, offer

    def _carried(self, number: int) -> tuple[OrderRow | None, DeliveryRow | None]:
        """The order, locked, and its delivery when this rider has taken it."""
        order = locked(self._scope, number=number)
        delivery = order.delivery if order else None
        if delivery is None or delivery.rider_id != self._rider.id:
            return None, None
        return order, delivery

    def _mine(self, delivery: DeliveryRow) -> bool:
        return delivery.rider_id == self._rider.id and delivery.status in CARRIED

    def _others_asked(self, delivery: DeliveryRow) -> bool:
        self._scope.session.flush()
        other = select(OfferRow.id).where(
            OfferRow.delivery_id == delivery.id, OfferRow.status == "open"
        )
        return self._scope.session.scalar(other.limit(1)) is not None

    def _step(self, delivery: DeliveryRow, to: DeliveryStatus) -> None:
        before = DeliveryStatus(delivery.status)
        step(self._scope, delivery, to, self._actor)
        self._remember(delivery, before)

    def _remember(self, delivery: DeliveryRow, before: DeliveryStatus) -> None:
        """What UNDO would take back; only ever the last step."""
        self._rider.undo = {
            "number": self._number_of(delivery),
            "before": before.value,
            "after": delivery.status,
            "at": self._scope.now.isoformat(),
        }

    def _number_of(self, delivery: DeliveryRow) -> int:
        return self._scope.session.get_one(OrderRow, delivery.order_id).number
