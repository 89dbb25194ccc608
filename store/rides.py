"""What a rider may do by phone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, or_, select

from flows.happenings import CodeAsked, RiderAssigned
from flows.money import Money
from flows.ports.orders import DeliveryStatus, Role
from flows.ports.refusals import (
    AlreadyTaken,
    HandOverFirst,
    NoOffer,
    NothingToUndo,
    Refusal,
    RiderSuspended,
    TooLate,
    TooManyJobs,
    WrongStep,
)
from flows.ports.trade import Job, RiderDay
from store.actor import Actor
from store.days import local_date
from store.dispatch.carriers import Candidate, candidates, full, in_cash, must_hand_over
from store.dispatch.coming_back import ENDED, goods_back
from store.dispatch.jobs import CARRIED, UNTAKEN, job, step
from store.dispatch.looking_again import look_again
from store.dispatch.reassigning import pass_on
from store.dispatch.slow import still_coming
from store.dispatch.steps import fail, hand_over, pick_up
from store.dispatch.undoing import take_back
from store.dispatch.waves import next_wave, withdraw
from store.models import DeliveryRow, OfferRow, OrderRow, RiderRow
from store.orders.at_the_door import collected
from store.orders.views import locked, view
from store.promises import promise_of_rider
from store.rider_days import rider_days
from store.scope import Scope


class ShopRides:
    """Implements flows.ports.trade.RidesPort. Every step locks the order first, so that of two riders
    who say YES at once exactly one gets it."""

    def __init__(self, scope: Scope, rider: RiderRow) -> None:
        self._scope = scope
        self._rider = rider
        self._actor = Actor(Role.RIDER, rider.person_id)

    def duty(self, *, on: bool) -> Refusal | None:
        """A rider who comes on duty is offered what waits, by the next tick of the clock."""
        if on and self._rider.suspended:
            return RiderSuspended(self._scope.shop.name)
        self._rider.on_duty = on
        if on:
            look_again(self._scope)
        return None

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
                    DeliveryRow.holder_id == self._rider.id,
                ),
            )
            .order_by(OrderRow.number)
        ).all()
        found = [
            job(self._scope, order, delivery, offer, holds=self._only_holds(delivery, offer))
            for order, delivery, offer in rows
        ]
        return sorted(found, key=lambda each: each.offered_until is None)

    def accept(self, number: int) -> Job | Refusal:
        order, delivery, offer = self._offered(number)
        if order is None or delivery is None:
            return NoOffer(number)
        if self._mine(delivery):
            still_coming(self._scope, delivery)
            return job(self._scope, order, delivery)
        if offer is None:
            return NoOffer(number)
        if delivery.status not in UNTAKEN or offer.status != "open":
            return AlreadyTaken(number)
        if self._rider.suspended:
            return RiderSuspended(self._scope.shop.name)
        refusal = self._too_much(order)
        if refusal is not None:
            return refusal
        offer.status = "accepted"
        delivery.rider = self._rider
        delivery.rider_id = self._rider.id
        delivery.next_offer_at = delivery.give_up_at = None
        promise_of_rider(self._scope, order, delivery)
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

    def give_back(self, number: int) -> Job | Refusal:
        order, delivery = self._carried(number)
        if order is None or delivery is None:
            return NoOffer(number)
        if delivery.status != DeliveryStatus.ACCEPTED:
            return WrongStep(number, delivery.status)
        pass_on(self._scope, order, delivery, self._actor, "given back")
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
        taken = Money(collected(order), order.currency)
        return replace(job(self._scope, order, delivery), collect=taken)

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

    def back(self, number: int) -> Job | Refusal:
        order = locked(self._scope, number=number)
        delivery = order.delivery if order else None
        if order is None or delivery is None:
            return NoOffer(number)
        mine = delivery.rider_id == self._rider.id
        if delivery.holder_id != self._rider.id and not mine:
            return NoOffer(number)
        if mine and delivery.status in CARRIED:
            return WrongStep(number, delivery.status)
        refusal = goods_back(self._scope, order, self._actor)
        if refusal is not None:
            return refusal
        self._rider.undo = None
        return job(self._scope, order, delivery)

    def resend_code(self, number: int) -> Job | Refusal:
        order, delivery = self._carried(number)
        if order is None or delivery is None:
            return NoOffer(number)
        if delivery.status != DeliveryStatus.PICKED_UP:
            return WrongStep(number, delivery.status)
        self._scope.tell(CodeAsked(view(order)))
        return job(self._scope, order, delivery)

    def day(self) -> RiderDay:
        none = Money.zero(self._scope.shop.currency)
        today = rider_days(self._scope, local_date(self._scope), self._rider.id)
        return today.get(str(self._rider.id), RiderDay(0, 0, none, none))

    def must_hand_over(self) -> Money | None:
        holds = self._mine_now().holds
        if not must_hand_over(self._scope, holds):
            return None
        return Money(holds, self._scope.shop.currency)

    def undo(self) -> Job | Refusal:
        last = self._rider.undo
        if last is None:
            return NothingToUndo()
        order = locked(self._scope, number=last["number"])
        delivery = order.delivery if order else None
        if order is None or delivery is None or delivery.rider_id != self._rider.id:
            return NothingToUndo()
        if delivery.status != last["after"] or _overtaken(order, delivery, last["before"]):
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

    def _mine_now(self) -> Candidate:
        """What this rider has to bring, and holds of the shop's cash."""
        every = candidates(self._scope)
        mine = (each for each in every if each.rider.id == self._rider.id)
        return next(mine, Candidate(self._rider, 0, 0, 0))

    def _too_much(self, order: OrderRow) -> Refusal | None:
        now = self._mine_now()
        if full(self._scope, now.jobs):
            return TooManyJobs(now.jobs)
        if in_cash(order) and must_hand_over(self._scope, now.holds):
            return HandOverFirst(Money(now.holds, order.currency))
        return None

    def _only_holds(self, delivery: DeliveryRow, offer: OfferRow | None) -> bool:
        """The goods are with this rider, and the delivery is somebody else's or nobody's."""
        asked = offer is not None and offer.status == "open" and delivery.status in UNTAKEN
        return delivery.holder_id == self._rider.id and not asked and not self._mine(delivery)

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


def _overtaken(order: OrderRow, delivery: DeliveryRow, before: str) -> bool:
    """Others have acted since: the order has ended, or the goods are back in the shop."""
    brought_back = before == DeliveryStatus.PICKED_UP and delivery.holder_id is None
    return order.status in ENDED or brought_back
