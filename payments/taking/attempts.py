"""A customer's payments, as the flows ask for them: the payments port on one turn's transaction."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from flows.money import Money
from flows.ports.orders import PaymentStatus, Role
from flows.ports.payments import Attempt, Fit, RailOption, Way
from flows.ports.refusals import (
    NoCodeWanted,
    Refusal,
    UnknownOrder,
)
from payments.rail import Rail, Rails
from payments.schedule import Schedule
from payments.taking.offering import WALLET, offered
from payments.taking.opening import ASKED_BY, Opening, ask_about, keep_code
from payments.taking.payable import taken_up, unpayable
from payments.taking.topups import open_top_up
from payments.taking.views import attempt_view
from store.actor import Actor
from store.models import AttemptRow, OrderRow, PersonRow
from store.orders.moving import move_payment
from store.orders.views import is_new, locked
from store.scope import Scope
from store.stock import extend_holds
from store.terms import terms_of


class OrderPayments:
    """What `person` can do about paying their own orders at the scope's shop. Implements
    flows.ports.payments.PaymentsPort; `medium` is "whatsapp", "sms" or "ussd", `last` the rail that they
    paid with before."""

    def __init__(
        self,
        scope: Scope,
        person: PersonRow,
        medium: str,
        rails: Rails,
        schedule: Schedule,
        last: str | None = None,
    ) -> None:
        self._scope = scope
        self._person = person
        self._opening = Opening(scope, person, medium, rails, schedule)
        self._last = last
        self._begun: dict[int, AttemptRow] = {}

    def options(
        self, amount: Money | None = None, payer: str | None = None
    ) -> Sequence[RailOption]:
        rails = self._opening.rails.for_shop(self._scope.shop).values()
        asked = payer or self._person.phone
        wallet = WALLET in terms_of(self._scope.shop).rails
        return offered(rails, amount, asked, self._last, self._troubled(rails), wallet=wallet)

    def way(self, rail: str, amount: Money | None = None) -> Way | None:
        if rail == WALLET:
            return Way.WALLET if WALLET in terms_of(self._scope.shop).rails else None
        found = self._opening.rails.for_shop(self._scope.shop).get(rail)
        if found is None or (amount and not found.limits(amount.currency).allow(amount.minor)):
            return None
        return found.way

    def payer_ok(self, rail: str, phone: str) -> bool:
        found = self._opening.rails.for_shop(self._scope.shop).get(rail)
        return found is not None and found.fit(phone) is not Fit.NO

    def open(self, number: int, rail: str, payer: str) -> Attempt | Refusal:
        order = self._order_locked(number)
        if order is None:
            return UnknownOrder(number)
        # An order that this very turn has placed has no attempts yet.
        refusal = unpayable(order) or (
            None if is_new(self._scope, order) else taken_up(self._scope, order)
        )
        if refusal is not None:
            return refusal
        amount = Money(order.total, order.currency)
        way = self._opening.rail(rail, amount, payer)
        if isinstance(way, Refusal):
            return way
        refusal = self._opening.refused(way, payer, amount, order)
        return refusal or self._begin(order, way, payer)

    def ask(self, number: int) -> Attempt | None:
        attempt = self._latest(number)
        if attempt is None:
            return None
        ask_about(self._scope, attempt)
        return self._view(attempt, number)

    def hand_on(self, number: int | None, code: str) -> Attempt | Refusal:
        attempt = self._top_up() if number is None else self._latest(number)
        if attempt is None:
            return NoCodeWanted()
        refusal = keep_code(self._scope, self._opening.rails.vault, attempt, code)
        return refusal or self._view(attempt, number)

    def latest(self, number: int) -> Attempt | None:
        attempt = self._latest(number)
        return self._view(attempt, number) if attempt else None

    def _troubled(self, rails: Collection[Rail]) -> Collection[str]:
        """Nothing is looked up where there is no choice."""
        if sum(rail.way in ASKED_BY for rail in rails) < 2:
            return ()
        return self._opening.rails.health.troubled(self._scope.session, self._scope.now)

    def _order_locked(self, number: int) -> OrderRow | None:
        order = locked(self._scope, number=number)
        return order if order is not None and order.person_id == self._person.id else None

    def _begin(self, order: OrderRow, rail: Rail, payer: str) -> Attempt:
        scope, schedule = self._scope, self._opening.schedule
        amount = Money(order.total, order.currency)
        attempt = self._opening.begin(rail, payer, amount, order.id)
        order.rail, order.payer = rail.name, attempt.payer or None
        move_payment(scope, order, PaymentStatus.PENDING, Actor(Role.CUSTOMER, self._person.id))
        held_until = (attempt.expires_at or scope.now) + schedule.grace
        if order.held_until is None or order.held_until < held_until:
            extend_holds(scope, order.id, held_until)
        self._begun[order.number] = attempt
        return attempt_view(attempt, order.number, rail)

    def _latest(self, number: int) -> AttemptRow | None:
        if number in self._begun:
            return self._begun[number]
        return self._scope.session.scalar(
            select(AttemptRow)
            .join(OrderRow, OrderRow.id == AttemptRow.order_id)
            .where(
                OrderRow.shop_id == self._scope.shop.id,
                OrderRow.person_id == self._person.id,
                OrderRow.number == number,
                AttemptRow.shop_id == self._scope.shop.id,
            )
            .order_by(AttemptRow.created_at.desc())
            .limit(1)
        )

    def _top_up(self) -> AttemptRow | None:
        return open_top_up(self._scope, self._person.id)

    def _view(self, attempt: AttemptRow, number: int | None) -> Attempt:
        rail = self._opening.rails.at(self._scope.shop, attempt.rail)
        return attempt_view(attempt, number, rail)
